from datetime import date, timedelta
from typing import Any

import altair as alt
import pandas as pd
import pytest
import vl_convert

from dashboard import charts

MONDAYS = [date(2026, 10, 19) + timedelta(weeks=n) for n in range(4)]
VOLUME = pd.DataFrame(
    [(monday, kind, 1500, 9, 3, 7, 8) for monday in MONDAYS for kind in ("complaint", "news", "lain")],
    columns=["week", "kind", "n", "n_stories", "n_sources", "n_reached", "n_expected"],
)
TONE = pd.DataFrame(
    [(monday, tone, n, None, None) for monday in MONDAYS for n, tone in enumerate(charts.SENTIMENTS)],
    columns=["week", "sentiment", "n", "n_reached", "n_expected"],
)
TOPICS = pd.DataFrame(
    [("Jalan", 12, 9, 4.5), (None, 3, 3, 0.0)], columns=["topic_label", "n", "n_stories", "mean_before"]
)
OPD = pd.DataFrame(
    [
        ("dpu", "DCS", 30, 10, 8, 4, 22, -0.27),
        ("dlh", None, 5, 1, 1, 0, 2, None),
        ("diam", "DCD", 5, 0, 0, 0, 0, None),
    ],
    columns=["opd_id", "opd_short", "n", "n_negative", "n_neutral", "n_positive", "n_toned", "net_tone"],
)
PLACES = pd.DataFrame(
    [("Juwana", -6.71, 111.15, 40, 10, 2), ("Tayu", -6.54, 111.05, 0, 0, 0)],
    columns=["kecamatan", "lat", "lon", "n", "n_negative", "n_positive"],
)
ALL = {
    "volume": lambda rows=None: charts.volume_by_week(VOLUME[:rows], "Jumlah"),
    "tone": lambda rows=None: charts.sentiment_by_week(TONE[:rows]),
    "lines": lambda rows=None: charts.sentiment_by_week(TONE[:rows], lines=True),
    "topics": lambda rows=None: charts.topic_bars(TOPICS[:rows]),
    "opd": lambda rows=None: charts.opd_tone(OPD[:rows]),
    "map": lambda rows=None: charts.kecamatan_map(PLACES[:rows]),
}


def rows_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return next(iter(spec["datasets"].values()))


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("rows", [None, 0])
def test_charts_are_valid_and_speak_indonesian(name: str, rows: int | None) -> None:
    spec = ALL[name](rows).to_dict()  # validates against the schema
    assert spec["config"]["locale"]["number"] == {
        "decimal": ",", "thousands": ".", "grouping": [3], "currency": ["Rp", ""],
    }  # fmt: skip


@pytest.mark.parametrize("name", ALL)
def test_charts_can_be_drawn(name: str) -> None:
    svg = vl_convert.vegalite_to_svg(ALL[name]().to_dict())
    assert "NaN" not in svg
    assert "undefined" not in svg


def test_numbers_on_axes_have_dots() -> None:
    assert "4.000" in vl_convert.vegalite_to_svg(charts.volume_by_week(VOLUME).to_dict())


def test_weeks_stand_in_order_under_their_monday() -> None:
    spec = charts.volume_by_week(VOLUME).to_dict()
    assert spec["encoding"]["x"]["sort"] == ["19 Okt", "26 Okt", "2 Nov", "9 Nov"]
    assert rows_of(spec)[-1]["rentang"] == "9\N{EN DASH}15 Nov 2026"


def test_weeks_of_two_years_stay_in_order() -> None:
    frame = VOLUME.assign(week=[date(2026, 12, 28), date(2027, 1, 4)] * 6)
    spec = charts.volume_by_week(frame).to_dict()
    assert spec["encoding"]["x"]["sort"] == ["28 Des", "4 Jan"]


def test_a_kind_without_a_name_is_shown_by_its_key() -> None:
    spec = charts.volume_by_week(VOLUME).to_dict()
    assert {row["jenis"] for row in rows_of(spec)} == {"Aduan", "Berita", "lain"}


def test_agencies_carry_n_and_small_ones_no_net_tone() -> None:
    rows = rows_of(charts.opd_tone(OPD).to_dict())
    assert {(row["opd"], row["bersih"]) for row in rows} == {
        ("DCS (n = 22)", "\N{MINUS SIGN}0,27"),
        ("dlh (n = 2)", "data belum cukup"),
    }


def test_every_kecamatan_is_drawn_even_without_documents() -> None:
    assert [row["n"] for row in rows_of(charts.kecamatan_map(PLACES).to_dict())] == [40, 0]


def test_limit_takes_the_top() -> None:
    assert len(rows_of(charts.topic_bars(TOPICS, limit=1).to_dict())) == 1


def test_the_caller_may_still_set_the_width() -> None:
    chart = charts.topic_bars(TOPICS).properties(width=480)
    assert isinstance(chart, alt.LayerChart)
    assert chart.to_dict()["width"] == 480


def test_every_point_of_a_trend_says_what_it_rests_on() -> None:
    assert {row["cakupan"] for row in rows_of(charts.volume_by_week(VOLUME).to_dict())} == {"7 dari 8 sumber"}
    assert {row["cakupan"] for row in rows_of(charts.sentiment_by_week(TONE).to_dict())} == {"belum dipantau"}
