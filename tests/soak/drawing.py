"""Memory, files and bytes over the hours of a soak, as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.soak.life import Hour

ROWS = {
    "megabytes": "memori pekerjaan (MB)", "scheduler_megabytes": "memori penjadwal (MB)",
    "lake_files": "berkas gudang data", "state_bytes": "state dan log (byte)",
    "home_bytes": "folder data (byte)", "seconds": "lama satu jam (detik)",
}  # fmt: skip


def draw(hours: Sequence[Hour], path: Path) -> None:
    """Write the picture (PNG): a row for each measure, a dot for each fault."""
    import altair as alt
    import pandas as pd
    import vl_convert as vlc

    frame = pd.DataFrame([asdict(hour) | {"at": hour.at.isoformat()} for hour in hours])
    long = frame.melt(["at", "fault"], list(ROWS))
    long["variable"] = long["variable"].map(ROWS)
    base = alt.Chart().encode(
        x=alt.X("at:T", title=None), y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=True))
    )
    dots = (
        base.transform_filter("datum.fault != ''")
        .mark_point(filled=True, size=14, opacity=0.9)
        .encode(color=alt.Color("fault:N", title="gangguan"))
    )
    rows = (
        alt.layer(base.mark_line(strokeWidth=0.8, color="#4c6a92"), dots, data=long)
        .properties(width=900, height=105)
        .facet(row=alt.Row("variable:N", title=None, sort=list(ROWS.values())))
        .resolve_scale(y="independent")
    )
    with alt.data_transformers.disable_max_rows():
        spec = rows.to_json()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(vlc.vegalite_to_png(spec, scale=1.3))
