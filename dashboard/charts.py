"""Charts that the dashboard and the weekly report share.

Every function is pure: a frame from `warehouse.queries` in, an Altair chart out. Marks are
coloured from the Okabe-Ito palette, which people with the common colour vision deficiencies
can tell apart; text and background are left to the page, so a chart works in light and dark.
No chart computes a number: it shows what the mart counted.

The caller sets the width (``chart.properties(width=480)`` in print; the dashboard stretches).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar, cast

import altair as alt
import pandas as pd

from dashboard import format as fmt

if TYPE_CHECKING:
    from collections.abc import Sequence

C = TypeVar("C", bound=alt.Chart | alt.LayerChart)

KINDS: Final = {
    "news": ("Berita", "#56B4E9"),
    "complaint": ("Aduan", "#E69F00"),
    "video": ("Video", "#CC79A7"),
    "comment": ("Komentar", "#009E73"),
    "social": ("Media sosial", "#7F7F7F"),
}
"""Kind of document: label and colour."""

SENTIMENTS: Final = {
    "negatif": ("Negatif", "#D55E00"),
    "netral": ("Netral", "#999999"),
    "positif": ("Positif", "#0072B2"),
}
"""Tone toward the service: label and colour, in stacking order."""

VOICES: Final = {
    "own": ("Menulis sendiri", "#0072B2"),
    "copy": ("Salinan", "#E69F00"),
    "release": ("Rilis pemerintah", "#009E73"),
}
"""How an article of a story came to be: label and colour, in stacking order."""

_WEEK: Final = alt.Axis(labelAngle=0, labelOverlap="greedy", title=None, tickSize=0)
_LEGEND: Final = alt.Legend(title=None, orient="top", columns=3, labelFontSize=12)
ACCENT: Final = "#0072B2"
BAR: Final = "#56B4E9"
MARK: Final = "#D55E00"
WHOLE: Final = ",.0f"

_NUMBERS: Final = alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["Rp", ""])


def volume_by_week(frame: pd.DataFrame, title: str | None = None, height: int = 240) -> alt.Chart:
    """Documents per week, one stacked bar per week.

    Args:
        frame: `queries.volume_by_week` (week, kind, n, n_stories, n_sources, n_reached, n_expected).
        title: shown above the chart; None for none.
        height: of the plot in pixels.
    """
    present = [kind for kind in KINDS if kind in set(frame["kind"])]
    data = _with_weeks(frame).assign(jenis=_labels(frame["kind"], KINDS))
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=alt.X("minggu:O", sort=_weeks(frame), axis=_WEEK),
            y=alt.Y("n:Q", title="Dokumen", axis=_count_axis()),
            color=_legend("jenis", [KINDS[kind] for kind in present]),
            order=alt.Order("urut:Q"),
            tooltip=[
                alt.Tooltip("rentang:N", title="Minggu"),
                alt.Tooltip("jenis:N", title="Jenis"),
                alt.Tooltip("n:Q", title="Dokumen", format=WHOLE),
                alt.Tooltip("n_stories:Q", title="Cerita", format=WHOLE),
                alt.Tooltip("n_sources:Q", title="Sumber", format=WHOLE),
                alt.Tooltip("cakupan:N", title="Cakupan sumber"),
            ],
        )
    )
    return finished(chart, title, height)


def sentiment_by_week(
    frame: pd.DataFrame, title: str | None = None, height: int = 240, *, lines: bool = False
) -> alt.Chart:
    """Tone toward the service over weeks, as stacked bars or as lines (counts, never shares).

    Args:
        frame: `queries.sentiment_by_week` (week, sentiment, n, n_reached, n_expected).
        title: shown above the chart; None for none.
        height: of the plot in pixels.
        lines: one line per tone instead of stacked bars; lines differ in dash too.
    """
    data = _with_weeks(frame).assign(nada=_labels(frame["sentiment"], SENTIMENTS))
    base: alt.Chart = alt.Chart(data).encode(
        x=alt.X("minggu:O", sort=_weeks(frame), axis=_WEEK),
        y=alt.Y("n:Q", title="Dokumen", axis=_count_axis(), stack=None if lines else "zero"),
        color=_legend("nada", list(SENTIMENTS.values())),
        tooltip=[
            alt.Tooltip("rentang:N", title="Minggu"),
            alt.Tooltip("nada:N", title="Nada"),
            alt.Tooltip("n:Q", title="Dokumen", format=WHOLE),
            alt.Tooltip("cakupan:N", title="Cakupan sumber"),
        ],
    )
    if lines:
        labels = [label for label, _ in SENTIMENTS.values()]
        dash = alt.StrokeDash(
            "nada:N", legend=None, scale=alt.Scale(domain=labels, range=[[1, 0], [2, 2], [6, 3]])
        )
        chart: alt.Chart = base.mark_line(point=True).encode(strokeDash=dash)
    else:
        chart = base.mark_bar().encode(order=alt.Order("urut:Q"))
    return finished(chart, title, height)


def story_course(frame: pd.DataFrame, title: str | None = None, height: int = 220) -> alt.Chart:
    """Articles of one story per day, stacked by how they came to be.

    Args:
        frame: `queries.story_days` (day, voice, n).
        title: shown above the chart; None for none.
        height: of the plot in pixels.
    """
    data = frame.drop(columns=["day"]).assign(
        hari=[fmt.day_month(day) for day in frame["day"]],
        tanggal=[fmt.day_long(day) for day in frame["day"]],
        asal=_labels(frame["voice"], VOICES),
        urut=_ranks(frame["voice"], VOICES),
    )
    order = [fmt.day_month(day) for day in sorted(set(frame["day"]))]
    present = [pair for voice, pair in VOICES.items() if voice in set(frame["voice"])]
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar()
        .encode(
            x=alt.X("hari:O", sort=order, axis=_WEEK),
            y=alt.Y("n:Q", title="Artikel", axis=_count_axis()),
            color=_legend("asal", present),
            order=alt.Order("urut:Q"),
            tooltip=[
                alt.Tooltip("tanggal:N", title="Hari"),
                alt.Tooltip("asal:N", title="Asal"),
                alt.Tooltip("n:Q", title="Artikel", format=WHOLE),
            ],
        )
    )
    return finished(chart, title, height)


def topic_bars(
    frame: pd.DataFrame,
    title: str | None = None,
    limit: int = 10,
    *,
    mean_label: str = "Rata-rata 4 minggu",
) -> alt.LayerChart:
    """Documents per topic; a tick marks the mean of the weeks before.

    Args:
        frame: `queries.topics` (topic_label, n, n_stories, mean_before), already in order.
        title: shown above the chart; None for none.
        limit: how many topics from the top.
        mean_label: what the tick stands for.
    """
    head = frame.head(limit)
    data = pd.DataFrame(head[["topic_label", "n", "n_stories", "mean_before"]])
    data["topic_label"] = data["topic_label"].fillna("(tanpa topik)").astype(str)
    base: alt.Chart = alt.Chart(data).encode(
        y=_names("topic_label", list(data["topic_label"])),
        tooltip=[
            alt.Tooltip("topic_label:N", title="Topik"),
            alt.Tooltip("n:Q", title="Dokumen", format=WHOLE),
            alt.Tooltip("n_stories:Q", title="Cerita", format=WHOLE),
            alt.Tooltip("mean_before:Q", title=mean_label, format=",.1f"),
        ],
    )
    bars = base.mark_bar(color=BAR, height={"band": 0.7}).encode(
        x=alt.X("n:Q", title=f"Dokumen (garis: {mean_label.lower()})", axis=_count_axis())
    )
    ticks = base.mark_tick(color=MARK, thickness=4, size=22).encode(x=alt.X("mean_before:Q"))
    return finished(cast("alt.LayerChart", alt.layer(bars, ticks)), title, _bars_height(data))


def opd_tone(frame: pd.DataFrame, title: str | None = None, limit: int = 12) -> alt.Chart:
    """Negative, neutral and positive documents per agency, as counts with n in the name.

    Args:
        frame: `queries.opd_tone`, already in order.
        title: shown above the chart; None for none.
        limit: how many agencies from the top.
    """
    head = frame[frame["n_toned"] > 0].head(limit)
    names = [
        f"{key if fmt.is_missing(short) else short} (n = {fmt.number(n)})"
        for short, key, n in zip(head["opd_short"], head["opd_id"], head["n_toned"], strict=True)
    ]
    wide = pd.DataFrame(
        {
            "opd": names,
            "bersih": [fmt.tone(net) for net in head["net_tone"]],
            "negatif": list(head["n_negative"]),
            "netral": list(head["n_neutral"]),
            "positif": list(head["n_positive"]),
        }
    )
    long = wide.melt(id_vars=["opd", "bersih"], var_name="sentiment", value_name="n")
    data = long.assign(
        nada=_labels(long["sentiment"], SENTIMENTS), urut=_ranks(long["sentiment"], SENTIMENTS)
    )
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar(height={"band": 0.7})
        .encode(
            y=_names("opd", names),
            x=alt.X("n:Q", title="Dokumen bernada", axis=_count_axis()),
            color=_legend("nada", list(SENTIMENTS.values())),
            order=alt.Order("urut:Q"),
            tooltip=[
                alt.Tooltip("opd:N", title="OPD"),
                alt.Tooltip("nada:N", title="Nada"),
                alt.Tooltip("n:Q", title="Dokumen", format=WHOLE),
                alt.Tooltip("bersih:N", title="Nada bersih"),
            ],
        )
    )
    return finished(chart, title, _bars_height(wide))


def league_intervals(frame: pd.DataFrame, value_title: str, title: str | None = None) -> alt.LayerChart:
    """Shares of a league table with their 95 % intervals; what has no interval is left out.

    Args:
        frame: `queries.league` (unit, n, share, low, high), already in order.
        value_title: what the axis shows.
        title: shown above the chart; None for none.
    """
    head = frame[frame["low"].notna()]
    names = [f"{unit} (n = {fmt.number(n)})" for unit, n in zip(head["unit"], head["n"], strict=True)]
    data = pd.DataFrame(
        {
            "nama": names,
            "nilai": list(head["share"]),
            "bawah": list(head["low"]),
            "atas": list(head["high"]),
            "tertulis": [fmt.percent(share) for share in head["share"]],
            "selang": [
                fmt.interval(*ends, fmt.percent) for ends in zip(head["low"], head["high"], strict=True)
            ],
        }
    )
    base: alt.Chart = alt.Chart(data).encode(
        y=_names("nama", names),
        tooltip=[
            alt.Tooltip("nama:N", title="Unit"),
            alt.Tooltip("tertulis:N", title="Nilai"),
            alt.Tooltip("selang:N", title="Selang 95 persen"),
        ],
    )
    axis = alt.X("bawah:Q", title=value_title, axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1]))
    whiskers = base.mark_rule(color=BAR, strokeWidth=3).encode(x=axis, x2="atas:Q")
    points = base.mark_point(color=MARK, filled=True, size=70, opacity=1).encode(x=alt.X("nilai:Q"))
    return finished(cast("alt.LayerChart", alt.layer(whiskers, points)), title, _bars_height(data))


def kecamatan_map(frame: pd.DataFrame, title: str | None = None, height: int = 420) -> alt.LayerChart:
    """One bubble per kecamatan on its seat, its area in proportion to n; a zero is a small ring.

    Args:
        frame: `queries.kecamatan_volume` (kecamatan, lat, lon, n, n_negative, n_positive).
        title: shown above the chart; None for none.
        height: of the plot in pixels; a width near it keeps the map's shape.
    """
    columns = ["kecamatan", "lat", "lon", "n", "n_negative", "n_positive"]
    base = alt.Chart(pd.DataFrame(frame[columns])).encode(
        x=alt.X("lon:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=36)),
        y=alt.Y("lat:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=28)),
        tooltip=[
            alt.Tooltip("kecamatan:N", title="Kecamatan"),
            alt.Tooltip("n:Q", title="Dokumen", format=WHOLE),
            alt.Tooltip("n_negative:Q", title="Negatif", format=WHOLE),
            alt.Tooltip("n_positive:Q", title="Positif", format=WHOLE),
        ],
    )
    size = alt.Size(
        "n:Q",
        scale=alt.Scale(type="linear", zero=True, range=[12, 1000]),
        legend=alt.Legend(title="Dokumen", orient="bottom", format=WHOLE, symbolType="circle", tickCount=3),
    )
    circles = base.mark_circle(color=BAR, opacity=0.8, stroke=ACCENT, strokeWidth=1)
    # A mid grey reads on both a white and a near-black page.
    # Names stand below the bubble, however large it is.
    below = alt.ExprRef("sqrt(scale('size', datum.n) / PI) + 3")
    names = base.mark_text(dy=below, fontSize=10, baseline="top", color="#7A7A7A")
    layers = alt.layer(circles.encode(size=size), names.encode(text="kecamatan:N"))
    return finished(cast("alt.LayerChart", layers), title, height)


def finished(chart: C, title: str | None, height: int) -> C:
    """Title, height and Indonesian number format; set once, on the outermost chart."""
    sized = chart.properties(height=height)
    if title is not None:
        sized = sized.properties(title=alt.TitleParams(title, anchor="start"))
    return cast("C", sized.configure(locale=alt.Locale(number=_NUMBERS)).configure_view(stroke=None))


def _with_weeks(frame: pd.DataFrame) -> pd.DataFrame:
    """Weeks as Indonesian text, so that no browser's time zone can move a Monday to a Sunday."""
    kind = "kind" if "kind" in frame else "sentiment"
    order: dict[str, tuple[str, str]] = KINDS if kind == "kind" else SENTIMENTS
    return frame.drop(columns=["week", kind]).assign(
        minggu=[fmt.day_month(week) for week in frame["week"]],
        rentang=[fmt.week(week) for week in frame["week"]],
        cakupan=[fmt.reached(*pair) for pair in zip(frame["n_reached"], frame["n_expected"], strict=True)],
        urut=_ranks(frame[kind], order),
    )


def _weeks(frame: pd.DataFrame) -> list[str]:
    return [fmt.day_month(week) for week in sorted(set(frame["week"]))]


def _labels(keys: pd.Series[str], names: dict[str, tuple[str, str]]) -> list[str]:
    return [names[key][0] if key in names else str(key) for key in keys]


def _ranks(keys: pd.Series[str], names: dict[str, tuple[str, str]]) -> list[int]:
    order = list(names)
    return [order.index(key) if key in names else len(order) for key in keys]


def _legend(field: str, pairs: Sequence[tuple[str, str]]) -> alt.Color:
    scale = alt.Scale(domain=[label for label, _ in pairs], range=[colour for _, colour in pairs])
    return alt.Color(
        f"{field}:N", scale=scale, legend=alt.Legend(title=None, orient="top", columns=3, labelFontSize=12)
    )


def _names(field: str, order: list[str]) -> alt.Y:
    return alt.Y(
        f"{field}:N", sort=order, title=None, axis=alt.Axis(labelLimit=220, labelOverlap=False, tickSize=0)
    )


def _count_axis() -> alt.Axis:
    return alt.Axis(format=WHOLE, tickMinStep=1, tickCount=5)


def _bars_height(data: pd.DataFrame) -> int:
    """Room for each bar; a short list does not stretch."""
    return max(60, 30 * len(data))
