"""The chart of words that mark one group of texts against another. Pure, like `dashboard.charts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import altair as alt
import pandas as pd

from dashboard import format as fmt
from dashboard.charts import finished

if TYPE_CHECKING:
    from collections.abc import Sequence

FIRST: Final = "#D55E00"
OTHER: Final = "#0072B2"
ROW: Final = 24


def contrast_bars(frame: pd.DataFrame, words: Sequence[str], sides: tuple[str, str]) -> alt.Chart:
    """One bar per word, to the right where it marks the first group, to the left where the other.

    Args:
        frame: `queries.social.words_by_contrast`, in its order.
        words: its words as they may be shown.
        sides: what the groups are called.
    """
    data = pd.DataFrame(
        {
            "kata": list(words),
            "z": list(frame["z"]),
            "simpangan": [fmt.signed(z, 1) for z in frame["z"]],
            "kelompok": [sides[0] if z > 0 else sides[1] for z in frame["z"]],
            "pertama": [_of(*pair) for pair in zip(frame["n"], frame["n_texts"], strict=True)],
            "lainnya": [_of(*pair) for pair in zip(frame["n_other"], frame["n_other_texts"], strict=True)],
        }
    )
    colour = alt.Color(
        "kelompok:N",
        scale=alt.Scale(domain=list(sides), range=[FIRST, OTHER]),
        legend=alt.Legend(title=None, orient="top", columns=1, labelFontSize=12, labelLimit=320),
    )
    chart: alt.Chart = (
        alt.Chart(data)
        .mark_bar(height={"band": 0.7})
        .encode(
            y=alt.Y("kata:N", sort=list(words), title=None, axis=alt.Axis(labelLimit=160, tickSize=0)),
            x=alt.X("z:Q", title="Simpangan dari kebetulan", axis=alt.Axis(tickCount=5)),
            color=colour,
            tooltip=[
                alt.Tooltip("kata:N", title="Kata"),
                alt.Tooltip("simpangan:N", title="Simpangan"),
                alt.Tooltip("pertama:N", title=sides[0]),
                alt.Tooltip("lainnya:N", title=sides[1]),
            ],
        )
    )
    return finished(chart, None, max(60, ROW * len(data)))


def _of(n: float, texts: float) -> str:
    return f"{fmt.number(n)} dari {fmt.number(texts)} teks"
