"""The weekly report of one office: its own sector on two pages, and nothing that it may not see."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from config import Config
from dashboard import format as fmt
from dashboard.report import period_sentences as told
from dashboard.report import sentences
from dashboard.report.advice import advise
from dashboard.report.answers import Answer, Table, ask, ask_table
from dashboard.report.blocks import (
    Beside,
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Figure,
    Grid,
    Pairs,
    Part,
    Said,
    Text,
    Tile,
    Tiles,
)
from dashboard.report.document import Composed, front_of
from dashboard.report.errors import ReportError
from dashboard.report.facts import TREND_WEEKS, WINDOW
from dashboard.report.figures import charts, svg
from dashboard.report.issues import story_blocks
from dashboard.report.ledger import Ledger
from dashboard.report.services import TOPICS
from dashboard.report.text import breakable, clean
from dashboard.report.writer import Pen, label
from warehouse import Lake
from warehouse.queries import Moment, OfficeWeek, Status, Week

QUEUE: Final = 6
"""Complaints listed: with two lines each they leave room for the chart on the first page."""
STORIES: Final = 2
STEPS: Final = 2
RULES: Final = ("late", "clarify")
"""Rules of `advice` that ask something of the office itself."""
STEP_NAMES: Final = {"verify": "verifikasi", "answer": "jawaban pertama", "resolve": "penyelesaian"}
NOTE: Final = (
    "Dokumen yang menyangkut dua OPD dihitung pada keduanya. Angka satu OPD kecil: jangan menilai dari "
    "satu minggu. Dijawab belum berarti selesai di lapangan."
)


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """The answers one report is made of, asked in the name of the office, all from one snapshot.

    Attributes:
        week: the week reported on.
        moment: snapshot and "now".
        status: data health.
        numbers: the office over the week and its queue.
        reach: source coverage of the week.
        queue: its most pressing open complaints.
        subjects: what it is talked about for.
        places: where.
        tone: its row of the tone table, or none.
        trend: its documents per week.
        stories: stories that concern it.
        steps: their chronologies.
        owed: what it owed at the end of the week, or none.
        disputed: disputed stories that concern it.
        deadlines: the days on which recommendations fall due.
    """

    week: Week
    moment: Answer[Moment]
    status: Answer[Status]
    numbers: Answer[OfficeWeek]
    reach: Table
    queue: Table
    subjects: Table
    places: Table
    tone: Table
    trend: Table
    stories: Table
    steps: Table
    owed: Table
    disputed: Table
    deadlines: Table


def gather_office(lake: Lake, config: Config, opd_id: str, week: Week) -> OfficeFacts:
    """Ask the lake everything the report needs.

    Args:
        lake: pinned to one snapshot, behind the wall of the office (`warehouse.access.wall`).
        config: words and deadlines.
        opd_id: the office.
        week: the week.

    Raises:
        AccessError: the viewer is of another office.
        ReportError: the register has no such office.
    """
    numbers = ask(lake, "office_week", opd_id=opd_id, week=week, window=WINDOW)
    if numbers.value is None:
        raise ReportError(f"Tidak ada OPD dengan id '{opd_id}' di opd.yaml.")
    about: dict[str, Any] = {"opd_id": opd_id, "week": week}
    wide = {**about, "window": WINDOW}
    moment = ask(lake, "moment")
    stories = ask_table(lake, "office_stories", **wide, limit=STORIES)
    ids = [row["story_id"] for row in stories.rows]
    days = sorted({config.report.deadlines.late, config.report.deadlines.clarify})
    return OfficeFacts(
        week=week,
        moment=moment,
        status=ask(lake, "status"),
        numbers=numbers,
        reach=ask_table(lake, "week_coverage", first=week, last=week),
        queue=ask_table(lake, "office_queue", opd_id=opd_id, limit=QUEUE),
        subjects=ask_table(lake, "office_subjects", **wide),
        places=ask_table(lake, "office_places", **wide),
        tone=ask_table(lake, "office_week_tone", **wide),
        trend=ask_table(lake, "office_volume", opd_id=opd_id, first=week.shift(1 - TREND_WEEKS), last=week),
        stories=stories,
        steps=ask_table(lake, "office_steps", **wide, story_ids=ids, limit=STEPS),
        owed=ask_table(lake, "office_owed", **about),
        disputed=ask_table(lake, "office_disputed", **about, words=list(config.report.clarify_words)),
        deadlines=ask_table(lake, "working_days_after", day=fmt.local_day(moment.value.now), counts=days),
    )


def compose_office(facts: OfficeFacts, config: Config) -> Composed:
    """Write all sections; pure."""
    pen = Pen(config, Ledger())
    v = facts.numbers.value
    written = [
        Part("ringkasan", "Ringkasan", _summary(pen, facts)),
        Part("aduan", "Aduan yang Menunggu", _queue(pen, facts)),
        Part("isu", "Pemberitaan", _news(pen, facts)),
        Part("rekomendasi", "Yang Diminta", _asked(pen, facts)),
        Part("identitas", "Dasar Angka", _basis(pen, facts)),
    ]
    front = front_of(
        config,
        facts.moment.value.now,
        f"Laporan Mingguan {v.short}",
        f"{clean(v.name)}, {fmt.week(facts.week.monday)}",
        facts.week.iso,
    )
    return Composed({**front, "parts": [asdict(part) for part in written if part.blocks]}, pen.ledger)


def _summary(w: Pen, f: OfficeFacts) -> list[Block]:
    c = f.numbers
    v = c.value
    w.ledger.add("R0", "Angka utama", c.cite("n_week", "n_open", "n_overdue", "n_over_14", "n"))
    tiles = Tiles((
        Tile(fmt.number(v.n_week), "aduan masuk minggu ini"),
        Tile(fmt.number(v.n_open), "aduan terbuka", f"{fmt.number(v.n_over_14)} lebih dari 14 hari"),
        Tile(fmt.number(v.n_overdue), "lewat tenggat"),
        Tile(fmt.number(v.n), "dokumen, 4 minggu"),
    ))  # fmt: skip
    received = sentences.complaints_received(
        v.n_week, v.n_answered_week, v.n_resolved_week, v.n_set_aside_week
    )
    moved = told.office_week_change(v.n_week, v.n_week_before)
    waiting = sentences.queue(v.n_open, v.n_over_14, v.median_age)
    late = f" {sentences.overdue(v.n_overdue, v.n_open)}" if v.n_open else ""
    bullets = [
        w.say("R1", f"{received} {moved}",
              c.cite("n_week", "n_week_before", "n_answered_week", "n_resolved_week", "n_set_aside_week")),
        w.say("R2", waiting + late, c.cite("n_open", "n_over_14", "n_overdue", "median_age")),
        w.say("R3", told.office_documents(clean(v.short), v.n, v.n_news, v.n_stories, WINDOW),
              c.cite("short", "n", "n_news", "n_stories")),
        _tone(w, f),
    ]  # fmt: skip
    return [tiles, Bullets(tuple(bullets))]


def _tone(w: Pen, f: OfficeFacts) -> Said:
    name = clean(f.numbers.value.short)
    if not f.tone.rows:
        return w.say(
            "R4", told.office_tone(name, 0, (0, 0, 0), None, (None, None)), f.tone.cite_keys("opd_id")
        )
    row = f.tone.rows[0]
    counts = (row["n_negative"], row["n_neutral"], row["n_positive"])
    ends = (row["net_tone_low"], row["net_tone_high"])
    fields = ("n_toned", "n_negative", "n_neutral", "n_positive", "net_tone", "net_tone_low", "net_tone_high")
    text = told.office_tone(name, row["n_toned"], counts, row["net_tone"], ends)
    return w.say("R4", text, f.tone.cite(row, "opd_id", *fields))


def _queue(w: Pen, f: OfficeFacts) -> list[Block]:
    """The most pressing complaints, without words: they are read in the channel or on the dashboard."""
    if not f.queue.rows:
        return []
    rows = []
    fields = ("ticket_id", "channel", "received_day", "topic_label", "kecamatan", "age_days", "due_step",
              "due_day", "days_left")  # fmt: skip
    for nth, row in enumerate(f.queue.rows, 1):
        shown = (
            fmt.day(row["received_day"]),
            clean(row["topic_label"]) or "(tanpa topik)",
            clean(row["kecamatan"]) or fmt.MISSING,
            f"{fmt.number(row['age_days'])} hari" if row["age_days"] is not None else fmt.MISSING,
            _due(row),
        )
        w.ledger.add(f"Q{nth}", " | ".join(shown), f.queue.cite(row, "doc_id", *fields))
        number = clean(row["ticket_id"]) or clean(row["channel"])
        rows.append((label(number), *(Cell(breakable(text)) for text in shown)))
    columns = (
        Column("Nomor", 1.3, "left"), Column("Diterima", 1.3, "left"), Column("Topik", 1.9, "left"),
        Column("Kecamatan", 1.4, "left"), Column("Umur"), Column("Tenggat", 3.0, "left"),
    )  # fmt: skip
    note = "Tenggat terdekat lebih dulu; hari kerja. Isi aduan dibaca di kanalnya atau di dasbor."
    if f.numbers.value.n_open > QUEUE:
        note += (
            f" Yang ditampilkan {fmt.number(QUEUE)} dari {fmt.number(f.numbers.value.n_open)} aduan terbuka."
        )
    return [Grid(columns, tuple(rows), note)]


def _due(row: Any) -> str:  # noqa: ANN401 - a row of an answer
    """When the step that is waited for was or is due."""
    if row["due_day"] is None:
        return "tanpa tenggat"
    step, left = STEP_NAMES.get(row["due_step"], row["due_step"]), row["days_left"]
    if left is None:
        return f"{step}, {fmt.day(row['due_day'])}"
    if left < 0:
        return f"{step}, lewat {fmt.number(abs(left))} hari"
    return f"{step}, hari ini" if left == 0 else f"{step}, {fmt.number(left)} hari lagi"


def _news(w: Pen, f: OfficeFacts) -> list[Block]:
    first = f.week.shift(1 - WINDOW).monday
    blocks: list[Block] = []
    if any(row["n"] for row in f.trend.rows):
        blocks.append(Figure(
            svg(charts.volume_by_week(f.trend.frame(), height=70), 620),
            f"Dokumen yang menyangkut {clean(f.numbers.value.short)} per minggu, {TREND_WEEKS} minggu.",
            "Diagram batang jumlah dokumen OPD ini per minggu dan jenis.",
        ))  # fmt: skip
    subjects = _pairs(w, f.subjects, "topic", "topic_label", "Topik")
    places = _pairs(w, f.places, "kecamatan", "kecamatan", "Kecamatan")
    if subjects and places:
        blocks.append(Beside((subjects,), (places,)))
    else:
        blocks += [one for one in (subjects, places) if one]
    return [*blocks, *story_blocks(w, f.stories, f.steps, first, "periode")]


def _pairs(w: Pen, table: Table, key: str, name: str, heading: str) -> Grid | None:
    rows = tuple(
        w.row(f"C.{key}", table, row, key, label(row[name]), ("n", "n_complaints"))
        for row in table.rows[:TOPICS]
    )
    columns = (Column(f"{heading}, 4 minggu", 2.4, "left"), Column("Dokumen"), Column("Aduan"))
    return Grid(columns, rows) if rows else None


def _asked(w: Pen, f: OfficeFacts) -> list[Block]:
    """The recommendations of the weekly report that are for this office."""
    advice = advise(f.owed.rows, f.disputed.rows, 0, clean(f.numbers.value.short))
    found = [one for one in advice if one.rule in RULES]
    due = {row["days"]: row for row in f.deadlines.rows}
    blocks: list[Block] = []
    for nth, one in enumerate(found, 1):
        days = w.config.report.deadlines
        row = due[days.late if one.rule == "late" else days.clarify]
        until = fmt.day(row["due_day"]) if row["due_day"] else "secepatnya"
        if one.rule == "late":
            proof = [p for owed in f.owed.rows for p in f.owed.cite(owed, "opd_id", "opd_short", "n_late")]
        else:
            told_of = next(row for row in f.disputed.rows if row["item"] == one.key)
            proof = [*f.disputed.cite(told_of, "item", "title", "word", "n")]
        said = w.say(f"U{nth}", f"{one.action} Tenggat {until}.",
                     [*proof, *f.deadlines.cite(row, "days", "due_day")])  # fmt: skip
        blocks.append(Callout("Tindakan", said))
    if not blocks:
        text = "Tidak ada tindakan yang diminta dari angka minggu ini."
        blocks.append(
            Text((w.say("U0", text, [*f.owed.cite_keys("opd_id"), *f.disputed.cite_keys("item")]),))
        )
    return blocks


def _basis(w: Pen, f: OfficeFacts) -> list[Block]:
    this = f.reach.rows[-1]
    reach = sentences.reach(this["n_reached"], this["n_expected"])
    said = [w.say("D1", reach, f.reach.cite(this, "week", "n_reached", "n_expected"))] if reach else []
    said.append(Said("", NOTE))
    w.ledger.add(
        "D0", fmt.moment(f.status.value.data_through), f.status.cite("data_through", "model_version")
    )
    state = f"per {fmt.moment(f.moment.value.now)}; data terbaru {fmt.moment(f.status.value.data_through)}"
    return [
        Text(tuple(said), note=True),
        Pairs((("Keadaan data", state), ("Sidik bukti", w.ledger.fingerprint()[:16]))),
    ]
