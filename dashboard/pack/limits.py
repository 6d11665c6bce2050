"""What a reader of a pack must know before believing it; and its numbers in the shape of a chart."""

from __future__ import annotations

import pandas as pd

from dashboard import format as fmt
from dashboard.definitions import NO_MOMENTS
from dashboard.pack import words
from dashboard.pack.facts import Facts, Part
from dashboard.report.annex import LIMITS, METHOD
from dashboard.report.blocks import Block, Bullets, Heading, Said
from dashboard.report.text import clean
from warehouse.metrics import footnote, metric
from warehouse.queries.evidence_numbers import Number


def annex(facts: Facts) -> list[Block]:
    """Method, meaning of each number, and limits."""
    used = dict.fromkeys(one.metric_id for part in facts.parts for one in part.numbers)
    made: list[Block] = (
        [Heading("Arti angka dan catatannya"), _list(footnote(one) for one in used)] if used else []
    )
    return [
        *made,
        Heading("Batas data"), _list(limits(facts)),
        Heading("Metode"), _list(METHOD),
        Heading("Keterbatasan"), _list(LIMITS),
    ]  # fmt: skip


def limits(facts: Facts) -> list[str]:
    """What the data of this very pack does not hold, in sentences."""
    low, said = facts.coverage, []
    if low.n_known < low.n_weeks:
        said.append(
            f"Hanya {fmt.number(low.n_known)} dari {fmt.count(low.n_weeks, 'minggu')} penuh periode ini "
            "dipantau; sebelum itu tidak ada data, bukan tidak ada kejadian."
        )
    if low.n_low:
        said.append(
            f"Pada {fmt.count(low.n_low, 'minggu')} kurang dari 80% sumber terbaca; "
            "angka minggu itu terlalu kecil."
        )
    if any(one.withheld == "moments_missing" for part in facts.parts for one in part.numbers):
        said.append(f"Angka yang {fmt.UNAVAILABLE}: {NO_MOMENTS}.")
    said += [f"Sumber {clean(row['name'], 60)} {row['verdict']} saat paket dibuat." for row in facts.failing]
    said += [
        f"{clean(part.indicator.label)}: {fmt.number(part.n_documents)} dokumen, lebih banyak daripada yang "
        f"dimuat ({fmt.number(len(part.documents))})."
        for part in facts.parts
        if part.n_documents > len(part.documents)
    ]
    if facts.status.n_undated:
        said.append(
            f"{fmt.count(facts.status.n_undated, 'dokumen')} tanpa tanggal tidak masuk periode mana pun."
        )
    return [*said, "Selang hanya menyangkut banyaknya dokumen, bukan kekeliruan label."]


def shares(part: Part) -> pd.DataFrame:
    """Shares with their intervals, as `charts.league_intervals` wants them; those withheld are left out."""
    rows = [
        (_label(one), one.n, one.value, one.low, one.high)
        for one in part.numbers
        if one.low is not None and metric(one.metric_id).unit == "bagian"
    ]
    return pd.DataFrame(rows, columns=["unit", "n", "share", "low", "high"])


def _label(one: Number) -> str:
    """Tells apart what has the same name: the steps of a deadline."""
    return f"{one.code} {words.about(one, '') if one.about == 'row' else one.name}"[:60]


def _list(sentences: object) -> Bullets:
    return Bullets(tuple(Said("", clean(str(one))) for one in sentences))  # type: ignore[attr-defined]
