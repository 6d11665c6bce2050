"""What the press wrote: stories, alerts, outlets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dashboard import format as fmt
from dashboard.report import sentences, tones
from dashboard.report.answers import Table
from dashboard.report.blocks import Block, Bullets, Column, Grid, Heading, Issue, Said, Text
from dashboard.report.text import breakable, clean, web_address
from dashboard.report.writer import Pen, Writer, label

EXCERPT = 180
"""Characters of the quotation in the body (short; config may make it shorter)."""

ORDER = (
    "Urutan menurut jumlah media yang menulis sendiri; salinan satu siaran pers menambah jumlah artikel, "
    "bukan suara."
)
BODY_ALERTS = 6
BODY_OUTLETS = 8

OUTLET_FIELDS = ("n", "n_own", "n_copies", "n_advertorial", "n_negative", "n_neutral", "n_positive")
OUTLET_COLUMNS = (
    Column("Media", 2.6, "left"), Column("Artikel"), Column("Tulisan sendiri", 1.2), Column("Salinan"),
    Column("Advertorial", 1.45), Column("Negatif"), Column("Netral"), Column("Positif"),
)  # fmt: skip


def top(w: Writer) -> list[Block]:
    """The stories of the week, then what the rules noticed."""
    blocks = story_blocks(w, w.facts.stories, w.facts.steps, w.facts.week.monday, "minggu")
    if w.facts.alerts.rows:
        blocks += [Heading("Peringatan dini"), *alerts(w)]
    return blocks


def story_blocks(w: Pen, stories: Table, steps: Table, first: date, unit: str) -> list[Block]:
    """Stories told one by one.

    Args:
        w: writes.
        stories: rows of `queries.week_stories` or of another period.
        steps: their chronologies.
        first: first day of the period.
        unit: what a period is called: ``minggu``.
    """
    blocks: list[Block] = [
        _issue(w, rank, stories, row, steps, first, unit) for rank, row in enumerate(stories.rows, 1)
    ]
    return [*blocks, Text((Said("", ORDER),), note=True)] if blocks else []


def _issue(
    w: Pen, rank: int, stories: Table, row: Mapping[str, Any], steps: Table, first: date, unit: str
) -> Issue:
    title = w.say(
        f"I{rank}", clean(row["title"], 140) or "(tanpa judul)",
        stories.cite(row, "story_id", "title", "url"), web_address(row["url"]),
    )  # fmt: skip
    is_new = fmt.local_day(row["first_at"]) >= first
    volume = w.say(
        f"I{rank}a",
        sentences.issue_volume(
            row["n"], row["n_sources"], row["n_copies"], row["n_before"], is_new=is_new, unit=unit
        ),
        stories.cite(row, "story_id", "n", "n_sources", "n_copies", "n_before", "first_at"),
    )
    tone = tones.tone_counts(row["n_negative"], row["n_neutral"], row["n_positive"])
    w.ledger.add(f"I{rank}b", tone, stories.cite(row, "story_id", "n_negative", "n_neutral", "n_positive"))
    facts = [
        ("OPD terkait", clean(row["opd_short"]) or "belum ditentukan"),
        ("Topik", clean(row["topic_label"]) or fmt.MISSING),
        ("Tone layanan", tone),
    ]
    if row["kecamatan"]:
        facts.insert(1, ("Kecamatan", clean(row["kecamatan"])))
    limit = min(EXCERPT, w.config.report.excerpt_chars)
    return Issue(
        rank,
        title,
        tuple((name, breakable(value)) for name, value in facts),
        volume,
        breakable(clean(row["excerpt"], limit)) if limit else "",
        clean(row["lead_source"]),
        tuple(_step(step, row["title"]) for step in steps.rows if step["story_id"] == row["story_id"]),
    )


def _step(step: Mapping[str, Any], story_title: str) -> tuple[str, Said]:
    """One line of a chronology; a title that only repeats the story's is not printed again."""
    text = clean(step["source_name"], 40)
    if clean(step["title"]) != clean(story_title):
        text += f": {clean(step['title'], 110)}"
    return fmt.day_month(step["day"]), Said("", breakable(text), web_address(step["url"]))


def alerts(w: Writer, first: int = 0, count: int = BODY_ALERTS) -> list[Block]:
    """Some alerts as sentences; a note says how many more the annex has."""
    table = w.facts.alerts
    said = [
        w.say(
            f"P{nth}",
            clean(row["reason"], 240),
            table.cite(row, "alert_id", "reason", "observed", "expected"),
        )
        for nth, row in enumerate(table.rows[first : first + count], first + 1)
    ]
    blocks: list[Block] = [Bullets(tuple(said))]
    if more := len(table.rows[first + count :]):
        note = f"{fmt.number(more)} peringatan lain dimuat dalam lampiran."
        blocks.append(Text((Said("", note),), note=True))
    return blocks


def outlets(w: Writer) -> list[Block]:
    """Who wrote, with their own words or copied ones."""
    return outlet_blocks(w, w.facts.outlets)


def outlet_blocks(w: Pen, table: Table) -> list[Block]:
    """The same of any period (rows of `queries.week_outlets`)."""
    if not table.rows:
        return []
    note = (
        "Tulisan sendiri: artikel yang tidak mengulang teks artikel lain. "
        "Tone dihitung hanya pada artikel yang menilai layanan."
    )
    if more := len(table.rows[BODY_OUTLETS:]):
        note += f" {fmt.number(more)} media lain dimuat dalam lampiran."
    return [Grid(OUTLET_COLUMNS, outlet_rows(w, table, 0, BODY_OUTLETS), note)]


def outlet_rows(w: Pen, table: Table, first: int, last: int | None) -> tuple[Any, ...]:
    """Rows of the outlet table from one position to another."""
    return tuple(
        w.row("M", table, row, "source_id", label(row["source_name"]), OUTLET_FIELDS)
        for row in table.rows[first:last]
    )
