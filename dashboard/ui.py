"""Building blocks of the pages.

Nothing here computes a number; only the line of data health, which every page carries, reads
the lake.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, ParamSpec, cast

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import data, downloads, drawn, labels, pulse, text
from dashboard import format as fmt
from warehouse import queries
from warehouse.access import AccessError
from warehouse.errors import LakeMissingError

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

P = ParamSpec("P")

BACK: Final = ":material/arrow_back:"
OVERVIEW: Final = "views/ringkasan.py"
NEWS: Final = "views/berita.py"
COMPLAINTS: Final = "views/aduan.py"
SOURCES: Final = "views/sumber.py"
SOCIAL: Final = "views/media_sosial.py"
MAP: Final = "views/peta.py"
OFFICES: Final = "views/opd.py"
STORY: Final = "views/cerita.py"
VIDEO: Final = "views/video.py"
HISTORY: Final = "views/aduan_riwayat.py"
SETTINGS: Final = "views/pengaturan.py"
CORRECTIONS: Final = "views/koreksi.py"
REPORT: Final = "views/laporan.py"
SMART_CITY: Final = "views/smart_city.py"

TILE_WIDTH: Final = 168
DOT: Final = " · "


@dataclass(frozen=True, slots=True)
class Link:
    """Where the rows behind a number are: a page and its filters (labels, as the page shows them)."""

    page: str
    label: str
    filters: Mapping[str, str | list[str]]
    icon: str = ":material/arrow_forward:"

    def draw(self) -> None:
        """Show it."""
        st.page_link(self.page, label=self.label, icon=self.icon, query_params=dict(self.filters))


@dataclass(frozen=True, slots=True)
class Narrow:
    """Show the rows behind a number on this very page, by setting one of its filters.

    A link to the page one is on leaves the filters' widgets as they were, so a filter is set
    through its key instead.

    Attributes:
        key: of the filter.
        value: what it is set to.
        label: what the button says.
        place: distinguishes buttons that set the same, on one page.
        also: other filters that are set with it, by key; None takes one away.
        whole: whether it stands in a fragment, of which the filter is no part: all is drawn anew.
    """

    key: str
    value: str
    label: str = "Lihat daftarnya"
    place: str = ""
    also: tuple[tuple[str, str | None], ...] = ()
    whole: bool = False

    def draw(self) -> None:
        """Show it."""
        tapped = st.button(
            self.label,
            icon=":material/arrow_forward:",
            type="tertiary",
            key=f"narrow_{self.place}{self.key}_{self.value}",
            on_click=self._set,
        )
        if tapped and self.whole:
            st.rerun()

    def _set(self) -> None:
        st.session_state.update({self.key: self.value, **dict(self.also)})


@dataclass(frozen=True, slots=True)
class Tile:
    """One number with everything needed to trust it.

    Attributes:
        label: what is counted.
        value: the number, formatted.
        n: what it rests on, e.g. ``n = 124 artikel``.
        definition: how it is counted, one tap away.
        note: what it is compared with.
        rows: the way to its rows.
        through: newest day of its data, as in `through()`, which it is unless given.
    """

    label: str
    value: str
    n: str
    definition: str
    note: str = ""
    rows: Link | Narrow | None = None
    through: str = ""


def header(title: str, question: str) -> None:
    """Title of a page, the question it answers, and the line of data health."""
    st.title(title)
    st.caption(question)
    health_line()


def through() -> str:
    """``data s.d. 15 Nov 2026``: the day of the newest document."""
    return f"data s.d. {fmt.day(data.ask(queries.status).data_through)}"


def health_line() -> None:
    """Data health in one line; names the sources the numbers do without."""
    now = data.ask(queries.status)
    bad = [
        f"{text.markdown(row['name'], 60)} ({labels.VERDICT[row['verdict']][0].lower()})"
        for row in data.records(data.ask(queries.sources))
        if row["verdict"] in ("hilang", "diblokir", "rusak", "sepi")
    ]
    line = DOT.join(
        [
            f"Data s.d. **{fmt.moment(now.data_through)}**",
            f"**{fmt.number(now.n_sources_ok)} dari {fmt.number(now.n_sources)}** sumber baik",
            f"**{fmt.number(now.n_relevant)}** dokumen tentang Pati",
        ]
    )
    with st.container(border=True, gap="xsmall"):
        st.markdown(line)
        if bad:
            st.caption(
                f":material/warning: Angka di bawah tidak lengkap untuk: {', '.join(bad[:6])}"
                + (" dan lainnya." if bad[6:] else ".")
            )
            Link(SOURCES, "Lihat keadaan sumber", {}).draw()
        if quiet := pulse.silent_line(data.settings().home, data.settings().now):
            st.caption(f":material/heart_broken: {quiet}")


def tiles(items: Sequence[Tile], width: int = TILE_WIDTH) -> None:
    """A row of numbers that wraps: two abreast on a phone (one, if they are made wider)."""
    day = through()
    with st.container(horizontal=True, gap="small"):
        for item in items:
            rests_on = f"{item.definition} ({item.n}; {item.through or day}.)"
            with st.container(border=True, width=width, gap="xsmall"):
                st.metric(item.label, item.value, help=rests_on)
                st.caption("  \n".join(part for part in (item.n, item.note) if part))
                if item.rows:
                    item.rows.draw()


def chart(
    described: str, make: Callable[P, alt.Chart | alt.LayerChart], *args: P.args, **kwargs: P.kwargs
) -> None:
    """A chart as wide as its place.

    Args:
        described: for those who do not see it.
        make: the chart, from its arguments alone (`charts`).
        args: for `make`.
        kwargs: same.
    """
    drawn.again(_chart, described, make, args, kwargs)


def _chart(
    described: str,
    make: Callable[..., alt.Chart | alt.LayerChart],
    args: tuple[object, ...],
    kwargs: Mapping[str, object],
) -> None:
    st.altair_chart(fitted(make(*args, **kwargs)), width="stretch", alt=described)


def fitted(drawing: alt.Chart | alt.LayerChart) -> alt.Chart | alt.LayerChart:
    """The plot keeps its own height; Streamlit would fit title, legend and axes into it."""
    return drawing.properties(autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))


def table(
    columns: Mapping[str, Sequence[Any]],
    key: str | None = None,
    on_select: Callable[[], None] | Literal["rerun"] = "rerun",
    name: str | None = None,
    who: Collection[str] = (),
) -> list[int]:
    """A table that sorts by number and shows numbers as people here write them.

    Args:
        columns: values by heading; text from outside must have gone through `text.cell`.
        key: set to let people choose one row.
        on_select: what to do before the page is drawn again with the choice.
        name: offers the table as a file of that name (`downloads`).
        who: headings of columns that say who; files of those who may not take that out are without.

    Returns:
        The chosen row, if any.
    """
    if name is not None:
        downloads.draw(columns, name, who)
    if key is None:
        drawn.again(_table, dict(columns))
        return []
    chosen = st.dataframe(
        _styled(columns), hide_index=True, key=key, on_select=on_select, selection_mode="single-row"
    )
    return list(cast("dict[str, Any]", chosen)["selection"]["rows"])


def _table(columns: Mapping[str, Sequence[Any]]) -> None:
    st.dataframe(_styled(columns), hide_index=True)


def _styled(columns: Mapping[str, Sequence[Any]]) -> Styler:
    frame = pd.DataFrame(columns)
    return frame.style.format(dict.fromkeys(frame.select_dtypes("number").columns, _short))


def _short(value: object) -> str:
    figure = float(cast("float", value))
    return fmt.number(figure, 0 if figure.is_integer() else 1)


def tabs(key: str, parts: Mapping[str, Callable[[], None]]) -> None:
    """Parts of a page behind tabs; only the open one is worked out, and the address says which that is.

    Args:
        key: of the choice, in the address too.
        parts: what each tab shows, by its name; the first is open to begin with.
    """
    for tab, draw in zip(st.tabs(list(parts), key=key, bind="query-params"), parts.values(), strict=True):
        if tab.open:
            with tab:
                draw()


def empty(title: str, what_to_do: str) -> None:
    """Nothing to show, and why that may be."""
    with st.container(border=True):
        st.markdown(f":material/inbox: **{title}**")
        st.caption(what_to_do)


def error(problem: Exception) -> None:
    """A problem in one sentence; the first run is not a problem but a beginning."""
    if isinstance(problem, LakeMissingError):
        empty(
            "Belum ada data",
            "Jalankan `pati run` untuk mengumpulkan data, atau `pati demo` untuk mencoba dengan "
            "data contoh, lalu muat ulang halaman ini.",
        )
        return
    if isinstance(problem, AccessError):
        st.error(text.markdown(problem, 300), icon=":material/lock:")
        return
    st.error("Halaman ini belum dapat ditampilkan.", icon=":material/error:")
    st.text(text.plain(problem, 600))


def source_link(url: object, label: str = "Buka sumber") -> None:
    """A link to the original, if its address is plain http or https."""
    address = text.link(url)
    if address:
        st.link_button(label, address, type="tertiary", icon=":material/open_in_new:")
    else:
        st.caption("Tautan asli tidak tersedia")


def facts(*parts: str) -> None:
    """Small print: ready-made parts joined by dots, empty ones left out."""
    st.caption(DOT.join(part for part in parts if part))


def named(label: str, value: object) -> str:
    """``label: value`` for `facts`, or nothing if the value is missing."""
    return "" if fmt.is_missing(value) else f"{label} {text.markdown(value, 80)}"


def tones(negative: float, neutral: float, positive: float) -> str:
    """Counts of tones: ``negatif 5, netral 6, positif 3``."""
    return f"negatif {fmt.number(negative)}, netral {fmt.number(neutral)}, positif {fmt.number(positive)}"


def tone_of(sentiment: object) -> str:
    """The tone of one document in words; most documents have none."""
    return "" if fmt.is_missing(sentiment) else f"nada {labels.of(labels.SENTIMENT, sentiment).lower()}"
