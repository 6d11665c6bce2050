"""The report of a month or a quarter, from the same parts as the weekly one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from config import Config
from dashboard import format as fmt
from dashboard.report import period_sentences as told
from dashboard.report import sentences, tones
from dashboard.report.answers import Answer, Table, ask, ask_table
from dashboard.report.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Figure,
    Grid,
    Heading,
    Pairs,
    Part,
    Said,
    Text,
    Tile,
    Tiles,
)
from dashboard.report.document import Composed, front_of
from dashboard.report.facts import KINDS, STEPS, TREND_WEEKS
from dashboard.report.figures import charts, svg
from dashboard.report.issues import BODY_OUTLETS, OUTLET_COLUMNS, outlet_blocks, outlet_rows, story_blocks
from dashboard.report.ledger import Ledger
from dashboard.report.services import (
    BODY_AGENCIES,
    BODY_TONES,
    NOT_OURS,
    TONE_COLUMNS,
    TOPICS,
    office_name,
    place_blocks,
    tone_blocks,
    tone_rows,
)
from dashboard.report.text import clean
from dashboard.report.writer import Pen, label
from warehouse import Lake
from warehouse.queries import (
    CalendarPeriod,
    Moment,
    PeriodComplaints,
    PeriodTotal,
    Status,
    week_of_day,
)

TITLES: Final = {"month": "Laporan Bulanan", "quarter": "Laporan Triwulanan"}
AGENCY_FIELDS: Final = ("n", "n_before", "n_answered", "n_resolved", "n_open")


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """The answers one report is made of, all from one snapshot.

    Attributes:
        period: the month or quarter.
        moment: snapshot and "now".
        status: data health.
        coverage: source coverage of the period and of the one before.
        kinds: totals per kind of document.
        trend: documents per week.
        stories: the stories of the period.
        steps: their chronologies.
        tone: tone per agency.
        complaints: received, and open at the ends.
        agencies: received per agency.
        topics: of the complaints.
        places: complaints per kecamatan.
        outlets: who published.
    """

    period: CalendarPeriod
    moment: Answer[Moment]
    status: Answer[Status]
    coverage: Table
    kinds: dict[str, Answer[PeriodTotal]]
    trend: Table
    stories: Table
    steps: Table
    tone: Table
    complaints: Answer[PeriodComplaints]
    agencies: Table
    topics: Table
    places: Table
    outlets: Table


def gather_period(lake: Lake, config: Config, period: CalendarPeriod) -> PeriodFacts:
    """Ask the lake everything the report needs.

    Args:
        lake: pinned to one snapshot, or the answers could disagree.
        config: says how many stories are described.
        period: the month or quarter.
    """
    stories = ask_table(lake, "period_stories", period=period, limit=config.report.top_issues)
    ids = [row["story_id"] for row in stories.rows]
    last = week_of_day(period.last)
    return PeriodFacts(
        period=period,
        moment=ask(lake, "moment"),
        status=ask(lake, "status"),
        coverage=ask_table(lake, "period_coverage", period=period),
        kinds={kind: ask(lake, "period_total", period=period, kinds=[kind]) for kind in KINDS},
        trend=ask_table(lake, "volume_by_week", first=last.shift(-TREND_WEEKS), last=last),
        stories=stories,
        steps=ask_table(lake, "period_steps", period=period, story_ids=ids, limit=STEPS),
        tone=ask_table(lake, "period_tone", period=period),
        complaints=ask(lake, "period_complaints", period=period),
        agencies=ask_table(lake, "period_agencies", period=period),
        topics=ask_table(lake, "period_topics", period=period, kinds=["complaint"]),
        places=ask_table(lake, "period_places", period=period, kinds=["complaint"]),
        outlets=ask_table(lake, "period_outlets", period=period),
    )


def compose_period(facts: PeriodFacts, config: Config) -> Composed:
    """Write all sections; pure. A section nothing feeds is absent."""
    pen = Pen(config, Ledger())
    name = told.period_name(facts.period)
    written = [
        Part("identitas", "Identitas dan Status Data", _identity(pen, facts)),
        Part("ringkasan", "Ringkasan", _summary(pen, facts)),
        Part("statistik", "Statistik Umum", _statistics(pen, facts)),
        Part("isu", "Isu Teratas", story_blocks(
            pen, facts.stories, facts.steps, facts.period.first, told.UNIT[facts.period.kind])),
        Part("tone_opd", "Tone Layanan per OPD", tone_blocks(pen, facts.tone, name)),
        Part("aduan", "Aduan Masyarakat", _complaints(pen, facts)),
        Part("media", "Sebaran Media", outlet_blocks(pen, facts.outlets)),
    ]  # fmt: skip
    written.append(Part("lampiran", "Lampiran", _annex(pen, facts), annex=True))
    front = front_of(
        config,
        facts.moment.value.now,
        f"{TITLES[facts.period.kind]} Monitoring Media dan Aduan",
        told.period_title(facts.period),
        facts.period.iso,
    )
    return Composed({**front, "parts": [asdict(part) for part in written if part.blocks]}, pen.ledger)


def _identity(w: Pen, f: PeriodFacts) -> list[Block]:
    relevant, collected = fmt.number(f.status.value.n_relevant), fmt.number(f.status.value.n_documents)
    through = fmt.moment(f.status.value.data_through)
    pairs = (
        ("Periode", told.period_title(f.period)),
        ("Keadaan data", f"per {fmt.moment(f.moment.value.now)}; data terbaru {through}"),
        ("Dokumen", f"{relevant} relevan dari {collected} yang terkumpul sejak awal"),
    )  # fmt: skip
    w.ledger.add("D0", pairs[1][1] + "; " + pairs[2][1],
                 f.status.cite("data_through", "n_relevant", "n_documents"))  # fmt: skip
    this = next(row for row in f.coverage.rows if row["part"] == "this")
    text = told.readings(this["n_reached"], this["n_expected"], this["coverage"], f.period)
    proof = f.coverage.cite(this, "part", "coverage", "n_reached", "n_expected")
    return [Pairs(pairs), Text((w.say("D1", text, proof),))]


def _summary(w: Pen, f: PeriodFacts) -> list[Block]:
    news, complaints = f.kinds["news"], f.complaints
    v, when = complaints.value, told.period_name(f.period)
    proof = [*news.cite("n", "n_stories", "n_sources"), *complaints.cite("n", "n_open_end", "n_late_end")]
    w.ledger.add("R0", "Angka utama", proof)
    tiles = Tiles((
        Tile(fmt.number(news.value.n), "artikel berita", f"{fmt.number(news.value.n_stories)} cerita"),
        Tile(fmt.number(news.value.n_sources), "media memberitakan"),
        Tile(fmt.number(v.n), "aduan masuk"),
        Tile(fmt.number(v.n_open_end), "terbuka di akhir", f"{fmt.number(v.n_late_end)} lebih dari 14 hari"),
    ))  # fmt: skip
    moved, proof = _change(f, "Jumlah artikel", "news")
    volume = sentences.volume(news.value.n, news.value.n_stories, news.value.n_sources, when)
    bullets = [
        w.say("R1", f"{volume} {moved}", [*news.cite("n", "n_stories", "n_sources"), *proof]),
        *_top(w, f),
        w.say("R3", sentences.complaints_received(v.n, v.n_answered, v.n_resolved, v.n_set_aside, when),
              complaints.cite("n", "n_answered", "n_resolved", "n_set_aside")),
        _backlog(w, f),
    ]  # fmt: skip
    return [tiles, Bullets(tuple(bullets))]


def _backlog(w: Pen, f: PeriodFacts) -> Said:
    """What was open at the end, beside the end before only where complaints of then were collected."""
    v, past = f.complaints.value, f.kinds["complaint"]
    before = v.n_open_before if past.value.has_before else None
    text = told.backlog(before, v.n_open_end, v.n_late_end, f.period)
    proof = f.complaints.cite("n_open_before", "n_open_end", "n_late_end", "n_unsure")
    return w.say("R4", f"{text} {told.unsure(v.n_unsure)}".rstrip(), [*proof, *past.cite("has_before")])


def _top(w: Pen, f: PeriodFacts) -> list[Said]:
    if not f.stories.rows:
        return []
    row = f.stories.rows[0]
    text = sentences.top_issue(
        clean(row["title"], 120), row["n"], row["n_sources"], row["n_copies"], row["opd_short"]
    )
    proof = f.stories.cite(row, "story_id", "title", "n", "n_sources", "n_copies", "opd_short")
    return [w.say("R2", text, [*proof, *f.stories.cite_keys("story_id")])]


def _change(f: PeriodFacts, what: str, kind: str) -> tuple[str, list[Any]]:
    total = f.kinds[kind]
    v = total.value
    proof = [*total.cite("n", "n_before", "per_day", "per_day_before", "change", "has_before")]
    coverage: dict[str, float | None] = {"this": None, "before": None}
    if kind != "complaint":  # complaints come in files: a site that is down does not touch them
        for row in f.coverage.rows:
            coverage[row["part"]] = row["coverage"]
            proof += f.coverage.cite(row, "part", "coverage")
    numbers = told.PeriodChange(
        v.n, v.n_before, v.per_day, v.per_day_before, v.change, v.has_before, coverage["this"],
        coverage["before"],
    )  # fmt: skip
    return told.change(what, numbers, f.period), proof


def _statistics(w: Pen, f: PeriodFacts) -> list[Block]:
    news = f.kinds["news"]
    v = news.value
    said = (
        w.say("S1", *_change(f, "Jumlah aduan", "complaint")),
        w.say("S2", tones.tone("Artikel", v.n_negative, v.n_neutral, v.n_positive, v.net_tone),
              news.cite("n_negative", "n_neutral", "n_positive", "net_tone")),
    )  # fmt: skip
    blocks: list[Block] = [*_kinds(w, f), Text(said)]
    first, last = f.period.before.first, f.period.last
    for nth, event in enumerate(
        (one for one in w.config.calendar.breaks if one.start <= last and (one.end or one.start) >= first), 1
    ):
        note = sentences.structural_break(clean(event.label), event.start, event.end, "periode-periode")
        blocks.append(Text((w.say(f"B{nth}", note, ()),), note=True))
    if any(row["n"] for row in f.trend.rows):
        last_week = week_of_day(last)  # a week is drawn whole, days of the next period included
        blocks.append(Figure(
            svg(charts.volume_by_week(f.trend.frame(), height=130), 620),
            f"Dokumen relevan per minggu sampai {fmt.day(last_week.sunday)} (tanggal: hari Senin).",
            "Diagram batang jumlah dokumen per minggu dan jenis.",
        ))  # fmt: skip
    return blocks


def _kinds(w: Pen, f: PeriodFacts) -> list[Block]:
    rows = []
    for kind, name in KINDS.items():
        total = f.kinds[kind]
        v = total.value
        if not (v.n or v.n_before):
            continue
        stories = fmt.number(v.n_stories) if kind == "news" else fmt.MISSING
        before = fmt.number(v.n_before) if v.has_before else "belum lengkap"
        moved = fmt.signed_percent(v.change) if v.has_before else fmt.MISSING
        shown = (fmt.number(v.n), stories, fmt.number(v.n_sources), before, moved, fmt.number(v.per_day, 1))
        fields = ("n", "n_stories", "n_sources", "n_before", "has_before", "change", "per_day")
        w.ledger.add(f"S.{kind}", f"{name}: " + " | ".join(shown), total.cite(*fields))
        rows.append((Cell(name), *(Cell(text) for text in shown)))
    unit = told.UNIT[f.period.kind].capitalize()
    columns = (
        Column("Jenis", 2.2, "left"), Column(f"{unit} ini"), Column("Cerita"), Column("Sumber"),
        Column(f"{unit} sebelumnya", 1.5), Column("Perubahan per hari", 1.5),
        Column("Rata-rata per hari", 1.3),
    )  # fmt: skip
    return [Grid(columns, tuple(rows))] if rows else []


def _complaints(w: Pen, f: PeriodFacts) -> list[Block]:
    rows = f.agencies.rows
    blocks: list[Block] = []
    if rows:
        note = (
            "Dijawab, selesai, dan masih terbuka: keadaan aduan periode ini pada saat laporan dibuat. "
            "Dijawab belum berarti selesai di lapangan."
        )
        if any(row["opd_group"] == "vertical" for row in rows[:BODY_AGENCIES]):
            note += f" {NOT_OURS}"
        if more := len(rows[BODY_AGENCIES:]):
            note += f" {fmt.number(more)} OPD lain dimuat dalam lampiran."
        blocks.append(Grid(_agency_columns(f), _agency_rows(w, f, 0, BODY_AGENCIES), note))
    span = told.period_name(f.period)
    return [*blocks, *place_blocks(w, f.places, span, span, _topics(w, f))]


def _agency_columns(f: PeriodFacts) -> tuple[Column, ...]:
    unit = told.UNIT[f.period.kind].capitalize()
    return (
        Column("OPD", 2.4, "left"), Column("Masuk"), Column(f"{unit} sebelumnya", 1.5),
        Column("Dijawab"), Column("Selesai"), Column("Terbuka"),
    )  # fmt: skip


def _agency_rows(w: Pen, f: PeriodFacts, first: int, last: int | None) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        w.row("A", f.agencies, row, "opd_id", office_name(row), AGENCY_FIELDS)
        for row in f.agencies.rows[first:last]
    )


def _topics(w: Pen, f: PeriodFacts) -> list[Block]:
    rows = tuple(
        w.row("A.topik", f.topics, row, "topic", label(row["topic_label"]), ("n", "n_before"))
        for row in f.topics.rows[:TOPICS]
    )
    columns = (Column("Topik terbanyak", 2.2, "left"), Column("Aduan"), Column("Sebelumnya", 1.4))
    return [Grid(columns, rows)] if rows else []


def _annex(w: Pen, f: PeriodFacts) -> list[Block]:
    """What the body had no room for, how it was counted, and the fingerprint of all sentences."""
    blocks: list[Block] = []
    if rows := [row for row in f.tone.rows if row["net_tone"] is not None][BODY_TONES:]:
        more = Grid(TONE_COLUMNS, tone_rows(w, f.tone, rows))
        blocks += [Heading("Tone layanan per OPD (lanjutan)"), more]
    if f.agencies.rows[BODY_AGENCIES:]:
        more = Grid(_agency_columns(f), _agency_rows(w, f, BODY_AGENCIES, None))
        blocks += [Heading("Aduan per OPD (lanjutan)"), more]
    if f.outlets.rows[BODY_OUTLETS:]:
        more = Grid(OUTLET_COLUMNS, outlet_rows(w, f.outlets, BODY_OUTLETS, None))
        blocks += [Heading("Sebaran media (lanjutan)"), more]
    w.ledger.add("L0", "Model", f.status.cite("model_version"))
    return [
        *blocks,
        Heading("Cara menghitung"),
        Bullets(tuple(Said("", text) for text in told.METHOD)),
        Heading("Bukti"),
        Pairs((
            ("Versi model", clean(f.status.value.model_version) or fmt.MISSING),
            ("Sidik bukti", w.ledger.fingerprint()[:16]),
        )),
    ]  # fmt: skip
