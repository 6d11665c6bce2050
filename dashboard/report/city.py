"""Smart-city evidence: what was said in the six dimensions, and about the quick wins."""

from __future__ import annotations

from dashboard.report import city_sentences, sentences
from dashboard.report.blocks import Block, Bullets, Column, Grid, Heading, Text
from dashboard.report.text import clean
from dashboard.report.writer import Writer, label


def smart_city(w: Writer) -> list[Block]:
    """Evidence for the six dimensions and the quick wins; never a score."""
    f = w.facts
    if not any(row["n"] for row in (*f.dimensions.rows, *f.quick_wins.rows)):
        return _kept(w)
    fields = ("n", "n_stories", "n_complaints", "n_negative", "n_neutral", "n_positive")
    columns = (
        Column("Dimensi", 2.4, "left"), Column("Dokumen"), Column("Cerita"), Column("Aduan"),
        Column("Negatif"), Column("Netral"), Column("Positif"),
    )  # fmt: skip
    grid = Grid(
        columns,
        tuple(
            w.row("C", f.dimensions, row, "dimension", label(row["dimension_label"]), fields)
            for row in f.dimensions.rows
        ),
        f"Periode {w.span()}. Angka ini bahan bukti, bukan nilai kematangan.",
    )
    mentions = tuple(
        w.say(
            f"C{nth}",
            sentences.quick_win(clean(row["name"]), row["n"], row["n_stories"], row["n_advertorial"]),
            f.quick_wins.cite(row, "quick_win", "name", "n", "n_stories", "n_advertorial"),
        )
        for nth, row in enumerate((row for row in f.quick_wins.rows if row["n"]), 1)
    )
    silent = [clean(row["name"]) for row in f.quick_wins.rows if not row["n"]]
    blocks: list[Block] = [grid]
    if f.quick_wins.rows:
        blocks.append(Heading("Penyebutan quick win dan inovasi"))
    if mentions:
        blocks.append(Bullets(mentions))
    if silent:
        rows = [row for row in f.quick_wins.rows if not row["n"]]
        proof = [p for row in rows for p in f.quick_wins.cite(row, "quick_win", "n")]
        text = f"Tidak disebut selama {w.span()}: {', '.join(silent)}."
        blocks.append(Text((w.say(f"C{len(mentions) + 1}", text, proof),)))
    return [*blocks, *_kept(w)]


def _kept(w: Writer) -> list[Block]:
    """What is said whether or not anybody wrote about it."""
    return [*_flags(w), *_steps(w), *_worksheets(w)]


def _flags(w: Writer) -> list[Block]:
    """Does a quick win go on after the prize: flags with their reasons."""
    table = w.facts.quick_win_flags
    said = tuple(
        w.say(
            f"CB{nth}",
            city_sentences.quick_win_flag(clean(row["name"]), row["flags"], clean(row["why"])),
            table.cite(row, "quick_win", "name", "flags", "why"),
        )
        for nth, row in enumerate(table.rows, 1)
    )
    return [Heading("Keberlanjutan quick win"), Bullets(said)] if said else []


def _steps(w: Writer) -> list[Block]:
    """Steps of quick wins that should have been done, or soon must be."""
    table = w.facts.quick_win_steps
    said = tuple(
        w.say(
            f"CT{nth}",
            city_sentences.quick_win_step(
                clean(row["name"]), clean(row["milestone"]), row["due"], row["state"]
            ),
            table.cite(row, "step", "name", "milestone", "due", "state"),
        )
        for nth, row in enumerate(table.rows, 1)
    )
    return [Heading("Tahapan quick win"), Bullets(said)] if said else []


def _worksheets(w: Writer) -> list[Block]:
    """How far people are with the assessment; never an index, which stands on its page with its reasons."""
    table, year = w.facts.worksheets, w.facts.week.sunday.year
    instruments = {one.id: one.short for one in w.config.instruments}
    dimensions = {one.id: one.label for one in w.config.dimensions}
    said = []
    for nth, row in enumerate(table.rows, 1):
        instrument = instruments.get(row["instrument"], row["instrument"])
        dimension = dimensions.get(row["scope"], row["scope"])
        about = ", ".join(part for part in (f"{instrument} {year}", dimension) if part)
        text = city_sentences.worksheet(
            clean(about), row["n_entered"], row["n_accepted"], row["n_returned"], row["n_packs"]
        )
        fields = ("n_entered", "n_accepted", "n_returned", "n_packs")
        said.append(w.say(f"CL{nth}", text, table.cite(row, "worksheet", *fields)))
    return [Heading("Lembar kerja penilaian"), Bullets(tuple(said))] if said else []
