"""Every question that stands behind a tile, a chart or a list of the dashboard, timed warm."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.lake.making import NOW
from warehouse import Lake, queries
from warehouse.queries import ComplaintFilter, DocumentFilter, Scope, last_complete_week
from warehouse.queries.changes import changes
from warehouse.queries.explore import channels, find_stories
from warehouse.queries.quarantine import quarantine_counts
from warehouse.queries.social import find_videos

RUNS = 20
PAGE = 20
Question = Callable[[Lake], object]


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one question over `RUNS` warm runs, and the processor's seconds of one."""

    p50: float
    p95: float
    cpu: float


def questions(lake: Lake) -> dict[str, Question]:
    """What the pages ask, by page and name; lists are asked for their first page."""
    week = last_complete_week(NOW)
    story = lake.value(
        "SELECT story_id FROM story_member GROUP BY story_id ORDER BY count(*) DESC, story_id LIMIT 1"
    )
    video = lake.value(
        "SELECT parent_id FROM document_fact WHERE parent_id IS NOT NULL ORDER BY day DESC, doc_id LIMIT 1"
    )
    complaint = lake.value("SELECT doc_id FROM complaint ORDER BY received_at DESC, doc_id LIMIT 1")
    topic, opd = lake.rows(
        "SELECT topic, opd_ids[1] FROM document_fact WHERE len(opd_ids) > 0 AND relevant LIMIT 1"
    )[0]
    scope = Scope("weeks_12")
    narrow, own = DocumentFilter(topics=(topic,), opd=(opd,)), ComplaintFilter(opd=opd, state="open")
    days = {"first": week.monday, "last": week.sunday}
    return {**_overview(week), **_service(scope, opd),
        "berita: stories of a week": lambda lake: find_stories(lake, DocumentFilter(**days), PAGE),
        "berita: stories, all": lambda lake: find_stories(lake, DocumentFilter(), PAGE),
        "berita: documents, all": lambda lake: queries.documents(lake, DocumentFilter(), PAGE),
        "berita: documents of topic and office": lambda lake: queries.documents(lake, narrow, PAGE),
        "media sosial: videos": lambda lake: find_videos(lake, week.shift(-11), week),
        "cerita: a story": lambda lake: queries.story(lake, story),
        "video: a document": lambda lake: queries.document(lake, video),
        "video: its comments": lambda lake: queries.video_comments(lake, video),
        "aduan: totals": lambda lake: queries.queue_totals(lake, ComplaintFilter()),
        "aduan: totals of an office": lambda lake: queries.queue_totals(lake, ComplaintFilter(opd=opd)),
        "aduan: per agency": queries.agencies,
        "aduan: list": lambda lake: queries.complaints(lake, ComplaintFilter(), PAGE),
        "aduan: list of an office": lambda lake: queries.complaints(lake, own, PAGE),
        "aduan: one": lambda lake: queries.complaints(lake, ComplaintFilter(doc_id=complaint)),
        "aduan: its history": lambda lake: queries.complaint_history(lake, complaint),
        "saringan: choices": queries.choices,
        "saringan: channels": channels,
        "sumber: status": queries.status,
        "sumber: sources": queries.sources,
        "sumber: runs": lambda lake: queries.runs(lake, 20),
        "sumber: reasons": quarantine_counts
    }  # fmt: skip


def _overview(week: queries.Week) -> Mapping[str, Question]:
    return {
        "ringkasan: week, news": lambda lake: queries.week_total(lake, week, ("news",)),
        "ringkasan: week, all": lambda lake: queries.week_total(lake, week),
        "ringkasan: history": lambda lake: queries.history(lake, week),
        "ringkasan: outlets": lambda lake: queries.week_outlets(lake, week),
        "ringkasan: stories": lambda lake: queries.week_stories(lake, week, 5),
        "ringkasan: alerts": lambda lake: queries.week_alerts(lake, week),
        "ringkasan: changes": lambda lake: changes(lake, week),
        "tren: volume": lambda lake: queries.volume_by_week(lake, week.shift(-11), week),
        "tren: tone": lambda lake: queries.sentiment_by_week(lake, week.shift(-11), week),
        "tren: topics": lambda lake: queries.topics(lake, week),
        "tren: offices": lambda lake: queries.opd_tone(lake, week),
        "tren: places": lambda lake: queries.kecamatan_volume(lake, week),
        "tren: quick wins": lambda lake: queries.quick_wins(lake, week),
    }


def _service(scope: Scope, opd: str) -> Mapping[str, Question]:
    own = Scope(scope.kind, opd=opd)
    return {
        "layanan: cohort": lambda lake: queries.cohort(lake, scope),
        "layanan: cohort of an office": lambda lake: queries.cohort(lake, own),
        "layanan: reply": lambda lake: queries.response(lake, scope),
        "layanan: reply, all time": lambda lake: queries.response(lake, Scope("all")),
        "layanan: agency reply": lambda lake: queries.response(lake, scope, "agency_reply"),
        "layanan: resolution": lambda lake: queries.resolution(lake, scope),
        "layanan: compliance": lambda lake: queries.compliance(lake, scope, "answer"),
        "layanan: backlog": lambda lake: queries.backlog(lake, Scope("now")),
        "layanan: load": queries.load,
        "layanan: channels": lambda lake: queries.service_by_channel(lake, scope),
    }


def measure(lake: Lake, asked: Mapping[str, Question], runs: int = RUNS) -> dict[str, Timing]:
    """Time each question: once to warm up, then `runs` times."""
    return {name: _timed(lake, question, runs) for name, question in asked.items()}


def _timed(lake: Lake, question: Question, runs: int) -> Timing:
    question(lake)
    taken, before = [], time.process_time()
    for _ in range(runs):
        start = time.perf_counter()
        question(lake)
        taken.append(time.perf_counter() - start)
    cpu = (time.process_time() - before) / runs
    p95 = statistics.quantiles(taken, n=20, method="inclusive")[-1] if runs > 1 else taken[0]
    return Timing(statistics.median(taken), p95, cpu)
