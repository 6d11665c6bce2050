"""How things grow with the lake, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import altair as alt
import pandas as pd

from benchmarks.lake.figures import growth
from benchmarks.lake.growing import Size


def plot(sizes: Sequence[Size], path: Path) -> None:
    """Write a picture of all times (SVG or PNG by its ending; HTML needs nothing else installed)."""
    rows = [
        {"documents": size.count, "what": what.split(",")[0], "milliseconds": value}
        for what, values in growth(sizes).items()
        if " ms" in what
        for size, value in zip(sizes, values, strict=True)
        if value is not None
    ]
    chart = (
        alt.Chart(pd.DataFrame(rows))
        .mark_line(point=True)
        .encode(
            x=alt.X(
                "documents:Q",
                scale=alt.Scale(type="log"),
                axis=alt.Axis(values=[size.count for size in sizes], format="~s"),
            ),
            y=alt.Y("milliseconds:Q", scale=alt.Scale(type="log")),
            color=alt.Color("what:N", title=None),
        )
        .properties(
            width=520,
            height=320,
            title="What grows with the lake (milliseconds; load, index, link: per new document)",
        )
    )
    chart.save(str(path))
