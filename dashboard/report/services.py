"""What people say about services: tone per agency, and complaints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import format as fmt
from dashboard.report import sentences
from dashboard.report.answers import Table
from dashboard.report.blocks import (
    Beside,
    Block,
    Cell,
    Column,
    Figure,
    Grid,
    Text,
)  # fmt: skip
from dashboard.report.facts import WINDOW
from dashboard.report.figures import charts, dark_names, svg
from dashboard.report.text import clean
from dashboard.report.writer import Pen, Writer, label
from warehouse.queries.trends import MIN_N

BODY_AGENCIES = 10
TOPICS = 5
PLACES = 6
BODY_TONES = 20
NOT_OURS = "Tanda * : instansi vertikal, bukan wewenang Pemerintah Kabupaten."
NO_AGENCY = "Belum ditentukan"

TONE_COLUMNS = (
    Column("OPD", 2.0, "left"), Column("Perbandingan tone", 2.4, "left"), Column("Dokumen", 1.1),
    Column("Negatif"), Column("Netral"), Column("Positif"), Column("Tone bersih", 1.4),
)  # fmt: skip
QUEUE_FIELDS = ("n_week", "n_answered_week", "n_resolved_week", "n_open", "n_overdue", "n_open_over_14_days")
QUEUE_COLUMNS = (
    Column("OPD", 2.4, "left"), Column("Masuk"), Column("Dijawab"), Column("Selesai"),
    Column("Terbuka"), Column("Lewat tenggat", 1.3), Column("> 14 hari"),
)  # fmt: skip


def tone(w: Writer) -> list[Block]:
    """Tone per agency where there is enough to judge; the others are named, not judged."""
    return tone_blocks(w, w.facts.tone, w.span())


def tone_blocks(w: Pen, table: Table, span: str) -> list[Block]:
    """The same of any period.

    Args:
        w: writes.
        table: rows of `queries.opd_tone`.
        span: the period in words.
    """
    rows = table.rows
    if not rows:
        return []
    enough = [row for row in rows if row["net_tone"] is not None]
    few = [row for row in rows if row["net_tone"] is None]
    blocks: list[Block] = []
    if enough:
        blocks.append(Grid(TONE_COLUMNS, tone_rows(w, table, enough[:BODY_TONES]), _tone_note(span, enough)))
    if few:
        names = ", ".join(office_name(row).text for row in few)
        lead = "Data belum cukup" if enough else f"Data belum cukup untuk semua OPD ({span})"
        text = f"{lead} (kurang dari {MIN_N} dokumen yang menilai layanan): {names}."
        proof = [p for row in few for p in table.cite(row, "opd_id", "n_toned")]
        blocks.append(Text((w.say("T1", text, proof),), note=True))
    return blocks


def _tone_note(span: str, enough: Sequence[Mapping[str, Any]]) -> str:
    minus = fmt.MINUS
    note = (
        f"Dokumen yang menilai layanan, {span}; hanya OPD dengan sedikitnya {MIN_N} dokumen. Batang: "
        f"jingga negatif, abu-abu netral, biru positif. Tone bersih = (positif {minus} negatif) ÷ dokumen "
        f"({minus}1 sampai +1)."
    )
    if any(row["opd_group"] == "vertical" for row in enough[:BODY_TONES]):
        note += f" {NOT_OURS}"
    if more := len(enough[BODY_TONES:]):
        note += f" {fmt.number(more)} OPD lain dimuat dalam lampiran."
    return note


def tone_rows(w: Pen, table: Table, rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of the tone table."""
    return tuple(_tone_row(w, table, row) for row in rows)


def _tone_row(w: Pen, table: Table, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    fields = ("n_toned", "n_negative", "n_neutral", "n_positive")
    shown = [*(fmt.number(row[name]) for name in fields), fmt.tone(row["net_tone"])]
    w.ledger.add(
        f"T.{row['opd_id']}",
        f"{office_name(row).text}: " + " | ".join(shown),
        table.cite(row, "opd_id", *fields, "net_tone"),
    )
    bar = Cell("", bar=(row["n_negative"], row["n_neutral"], row["n_positive"]))
    return (office_name(row), bar, *(Cell(text) for text in shown))


def office_name(row: Mapping[str, Any]) -> Cell:
    """Its short name, with a star for one above the regency."""
    star = " *" if row["opd_group"] == "vertical" else ""
    return label((row["opd_short"] or row["opd_id"] or NO_AGENCY) + star)


def complaints(w: Writer) -> list[Block]:
    """The week's complaints, the queue per agency, topics and places."""
    c = w.facts.complaints
    v = c.value
    said = [
        w.say("A1", sentences.complaints_received(v.n, v.n_answered, v.n_resolved, v.n_set_aside),
              c.cite("n", "n_answered", "n_resolved", "n_set_aside")),
        w.say("A2", sentences.queue(v.queue_open, v.queue_over_14_days, v.queue_median_age_days),
              c.cite("queue_open", "queue_over_14_days", "queue_median_age_days")),
    ]  # fmt: skip
    if v.queue_open:
        said.append(
            w.say(
                "A3", sentences.overdue(v.queue_overdue, v.queue_open), c.cite("queue_overdue", "queue_open")
            )
        )
    if (found := w.facts.response.value) is not None:
        said.append(
            w.say(
                "A4",
                sentences.first_reply(found.n, found.n_waiting, found.median),
                w.facts.response.cite("n", "n_waiting", "median"),
            )
        )
    blocks: list[Block] = [Text(tuple(said))]
    rows = w.facts.agencies.rows
    if rows:
        blocks.append(Grid(QUEUE_COLUMNS, queue_rows(w, rows[:BODY_AGENCIES]), _queue_note(w, rows)))
    return [*blocks, *_where_and_what(w)]


def queue_rows(w: Writer, rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of the complaint table."""
    return tuple(w.row("A", w.facts.agencies, row, "opd_id", office_name(row), QUEUE_FIELDS) for row in rows)


def _queue_note(w: Writer, rows: Sequence[Mapping[str, Any]]) -> str:
    note = (
        "Masuk, dijawab, dan selesai: aduan yang diterima pada minggu laporan. Terbuka dan > 14 hari "
        f"(hari kalender): seluruh antrean per {fmt.day(w.facts.moment.value.now)}. "
        "Lewat tenggat: tenggat langkah yang ditunggu sudah lewat, dalam hari kerja. "
        "Dijawab belum berarti selesai di lapangan."
    )
    if any(row["opd_group"] == "vertical" for row in rows[:BODY_AGENCIES]):
        note += f" {NOT_OURS}"
    if more := len(rows[BODY_AGENCIES:]):
        note += f" {fmt.number(more)} OPD lain dimuat dalam lampiran."
    return note


def _where_and_what(w: Writer) -> list[Block]:
    """The map with the longest lists beside it; without a named place, the topics alone."""
    return place_blocks(w, w.facts.places, w.span(), f"{WINDOW} minggu", _topics(w))


def place_blocks(w: Pen, table: Table, span: str, short: str, topics: Sequence[Block]) -> list[Block]:
    """A map of complaints beside what is given.

    Args:
        w: writes.
        table: rows of `queries.kecamatan_volume`.
        span: the period in words.
        short: the same in a heading.
        topics: stands beside the map.
    """
    named = [row for row in table.rows if row["n"]]
    if not named:
        return [*topics]
    for row in named:
        w.ledger.add(
            f"A.kecamatan.{row['kecamatan']}",
            f"{row['kecamatan']}: {fmt.number(row['n'])}",
            table.cite(row, "kecamatan", "n"),
        )
    picture = Figure(
        svg(dark_names(charts.kecamatan_map(table.frame(), height=300)), 400),
        f"Aduan yang menyebut kecamatan, {span}; luas lingkaran sebanding dengan jumlah.",
        "Peta kecamatan: "
        + ", ".join(f"{row['kecamatan']} {fmt.number(row['n'])}" for row in named[:PLACES]),
    )
    more = named[PLACES:]
    counts = Grid(
        (Column("Kecamatan", 2, "left"), Column(f"Aduan, {short}", 1.6)),
        tuple((label(row["kecamatan"]), Cell(fmt.number(row["n"]))) for row in named[:PLACES]),
        f"{fmt.number(len(more))} kecamatan lain: lihat peta." if more else "",
    )
    return [Beside((picture,), (*topics, counts), 1.5)]


def _topics(w: Writer) -> list[Block]:
    table = w.facts.complaint_topics
    rows = []
    for row in table.rows[:TOPICS]:
        shown = (fmt.number(row["n"]), fmt.number(row["mean_before"], 1))
        name = label(row["topic_label"] or "(tanpa topik)")
        w.ledger.add(
            f"A.topik.{row['topic']}",
            f"{clean(row['topic_label'])}: " + " | ".join(shown),
            table.cite(row, "topic", "topic_label", "n", "mean_before"),
        )
        rows.append((name, *(Cell(text) for text in shown)))
    columns = (Column("Topik terbanyak", 2.2, "left"), Column("Aduan"), Column("Rata-rata 4 minggu", 1.4))
    return [Grid(columns, tuple(rows))] if rows else []
