"""Everything the weekly report says, gathered once from one snapshot of the lake."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config import Config
from dashboard import format as fmt
from dashboard.report.answers import Answer, Table, ask, ask_table
from warehouse import Lake
from warehouse.queries import ComplaintWeek, Coverage, Moment, Response, Status, Week, WeekTotal

KINDS = {
    "news": "Artikel berita",
    "video": "Video",
    "comment": "Komentar video",
    "social": "Unggahan media sosial",
    "complaint": "Aduan",
}
"""Kinds of documents in the order of the table, with their names in the report."""

TREND_WEEKS = 12
"""Weeks on the volume chart (domain rule: look at 4 and 12 weeks, not at one)."""

WINDOW = 4
"""Weeks over which agencies, dimensions and places are counted (domain rule for small numbers)."""

STEPS = 3
"""Articles of the week shown in the chronology of a story."""


@dataclass(frozen=True, slots=True)
class WeeklyFacts:
    """The answers one report is made of; nothing here is computed outside `warehouse.queries`.

    Attributes:
        week: the week reported on.
        moment: snapshot and "now" of all answers.
        status: data health.
        coverage: sources in reach as of "now".
        reach: sources in reach in the week before and in this one.
        sources: every source with its verdict.
        kinds: totals per kind of document, keys of `KINDS`.
        history: per kind, whether there are weeks to compare with.
        trend: documents per week and kind over `TREND_WEEKS`.
        stories: the stories of the week, as many as the report describes.
        steps: chronologies of these stories.
        tone: tone per agency.
        complaints: complaints of the week and the queue.
        response: time to the first reply; None without complaints.
        agencies: complaints per agency.
        complaint_topics: topics of the complaints of the week.
        places: complaints per kecamatan.
        outlets: who published.
        dimensions: the smart-city dimensions.
        quick_wins: mentions of quick wins.
        quick_win_flags: those that fell silent, or about which complaints rise, as of "now".
        quick_win_steps: steps of quick wins that are overdue at the end of the week, or due soon after it.
        worksheets: how far people are with the assessment of the year, as of "now".
        alerts: alerts that touch the week.
        wider: stories that reach beyond the regency.
        disputed: stories that may need a clarification.
        disputed_before: those of the week before, and what became of them.
        owed: what offices owed at the end of the week.
        owed_before: the same for the week before, and what became of it.
        deadlines: the days on which recommendations fall due.
        owner: short name of the office that issues the report.
    """

    week: Week
    moment: Answer[Moment]
    status: Answer[Status]
    coverage: Answer[Coverage]
    reach: Table
    sources: Table
    kinds: Mapping[str, Answer[WeekTotal]]
    history: Table
    trend: Table
    stories: Table
    steps: Table
    tone: Table
    complaints: Answer[ComplaintWeek]
    response: Answer[Response | None]
    agencies: Table
    complaint_topics: Table
    places: Table
    outlets: Table
    dimensions: Table
    quick_wins: Table
    quick_win_flags: Table
    quick_win_steps: Table
    worksheets: Table
    alerts: Table
    wider: Table
    disputed: Table
    disputed_before: Table
    owed: Table
    owed_before: Table
    deadlines: Table
    owner: str


def gather(lake: Lake, config: Config, week: Week) -> WeeklyFacts:
    """Ask the lake everything the report needs.

    Args:
        lake: a connection pinned to one snapshot, or the answers could disagree.
        config: says how many stories are described.
        week: the week to report on.
    """
    stories = ask_table(lake, "week_stories", week=week, limit=config.report.top_issues)
    words = list(config.report.clarify_words)
    moment = ask(lake, "moment")
    today = fmt.local_day(moment.value.now)
    days = sorted(set(config.report.deadlines.model_dump().values()))
    return WeeklyFacts(
        week=week,
        moment=moment,
        status=ask(lake, "status"),
        coverage=ask(lake, "coverage"),
        reach=ask_table(lake, "week_coverage", first=week.shift(-1), last=week),
        sources=ask_table(lake, "sources"),
        kinds={kind: ask(lake, "week_total", week=week, kinds=[kind]) for kind in KINDS},
        history=ask_table(lake, "history", week=week),
        trend=ask_table(lake, "volume_by_week", first=week.shift(1 - TREND_WEEKS), last=week),
        stories=stories,
        steps=ask_table(
            lake,
            "story_steps",
            week=week,
            story_ids=[row["story_id"] for row in stories.rows],
            limit=STEPS,
        ),
        tone=ask_table(lake, "opd_tone", week=week, window=WINDOW),
        complaints=ask(lake, "week_complaints", week=week),
        response=ask(lake, "recent_response"),
        agencies=ask_table(lake, "agencies_week", week=week),
        complaint_topics=ask_table(lake, "topics", week=week, kinds=["complaint"]),
        places=ask_table(lake, "kecamatan_volume", week=week, kinds=["complaint"], window=WINDOW),
        outlets=ask_table(lake, "week_outlets", week=week),
        dimensions=ask_table(lake, "week_dimensions", week=week, window=WINDOW),
        quick_wins=ask_table(lake, "quick_wins", week=week, window=WINDOW),
        quick_win_flags=ask_table(lake, "quick_win_flags"),
        quick_win_steps=ask_table(lake, "quick_win_steps", day=week.sunday),
        worksheets=ask_table(lake, "worksheet_state", year=week.sunday.year),
        alerts=ask_table(lake, "week_alerts", week=week),
        wider=ask_table(lake, "wider_stories", week=week),
        disputed=ask_table(lake, "disputed_stories", week=week, words=words),
        disputed_before=ask_table(lake, "disputed_stories", week=week.shift(-1), words=words),
        owed=ask_table(lake, "owed", week=week),
        owed_before=ask_table(lake, "owed", week=week.shift(-1)),
        deadlines=ask_table(lake, "working_days_after", day=today, counts=days),
        owner=_owner(config),
    )


def _owner(config: Config) -> str:
    found = next((one.short for one in config.opd if one.id == config.report.owner), None)
    return found or config.report.owner
