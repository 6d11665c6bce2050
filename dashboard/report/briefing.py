"""Sections that go beyond counts: stories that reach further, claims in dispute, recommendations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dashboard import format as fmt
from dashboard.report.advice import Advice, advise, state
from dashboard.report.answers import Evidence, Table
from dashboard.report.blocks import Block, Bullets, Cell, Column, Grid, Heading, Said, Text
from dashboard.report.text import breakable, clean, web_address
from dashboard.report.words import one_or, series
from dashboard.report.writer import Writer, label

TITLE = 120
DISPUTED = 5
"""Disputed stories in the body; the note says how many more there are and the annex lists them."""

_RULES = (
    "Terpilih oleh aturan: judul memuat kata seperti “hoaks” atau “membantah”; media yang menulis sendiri "
    "berbeda tone; atau analis mengoreksi tone. Aturan tidak menilai mana yang benar."
)
_WIDER = (
    "Terpilih oleh aturan: ditulis sendiri oleh media yang liputannya lebih luas daripada Pati, atau "
    "menyangkut instansi vertikal."
)
_ADVICE = (
    "Disusun oleh aturan dari angka pada akhir minggu laporan, bukan oleh model; yang memutuskan tetap "
    "pimpinan. Tenggat dihitung dalam hari kerja sejak tanggal laporan."
)


def wider(w: Writer) -> list[Block]:
    """Stories of the week that reach beyond the regency."""
    table = w.facts.wider
    if not table.rows:
        return [
            Text(
                (
                    w.say(
                        "N0",
                        "Tidak ada cerita minggu ini yang melampaui Kabupaten Pati.",
                        table.cite_keys("item"),
                    ),
                )
            )
        ]
    said = tuple(
        w.say(
            f"N{nth}", _wider(row),
            table.cite(row, "item", "title", "source_name", "n", "n_sources", "n_general", "vertical"),
            web_address(row["url"]),
        )
        for nth, row in enumerate(table.rows, 1)
    )  # fmt: skip
    return [Bullets(said), Text((Said("", _WIDER),), note=True)]


def _wider(row: Mapping[str, Any]) -> str:
    why = []
    if row["n_general"]:
        why.append(f"ditulis sendiri oleh {one_or(row['n_general'])} media berlingkup lebih luas")
    if row["vertical"]:
        why.append(f"menyangkut {clean(row['vertical'])}")
    size = f"{one_or(row['n'])} artikel dari {one_or(row['n_sources'])} media"
    return f"“{clean(row['title'], TITLE) or '(tanpa judul)'}” ({size}): {series(why)}."


def clarification(w: Writer) -> list[Block]:
    """Claims in dispute; honest where there is none."""
    table = w.facts.disputed
    if not table.rows:
        text = "Tidak ada cerita minggu ini yang memenuhi aturan klarifikasi."
        return [Text((w.say("K0", text, table.cite_keys("item")),)), Text((Said("", _RULES),), note=True)]
    note = _RULES
    if more := len(table.rows[DISPUTED:]):
        note += f" {fmt.number(more)} cerita lain dimuat dalam lampiran."
    return [Bullets(disputed(w, 0, DISPUTED)), Text((Said("", note),), note=True)]


def disputed(w: Writer, first: int, last: int | None) -> tuple[Said, ...]:
    """Disputed stories from one position to another."""
    table = w.facts.disputed
    return tuple(
        w.say(
            f"K{nth}", _disputed(row),
            table.cite(row, "item", "title", "source_name", "word", "n_ill", "n_well", "n_corrected"),
            web_address(row["url"]),
        )
        for nth, row in enumerate(table.rows[first:last], first + 1)
    )  # fmt: skip


def _disputed(row: Mapping[str, Any]) -> str:
    why = []
    if row["word"]:
        why.append(f"judul memuat kata “{clean(row['word'])}”")
    if row["n_ill"] and row["n_well"]:
        why.append(f"{one_or(row['n_ill'])} media bernada negatif dan {one_or(row['n_well'])} positif")
    if row["n_corrected"]:
        why.append(f"tone {one_or(row['n_corrected'])} artikel dikoreksi analis")
    return (
        f"“{clean(row['title'], TITLE) or '(tanpa judul)'}” ({clean(row['source_name'], 40)}): {series(why)}."
    )


def recommendations(w: Writer) -> list[Block]:
    """What offices are asked to do and by when, and what became of last week's."""
    f = w.facts
    now = advise(f.owed.rows, f.disputed.rows, f.coverage.value.n_failing, f.owner)
    before = advise(f.owed_before.rows, f.disputed_before.rows, 0, f.owner)
    due = {row["days"]: row for row in f.deadlines.rows}
    blocks: list[Block] = []
    w.ledger.add("U0", "Rekomendasi", (*f.owed.cite_keys("opd_id"), *f.disputed.cite_keys("item")))
    if now:
        rows = tuple(_asked(w, nth, one, due) for nth, one in enumerate(now, 1))
        columns = (Column("OPD", 1.3, "left"), Column("Tindakan", 5, "left"), Column("Tenggat", 1.3, "left"))
        blocks.append(Grid(columns, rows))
    else:
        text = (
            "Tidak ada rekomendasi: tidak ada aduan lama, cerita yang dipersoalkan, "
            "atau sumber yang bermasalah."
        )
        blocks.append(Text((w.say("U1", text, f.coverage.cite("n_failing")),)))
    if before:
        rows = tuple(_became(w, nth, one) for nth, one in enumerate(before, 1))
        columns = (
            Column("OPD", 1.3, "left"),
            Column("Tindakan", 4.2, "left"),
            Column("Keadaan", 2.1, "left"),
        )
        blocks += [Heading("Keadaan rekomendasi minggu lalu"), Grid(columns, rows)]
    return [*blocks, Text((Said("", _ADVICE),), note=True)]


def _asked(w: Writer, nth: int, one: Advice, due: Mapping[int, Mapping[str, Any]]) -> tuple[Cell, ...]:
    f = w.facts
    days = w.config.report.deadlines
    allowed = {"late": days.late, "vertical": days.late, "unassigned": days.unassigned,
               "clarify": days.clarify, "sources": days.sources}[one.rule]  # fmt: skip
    row = due[allowed]
    until = fmt.day(row["due_day"]) if row["due_day"] else "secepatnya"
    proof = [*_proof(one, f.owed, f.disputed, next_too=False), *f.deadlines.cite(row, "days", "due_day")]
    if one.rule == "sources":
        proof.extend(f.coverage.cite("n_failing"))
    w.ledger.add(f"U{nth}", clean(f"{one.office}: {one.action} Tenggat {until}."), proof)
    return (label(one.office), _text(one.action), Cell(until))


def _became(w: Writer, nth: int, one: Advice) -> tuple[Cell, ...]:
    f = w.facts
    proof = _proof(one, f.owed_before, f.disputed_before, next_too=True)
    w.ledger.add(f"V{nth}", clean(f"{one.office}: {one.action} Keadaan: {state(one)}."), proof)
    return (label(one.office), _text(one.action), Cell(state(one)))


def _text(text: str) -> Cell:
    return Cell(breakable(clean(text)))


def _proof(one: Advice, owed: Table, disputed: Table, *, next_too: bool) -> list[Evidence]:
    if one.rule == "sources":
        return []
    if one.rule == "clarify":
        row = next(row for row in disputed.rows if row["item"] == one.key)
        fields = ["item", "title", "word", "opd_short", "n", *(["n_next"] if next_too else [])]
        return list(disputed.cite(row, "item", *fields))
    row = next(row for row in owed.rows if (row["opd_id"] or "kosong") == one.key)
    name = "n_open" if one.rule == "unassigned" else "n_late"
    return list(owed.cite(row, "opd_id", "opd_short", name, *([f"{name}_next"] if next_too else [])))
