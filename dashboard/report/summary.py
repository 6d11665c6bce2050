"""Who, when, what it rests on; the summary; the week in numbers."""

from __future__ import annotations

from dashboard import format as fmt
from dashboard.report import sentences, tones
from dashboard.report.answers import Evidence
from dashboard.report.blocks import (
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    Figure,
    Grid,
    Pairs,
    Said,
    Text,
    Tile,
    Tiles,
)  # fmt: skip
from dashboard.report.facts import KINDS, TREND_WEEKS, WINDOW
from dashboard.report.figures import charts, svg
from dashboard.report.text import clean
from dashboard.report.writer import Writer
from warehouse.queries.trends import MIN_N

BAD = ("hilang", "diblokir", "rusak", "sepi", "belum dicoba")
"""Verdicts of active sources that are not "baik", as in `mart_source_health`."""


def identity(w: Writer) -> list[Block]:
    """Period and state of the data."""
    f = w.facts
    now = f.moment.value.now
    relevant, collected = fmt.number(f.status.value.n_relevant), fmt.number(f.status.value.n_documents)
    pairs = (
        ("Periode", f"{fmt.day_long(f.week.monday)} s.d. {fmt.day_long(f.week.sunday)} ({f.week.iso})"),
        ("Keadaan data", f"per {fmt.moment(now)}; data terbaru {fmt.moment(f.status.value.data_through)}"),
        ("Dokumen", f"{relevant} relevan dari {collected} yang terkumpul sejak awal"),
    )
    w.ledger.add("D0", pairs[1][1] + "; " + pairs[2][1],
                 f.status.cite("data_through", "n_relevant", "n_documents"))  # fmt: skip
    return [Pairs(pairs), Text((source_state(w, "D1"),))]


def source_state(w: Writer, key: str) -> Said:
    """The sentence on which sources work."""
    f = w.facts
    failing = [row for row in f.sources.rows if row["verdict"] in BAD]
    coverage = f.coverage.value
    evidence = [*f.coverage.cite("n_sources", "n_ok", "n_failing")]
    for row in failing:
        evidence.extend(f.sources.cite(row, "source_id", "verdict"))
    named = [(clean(row["name"]), row["verdict"]) for row in failing]
    return w.say(key, sentences.sources(coverage.n_sources, coverage.n_ok, named), evidence)


def executive(w: Writer) -> list[Block]:
    """Big numbers, five sentences, one decision."""
    f = w.facts
    news, complaints = f.kinds["news"], f.complaints
    moved, moved_proof = w.change("Jumlah artikel", "news")
    blocks: list[Block] = [_tiles(w)]
    bullets = [
        w.say(
            "R1",
            f"{sentences.volume(news.value.n, news.value.n_stories, news.value.n_sources)} {moved}",
            [*news.cite("n", "n_stories", "n_sources"), *moved_proof],
        ),
        *_top_issue(w),
        w.say(
            "R3",
            " ".join((
                sentences.complaints_received(
                    complaints.value.n, complaints.value.n_answered,
                    complaints.value.n_resolved, complaints.value.n_set_aside,
                ),
                sentences.queue(
                    complaints.value.queue_open, complaints.value.queue_over_14_days,
                    complaints.value.queue_median_age_days,
                ),
            )),
            complaints.cite("n", "n_answered", "n_resolved", "n_set_aside",
                            "queue_open", "queue_over_14_days", "queue_median_age_days"),
        ),
        _worst(w),
        w.say("R5", sentences.alerts(len(f.alerts.rows), _first_alert(w)), _alert_proof(w)),
    ]  # fmt: skip
    blocks.append(Bullets(tuple(bullets)))
    if (asked := _attention(w)) is not None:
        blocks.append(Callout("Keputusan yang diminta", asked))
    return blocks


def _tiles(w: Writer) -> Tiles:
    news, complaints = w.facts.kinds["news"], w.facts.complaints
    w.ledger.add(
        "R0",
        "Angka utama",
        (
            *news.cite("n", "n_stories", "n_sources"),
            *complaints.cite("n", "queue_open", "queue_over_14_days"),
        ),
    )
    return Tiles((
        Tile(fmt.number(news.value.n), "artikel berita", f"{fmt.number(news.value.n_stories)} cerita"),
        Tile(fmt.number(news.value.n_sources), "media memberitakan"),
        Tile(fmt.number(complaints.value.n), "aduan masuk"),
        Tile(fmt.number(complaints.value.queue_open), "aduan terbuka",
             f"{fmt.number(complaints.value.queue_over_14_days)} lebih dari 14 hari"),
    ))  # fmt: skip


def _top_issue(w: Writer) -> list[Said]:
    if not w.facts.stories.rows:
        return []
    top = w.facts.stories.rows[0]
    return [
        w.say(
            "R2",
            sentences.top_issue(
                clean(top["title"], 120), top["n"], top["n_sources"], top["n_copies"], top["opd_short"]
            ),
            [
                *w.facts.stories.cite(top, "story_id", "title", "n", "n_sources", "n_copies", "opd_short"),
                *w.facts.stories.cite_keys("story_id"),
            ],
        )
    ]


def _worst(w: Writer) -> Said:
    """The agency with the lowest tone, where the intervals can tell it from the others."""
    table = w.facts.tone
    rows = [row for row in table.rows if row["net_tone"] is not None and row["opd_group"] != "vertical"]
    fields = ("opd_id", "opd_short", "net_tone", "net_tone_low", "net_tone_high", "n_toned", "rank_first")
    judged = [
        tones.Judged(
            clean(row["opd_short"] or row["opd_id"]), row["net_tone"], row["net_tone_low"],
            row["net_tone_high"], row["n_toned"], row["rank_first"], row["rank_last"],
        )
        for row in rows
    ]  # fmt: skip
    proof = [p for row in rows for p in table.cite(row, *fields)]
    return w.say("R4", tones.lowest_opd(judged, WINDOW), proof)


def _first_alert(w: Writer) -> str:
    rows = w.facts.alerts.rows
    return clean(rows[0]["reason"], 200) if rows else ""


def _alert_proof(w: Writer) -> list[Evidence]:
    alerts = w.facts.alerts
    rows = [proof for row in alerts.rows for proof in alerts.cite(row, "alert_id", "reason")]
    return [*rows, *alerts.cite_keys("alert_id")]


def _attention(w: Writer) -> Said | None:
    """The agency with most overdue complaints; agencies above the regency are not ours to direct."""
    table = w.facts.agencies
    for row in table.rows:  # most overdue first
        if row["opd_id"] is None or row["opd_group"] == "vertical":
            continue
        text = sentences.attention(row["opd_short"], row["n_open_over_14_days"], row["n_open"])
        proof = [
            *table.cite(row, "opd_id", "opd_short", "n_open_over_14_days", "n_open"),
            *table.cite_keys("opd_id"),
        ]
        return w.say("R6", text, proof) if text else None
    return None


def statistics(w: Writer) -> list[Block]:
    """Volumes by kind, what changed, twelve weeks at a glance."""
    f = w.facts
    news = f.kinds["news"]
    said = [
        w.say("S1", *w.change("Jumlah aduan", "complaint")),
        w.say(
            "S2",
            tones.tone(
                "Artikel",
                news.value.n_negative,
                news.value.n_neutral,
                news.value.n_positive,
                news.value.net_tone,
            ),
            news.cite("n_negative", "n_neutral", "n_positive", "net_tone"),
        ),
    ]
    if f.status.value.n_undated:
        said.append(w.say("S3", sentences.undated(f.status.value.n_undated), f.status.cite("n_undated")))
    this_week = w.facts.reach.rows[-1]
    note = sentences.reach(this_week["n_reached"], this_week["n_expected"])
    if note := note or sentences.filled_in(news.value.n, this_week["n_expected"]):
        said.append(w.say("S4", note, w.facts.reach.cite(this_week, "week", "n_reached", "n_expected")))
    blocks: list[Block] = [*_kinds(w), Text(tuple(said))]
    blocks += [Text((w.say(f"B{nth}", note, ()),), note=True) for nth, note in enumerate(breaks(w), 1)]
    if any(row["n"] for row in f.trend.rows):
        blocks.append(
            Figure(
                svg(charts.volume_by_week(f.trend.frame(), height=130), 620),
                f"Dokumen relevan per minggu, {TREND_WEEKS} minggu terakhir (tanggal: hari Senin).",
                f"Diagram batang jumlah dokumen per minggu dan jenis selama {TREND_WEEKS} minggu.",
            )
        )
    return blocks


def _kinds(w: Writer) -> list[Block]:
    """The kinds of which there was anything; no table at all where there was nothing."""
    rows = []
    for kind, name in KINDS.items():
        total = w.facts.kinds[kind]
        v = total.value
        if not (v.n or v.n_before or v.mean_4):
            continue
        stories = fmt.number(v.n_stories) if kind == "news" else fmt.MISSING
        shown = (fmt.number(v.n), stories, fmt.number(v.n_sources), fmt.number(v.n_before),
                 fmt.signed_percent(v.change), fmt.number(v.mean_4, 1))  # fmt: skip
        w.ledger.add(
            f"S.{kind}",
            f"{name}: " + " | ".join(shown),
            total.cite("n", "n_stories", "n_sources", "n_before", "change", "mean_4"),
        )
        rows.append((Cell(name), *(Cell(text) for text in shown)))
    columns = (
        Column("Jenis", 2.2, "left"), Column("Minggu ini"), Column("Cerita"), Column("Sumber"),
        Column("Minggu lalu"), Column("Perubahan", 1.5), Column("Rata-rata 4 minggu", 1.3),
    )  # fmt: skip
    note = (
        "Cerita: artikel tentang kejadian yang sama dihitung satu kali. "
        f"Persentase tidak ditampilkan bila minggu lalu kurang dari {MIN_N} dokumen."
    )
    return [Grid(columns, tuple(rows), note)] if rows else []


def breaks(w: Writer) -> list[str]:
    """Notes on dated events within the weeks that are compared."""
    first, last = w.facts.week.shift(-4).monday, w.facts.week.sunday
    return [
        sentences.structural_break(clean(event.label), event.start, event.end)
        for event in w.config.calendar.breaks
        if event.start <= last and (event.end or event.start) >= first
    ]
