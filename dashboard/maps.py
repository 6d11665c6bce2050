"""The map of the 21 kecamatan: bubbles on their seats, or areas where outlines are known. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, cast

import altair as alt
import pandas as pd

from dashboard import format as fmt
from dashboard.charts import ACCENT, BAR, WHOLE, finished

Measure = Literal["n", "rate"]
CHOSEN: Final = "pilihan_kecamatan"
"""Name of the selection: a tap on a kecamatan."""

MEASURES: Final[dict[Measure, tuple[str, str]]] = {
    "n": ("Dokumen", WHOLE),
    "rate": ("Per 10.000 penduduk", ",.1f"),
}
"""What a bubble shows: name and number format of its legend."""

_GREY: Final = "#7A7A7A"
_NAME_SIZE: Final = 10
_FEATURES: Final = alt.JsonDataFormat(property="features", type="json")


def place_map(
    frame: pd.DataFrame, measure: Measure, areas: Mapping[str, Any] | None = None, height: int = 440
) -> alt.LayerChart:
    """Numbers on a map; what may not be shown (`rate` withheld) is a dashed ring or a white area.

    Args:
        frame: `queries.places.places`.
        measure: ``n`` documents, or ``rate`` per 10,000 people.
        areas: GeoJSON of the kecamatan (`config.areas`); None: bubbles on the seats.
        height: of the plot in pixels.
    """
    data = _data(frame, measure)
    drawn = _areas(data, areas, measure) if areas else _bubbles(data, measure)
    return finished(drawn, None, height)


def _data(frame: pd.DataFrame, measure: Measure) -> pd.DataFrame:
    rates = [
        rate_text(rate, population)
        for rate, population in zip(frame["rate"], frame["population"], strict=True)
    ]
    ends = zip(frame["rate_low"], frame["rate_high"], strict=True)
    return pd.DataFrame(
        {
            "kecamatan": frame["kecamatan"],
            "lat": frame["lat"],
            "lon": frame["lon"],
            "nilai": frame[measure].astype("float"),
            "n": frame["n"],
            "laju": rates,
            "selang": [fmt.interval(*pair, one_decimal) for pair in ends],
            "negatif": frame["n_negative"],
            "positif": frame["n_positive"],
        }
    )


def one_decimal(value: float | None) -> str:
    """A rate with one decimal."""
    return fmt.number(value, 1)


def rate_text(rate: float | None, population: float | None) -> str:
    """A rate, or why there is none."""
    if fmt.is_missing(population):
        return "penduduk belum diisi"
    return fmt.NOT_ENOUGH if fmt.is_missing(rate) else one_decimal(rate)


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("kecamatan:N", title="Kecamatan"),
        alt.Tooltip("n:Q", title="Dokumen", format=WHOLE),
        alt.Tooltip("laju:N", title="Per 10.000 penduduk"),
        alt.Tooltip("selang:N", title="Selang 95 persen"),
        alt.Tooltip("negatif:Q", title="Negatif", format=WHOLE),
        alt.Tooltip("positif:Q", title="Positif", format=WHOLE),
    ]


def _chosen() -> alt.Parameter:
    return alt.selection_point(name=CHOSEN, fields=["kecamatan"], on="click", empty=False)


def _bubbles(data: pd.DataFrame, measure: Measure) -> alt.LayerChart:
    name, number = MEASURES[measure]
    base = alt.Chart(data).encode(
        x=alt.X("lon:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=36)),
        y=alt.Y("lat:Q", axis=None, scale=alt.Scale(zero=False, nice=False, padding=28)),
        tooltip=_tooltip(),
    )
    known, unknown = "isValid(datum.nilai)", "!isValid(datum.nilai)"
    size = alt.Size(
        "nilai:Q",
        scale=alt.Scale(type="linear", zero=True, range=[12, 1000]),
        legend=alt.Legend(title=name, orient="bottom", format=number, symbolType="circle", tickCount=3),
    )
    # Screen readers are told every kecamatan once, by the discs below: of these two either may be empty.
    circles = (
        base.transform_filter(known)
        .mark_circle(color=BAR, opacity=0.8, stroke=ACCENT, strokeWidth=1, aria=False)
        .encode(size=size)
    )
    rings = base.transform_filter(unknown).mark_point(
        shape="circle", filled=False, color=_GREY, strokeDash=[3, 2], size=90, aria=False
    )
    below = alt.ExprRef("sqrt(scale('size', isValid(datum.nilai) ? datum.nilai : 0) / PI) + 4")
    names = base.mark_text(dy=below, fontSize=_NAME_SIZE, baseline="top", color=_GREY)
    # Small bubbles are hard to hit with a finger: an unseen disc around each seat takes the tap.
    taps = base.mark_circle(size=900, opacity=0).add_params(_chosen())
    return cast("alt.LayerChart", alt.layer(circles, rings, names.encode(text="kecamatan:N"), taps))


def _areas(data: pd.DataFrame, areas: Mapping[str, Any], measure: Measure) -> alt.LayerChart:
    name, number = MEASURES[measure]
    rows = {str(row["kecamatan"]): row for row in data.to_dict("records")}
    features = [
        {**feature, "properties": _plain(rows[feature["properties"]["kecamatan"]])}
        for feature in areas["features"]
        if feature["properties"]["kecamatan"] in rows
    ]
    inline = alt.InlineData(values={"type": "FeatureCollection", "features": features}, format=_FEATURES)
    shapes = alt.Chart(inline)
    fill = alt.Color(
        "nilai:Q",
        scale=alt.Scale(scheme="blues", domainMin=0),
        legend=alt.Legend(title=name, orient="bottom", format=number, tickCount=3),
    )
    flat = (
        shapes.transform_calculate(**{field: f"datum.properties.{field}" for field in map(str, data.columns)})
        .mark_geoshape(stroke=_GREY, strokeWidth=0.7)
        .encode(color=alt.condition("isValid(datum.nilai)", fill, alt.value("#FFFFFF")), tooltip=_tooltip())
        .add_params(_chosen())
    )
    names = (
        alt.Chart(data)
        .mark_text(fontSize=_NAME_SIZE, color="#222222")
        .encode(longitude="lon:Q", latitude="lat:Q", text="kecamatan:N", tooltip=_tooltip())
    )
    # A plane, not a sphere: outlines are then filled whichever way round they were drawn.
    return cast("alt.LayerChart", alt.layer(flat, names).project(type="identity", reflectY=True))


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        str(name): None if fmt.is_missing(value) else value.item() if hasattr(value, "item") else value
        for name, value in row.items()
    }
