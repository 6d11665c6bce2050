"""An evidence pack as the blocks of a document; template and workbook are the report's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from config import Config
from dashboard import charts
from dashboard import format as fmt
from dashboard.pack import limits, words
from dashboard.pack.facts import Facts, Part, Row
from dashboard.report import blocks
from dashboard.report.blocks import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Figure,
    Grid,
    Heading,
    Pairs,
    Said,
    Text,
)
from dashboard.report.figures import svg
from dashboard.report.text import breakable, clean, web_address
from dashboard.report.writer import label

PRINTED: Final = 40
"""Documents of an indicator in the PDF; the workbook and dokumen.csv list all."""
WIDTH: Final = 560
NOT_A_SCORE: Final = (
    "Angka pemantauan adalah bukti pendamping, bukan nilai. Tidak ada nilai di sini yang dihitung mesin: "
    "setiap tingkat diisi seseorang dan ditinjau orang lain."
)


def compose(facts: Facts, config: Config, pack_id: str, by: str) -> dict[str, Any]:
    """Write all sections; pure.

    Args:
        facts: what is said.
        config: letterhead and names.
        pack_id: name of the pack.
        by: who issues it.

    Returns:
        Data for the template of the report (plain values only).
    """
    dimension = dimension_name(config, facts.asked.scope)
    parts = [
        blocks.Part("asal", "Tentang paket ini", _origin(facts, dimension, pack_id, by)),
        *(
            blocks.Part(part.indicator.id, clean(part.indicator.label), _indicator(facts, part, dimension))
            for part in facts.parts
        ),
        blocks.Part("lembar", "Lembar kerja dan indeks", _worksheet(facts)),
        blocks.Part("lampiran", "Lampiran: data dan batasnya", limits.annex(facts), annex=True),
    ]
    return {**_front(facts, config, dimension, pack_id), "parts": [asdict(part) for part in parts]}


def dimension_name(config: Config, scope: str) -> str:
    """Name of a dimension, empty for the whole."""
    return config.dimension_by_id(scope).label if scope else ""


def _front(facts: Facts, config: Config, dimension: str, pack_id: str) -> dict[str, Any]:
    now, report = facts.moment.now, config.report
    today = fmt.local_day(now)
    about = ", ".join(
        part for part in (f"{facts.asked.instrument.short} {facts.asked.year}", dimension) if part
    )
    return {
        "letterhead": [breakable(clean(line)) for line in report.letterhead],
        "title": "Paket bukti penilaian",
        "subtitle": clean(about),
        "iso": pack_id,
        "classification": clean(report.classification),
        "signature": f"{clean(report.city)}, {fmt.day_long(now).split(', ')[1]}",
        "signatory": clean(report.signatory),
        "date": [today.year, today.month, today.day],
        "keywords": ["paket bukti", facts.asked.instrument.id, str(facts.asked.year)],
    }


def _origin(facts: Facts, dimension: str, pack_id: str, by: str) -> list[Block]:
    asked = facts.asked
    pairs = (
        ("Instrumen", f"{asked.instrument.name} ({asked.instrument.basis})"),
        ("Tahun penilaian", str(asked.year)),
        ("Dimensi", dimension or "seluruhnya"),
        ("Indikator", ", ".join(one.label for one in asked.indicators) or "tidak ada"),
        ("Periode angka", fmt.span(*asked.span.days(facts.moment.now))),
        ("Data sampai", fmt.moment(facts.status.data_through)),
        ("Potret data", f"{facts.moment.snapshot}, {fmt.moment(facts.moment.now)}"),
        ("Aduan ditampilkan", words.ROLES.get(facts.role, facts.role)),
        ("Nomor paket", pack_id),
        ("Disusun oleh", by),
    )
    return [
        Callout("Batas paket ini", Said("", NOT_A_SCORE)),
        Pairs(tuple((name, breakable(clean(value))) for name, value in pairs)),
        Text((Said("", clean(asked.instrument.note)),), note=True),
        Text((Said("", "Keutuhan berkas dapat diperiksa tanpa sistem: jalankan verify.py di folder ini."),)),
    ]


def _indicator(facts: Facts, part: Part, dimension: str) -> list[Block]:
    made: list[Block] = []
    if part.indicator.note:
        made.append(Text((Said("", clean(part.indicator.note)),), note=True))
    if not part.numbers:
        made.append(Text((Said("", "Tidak ada angka kita yang dapat mendukung indikator ini."),)))
    else:
        made += [number_table(facts, part, dimension), *_pictures(facts, part)]
    return [*made, *_documents(part), *_comments(part)]


def number_table(facts: Facts, part: Part, dimension: str) -> Grid:
    """The numbers of an indicator with interval, n and period."""
    columns = (
        Column("Angka", 2.6, "left"), Column("Tentang", 1.8, "left"), Column("Nilai", 1.3),
        Column("Selang 95%", 1.7),
        Column("n", 0.6), Column("Periode", 1.8, "left"),
    )  # fmt: skip
    rows = tuple(
        (
            label(f"{one.code} {one.name}"), label(words.about(one, dimension)),
            Cell(words.value(one, one.value)),
            Cell(words.interval(one)), Cell(fmt.number(one.n)), Cell(words.span(one)),
        )
        for one in part.numbers
    )  # fmt: skip
    low = facts.coverage
    note = (
        f"Cakupan sumber pada periode ini {fmt.percent(low.coverage)} dari "
        f"{fmt.count(low.n_known, 'minggu')} "
        f"yang diketahui; {fmt.count(low.n_low, 'minggu')} di bawah 80%."
        if low.n_known
        else "Cakupan sumber pada periode ini tidak diketahui: belum ada sumber yang dipantau."
    )
    return Grid(columns, rows, note)


def _pictures(facts: Facts, part: Part) -> Iterator[Block]:
    if not facts.weeks.empty:
        yield Figure(
            svg(charts.volume_by_week(facts.weeks, height=150), WIDTH),
            "Dokumen per minggu menurut jenis, komentar tidak dihitung.",
            "Grafik batang banyaknya dokumen per minggu menurut jenis; angkanya ada di buku kerja.",
        )
    shares = limits.shares(part)
    if not shares.empty:
        yield Figure(
            svg(charts.league_intervals(shares, "Bagian, dengan selang 95 persen"), WIDTH),
            "Angka berupa bagian dengan selang 95 persen.",
            "Titik dan selang kepercayaan setiap bagian; angkanya ada di tabel di atas.",
        )


def _documents(part: Part) -> list[Block]:
    shown = [row for row in part.documents if row["mark"] != "rejected"][:PRINTED]
    said = (
        f"{fmt.count(part.n_documents, 'dokumen')} di balik angka; {fmt.number(part.n_pinned)} disematkan, "
        f"{fmt.number(part.n_rejected)} ditolak sebagai bukti. Di sini "
        f"{fmt.number(len(shown))}, yang disematkan "
        f"lebih dulu; dokumen.csv dan buku kerja memuat {fmt.number(len(part.documents))}."
    )
    if part.n_erased:
        said += (
            f" {fmt.count(part.n_erased, 'dokumen')} lain dihapus atas permintaan orangnya; tetap terhitung."
        )
    made: list[Block] = [Heading("Dokumen di balik angka"), Text((Said("", said),))]
    if shown:
        columns = (
            Column("Tanggal", 1, "left"), Column("Sumber", 1.4, "left"),
            Column("Judul dan kutipan", 4.2, "left"),
            Column("Label", 1.8, "left"),
        )  # fmt: skip
        made.append(Grid(columns, tuple(_document(row) for row in shown)))
    return made


def _document(row: Row) -> tuple[Cell, ...]:
    pin = "[disematkan] " if row["mark"] == "pinned" else ""
    told = ". ".join(clean(row[name], 160) for name in ("title", "excerpt") if row[name])
    return (
        Cell(fmt.day(row["dated_at"])), label(row["source_name"]),
        Cell(breakable(pin + (told or "(isi tidak ditampilkan)")), web_address(row["url"])),
        label(label_of(row)),
    )  # fmt: skip


def label_of(row: Row) -> str:
    """Labels of a document, and who corrected them."""
    tags = (row["topic_label"], row["opd_short"], row["kecamatan"], row["sentiment"], row["codes"])
    said = ", ".join(str(tag) for tag in tags if tag)
    return f"{said}; dikoreksi {row['corrected_by']}" if row["corrected_by"] else said


def _comments(part: Part) -> list[Block]:
    if not part.comments:
        return []
    titles = {row["doc_id"]: row["title"] or row["doc_id"] for row in part.documents}
    said = tuple(
        Said(
            "",
            clean(
                f"{fmt.day(one['said_at'])}, {one['person']} ({words.MARKS[one['action']]}) tentang "
                f"“{clean(titles.get(one['doc_id'], one['doc_id']), 80)}”: {one['comment']}"
            ),
        )
        for one in part.comments
    )
    return [Heading("Catatan tentang bukti"), Bullets(said)]


def _worksheet(facts: Facts) -> list[Block]:
    columns = (
        Column("Indikator", 1.6, "left"), Column("Nilai", 0.7), Column("Alasan", 3.6, "left"),
        Column("Diisi", 1.5, "left"), Column("Tinjauan", 1.8, "left"),
    )  # fmt: skip
    rows = tuple(_entry(part) for part in facts.parts)
    found, change = facts.assessed.index, facts.assessed.improvement
    state = "" if found.final or found.value is None else " Belum semua isian ditinjau orang lain."
    index = (
        f"Indeks {found.year}: {words.score(found.value)}.{state}"
        if found.value is not None
        else f"Indeks {found.year} masih terbuka: {found.why_open}"
    )
    moved = (
        f"Perubahan dari {found.year - 1}: {fmt.signed(change.value, 2)}."
        if change.value is not None
        else f"Perubahan dari {found.year - 1} belum dapat dihitung: {change.why_open}"
    )
    return [Grid(columns, rows), Text((Said("", clean(index)), Said("", clean(moved))))]


def _entry(part: Part) -> tuple[Cell, ...]:
    one = part.entry
    if one is None:
        return (label(part.indicator.label), Cell(fmt.MISSING), Cell("belum diisi"), Cell(""), Cell(""))
    review = words.REVIEW[one["review"]]
    if one["reviewer"]:
        review += f" oleh {one['reviewer']}, {fmt.day(one['reviewed_at'])}"
    if one["remark"]:
        review += f": {one['remark']}"
    return (
        label(part.indicator.label), Cell(words.score(one["score"])), label(one["justification"]),
        label(f"{one['person']}, {fmt.day(one['entered_at'])}, isian ke-{one['n_entries']}"), label(review),
    )  # fmt: skip
