"""Charts as SVG for print: the same bytes on every machine."""

from __future__ import annotations

import re
from typing import Any

import altair as alt
import vl_convert

from dashboard import charts

MEASURED_IN = "Liberation Sans"
"""vl-convert carries this font, so text is measured the same with and without system fonts."""

PRINTED_IN = "Libertinus Serif"
"""Typst carries this one; it is narrower, so what was measured fits."""

INK = "#1d2b36"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STYLE: dict[str, Any] = {
    "font": MEASURED_IN,
    "background": "transparent",
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": "#333333",
             "titleColor": "#555555", "gridColor": "#E3E6E8", "domainColor": "#8A9499"},
    "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal"},
}  # fmt: skip


def svg(chart: alt.Chart | alt.LayerChart, width: int) -> str:
    """Draw a chart.

    Args:
        chart: from `dashboard.charts`.
        width: of the plot in pixels.
    """
    drawn: str = vl_convert.vegalite_to_svg(
        chart.properties(width=width).to_dict(), config=_STYLE, allowed_base_urls=[]
    )
    return _CONTROL.sub("", drawn).replace(MEASURED_IN, PRINTED_IN)


def dark_names(chart: alt.LayerChart) -> alt.LayerChart:
    """Names on a map in ink: paper is white, so they need no colour that also reads on black."""
    printed = chart.copy(deep=True)
    for layer in printed.layer:
        if layer.mark.to_dict()["type"] == "text":
            layer.mark.color = INK
    return printed


__all__ = ["charts", "dark_names", "svg"]
