"""Filters. They live in the address of the page, so a link shows the other person the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

import streamlit as st

from dashboard import counted as numbers
from dashboard import data, labels
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import ComplaintFilter, DocumentFilter, Page, Week
from warehouse.queries.explore import channels
from warehouse.queries.places import MapFilter

if TYPE_CHECKING:
    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator

    from warehouse.queries.complaints import State

PAGE_SIZE: Final = 20
LONGEST_SEARCH: Final = 200
_LAST: Final = "daftar_terakhir"
DAY_FORMAT: Final = "DD/MM/YYYY"
MAP_WEEKS: Final = {"4 minggu": 4, "12 minggu": 12, "52 minggu": 52}
"""Ranges of the map: name and complete weeks."""


def week_range(week: Week) -> dict[str, str | list[str]]:
    """Filters of the news page that keep one week."""
    return {"dari": week.monday.isoformat(), "sampai": week.sunday.isoformat()}


def week_picker(weeks: int = 26) -> Week:
    """Which complete week a page is about; the newest one unless chosen otherwise."""
    newest = data.this_week()
    options = queries.weeks_before(newest, weeks)[::-1]
    return st.selectbox(
        "Minggu", options, format_func=week_label, key="minggu", bind="query-params", width=260
    )


def other_weeks(week: Week) -> list[Callable[[Any], Any]]:
    """What people look at after a week, for `data.likely_next`: the one before, the next, two before."""

    def moved(one: Any, weeks: int) -> Any:  # noqa: ANN401 - any argument of a question
        return one.shift(weeks) if isinstance(one, Week) else one

    return [
        partial(moved, weeks=weeks)
        for weeks in (-1, 1, -2)
        if week.shift(weeks).monday <= data.this_week().monday
    ]


def week_label(week: Week) -> str:
    """How a week is called in the picker and in the address."""
    return fmt.week(week.monday)


def documents() -> DocumentFilter:
    """Draw the filters of the news page and read them."""
    choices = data.ask(queries.choices)
    words = _words("q", "Cari kata", "mis. rob juwana")
    keys = ("dari", "sampai", "topik", "opd", "kecamatan", "jenis", "sumber", "nada", "tanpa_tanggal")
    with _more(keys):
        first, last = days("dari", "sampai")
        left, right = st.columns(2)
        with left:
            topics = _several("Topik", "topik", choices["topics"])
            opd = _several("OPD", "opd", choices["opd"])
            kecamatan = _several("Kecamatan", "kecamatan", choices["kecamatan"])
        with right:
            kinds = _coded("Jenis (untuk tampilan Dokumen)", "jenis", labels.KIND, tuple(labels.KIND))
            sources = _several("Sumber", "sumber", choices["sources"])
            tones = _coded("Nada", "nada", labels.SENTIMENT, tuple(labels.SENTIMENT))
        undated = st.toggle("Hanya yang tanpa tanggal", key="tanpa_tanggal", bind="query-params")
    return DocumentFilter(
        words=words,
        kinds=kinds,
        sources=sources,
        topics=topics,
        opd=opd,
        kecamatan=kecamatan,
        sentiments=tones,
        first=first,
        last=last,
        undated=undated,
    )


def complaints() -> ComplaintFilter:
    """Draw the filters of the complaints page and read them."""
    choices = data.ask(queries.choices)
    words = _words("kata", "Cari dalam aduan", "mis. lampu jalan")
    names = {c.id: c.name for c in data.config().complaints.channels}
    found = {key: names.get(key, key) for key in data.ask(channels)["channel"]}
    with _more(("dinas", "soal", "wilayah", "kanal", "masuk", "hingga", "keadaan")):
        left, right = st.columns(2)
        with left:
            opd = one("OPD", "dinas", _named(choices["opd"]))
            topic = one("Topik", "soal", _named(choices["topics"]))
            state = one("Keadaan", "keadaan", labels.STATE)
        with right:
            kecamatan = one("Kecamatan", "wilayah", _named(choices["kecamatan"]))
            channel = one("Kanal", "kanal", found)
        first, last = days("masuk", "hingga")
    return ComplaintFilter(
        opd=opd,
        topic=topic,
        kecamatan=kecamatan,
        channel=channel,
        state=cast("State | None", state),
        words=words,
        first=first,
        last=last,
    )


def counted() -> str | None:
    """Which number of service the list of complaints shows the rows of; None: all that fit."""
    if not follows_a_number():
        return None
    return one("Hanya yang dihitung angka ini", numbers.KEY, numbers.LABELS)


def follows_a_number() -> bool:
    """Whether the list of complaints shows the rows of a number of service."""
    return bool(st.session_state.get(numbers.KEY) or st.query_params.get(numbers.KEY))


def office() -> str | None:
    """Which agency a page is about; None: all of them."""
    return one("OPD", "kantor", _named(data.ask(queries.choices)["opd"]))


def places(newest: Week) -> MapFilter:
    """Draw the filters of the map and read them.

    Args:
        newest: the last week that is counted.
    """
    choices = data.ask(queries.choices)
    period = st.segmented_control(
        "Rentang", list(MAP_WEEKS), default=next(iter(MAP_WEEKS)), key="rentang", required=True,
        bind="query-params",
    )  # fmt: skip
    with _more(("soal_peta", "opd_peta", "jenis_peta")):
        left, middle, right = st.columns(3)
        with left:
            topic = one("Topik", "soal_peta", _named(choices["topics"]))
        with middle:
            opd = one("OPD", "opd_peta", _named(choices["opd"]))
        with right:
            kind = one("Jenis", "jenis_peta", labels.KIND)
    return MapFilter(newest.shift(1 - MAP_WEEKS[period]), newest, kind, topic, opd)


def other_ranges(wanted: MapFilter) -> list[Callable[[Any], Any]]:
    """The other ranges of the map, for `data.likely_next`."""

    def moved(one: Any, weeks: int) -> Any:  # noqa: ANN401 - any argument of a question
        return replace(wanted, first=wanted.last.shift(1 - weeks)) if one == wanted else one

    return [partial(moved, weeks=weeks) for weeks in MAP_WEEKS.values()]


def kecamatan() -> str | None:
    """Which kecamatan of the map is looked at closely; None: none."""
    names = _named(data.ask(queries.choices)["kecamatan"])
    return one("Kecamatan", "wilayah_peta", names, "Pilih kecamatan")


def pager(page: Page, key: str = "hal") -> None:
    """Choose a page of the list; says nothing when there is only one."""
    pages = page.pages(PAGE_SIZE)
    if pages > 1:
        st.pagination(pages, key=key, bind="query-params")


def offset(key: str = "hal") -> int:
    """How many rows to skip for the chosen page of the list."""
    chosen = st.session_state.get(key) or st.query_params.get(key) or 1
    try:
        return max(0, int(chosen) - 1) * PAGE_SIZE
    except ValueError:
        return 0


def first_page(key: str = "hal") -> None:
    """Begin a list anew whose chosen page it no longer has; before its `pager` is drawn."""
    st.session_state[key] = 1


def remember() -> None:
    """Keep the filters in use for the way back from a detail page."""
    names = [key for key in st.query_params if key != "id"]
    st.session_state[_LAST] = {key: st.query_params.get_all(key) for key in names}


def way_back(otherwise: str = "") -> dict[str, str | list[str]]:
    """The filters of the list one came from, or a view of the list.

    Args:
        otherwise: the view of someone who came by a link; a list without views has none.
    """
    return dict(st.session_state.get(_LAST) or ({"tampil": otherwise} if otherwise else {}))


def _more(keys: Sequence[str]) -> DeltaGenerator:
    """A drawer for filters: open when one of them is in use."""
    used = any(st.session_state.get(key) or st.query_params.get(key) for key in keys)
    return st.expander(
        "Saringan lain (sedang dipakai)" if used else "Saringan lain", expanded=used, icon=":material/tune:"
    )


def _named(options: pd.DataFrame) -> dict[str, str]:
    return dict(zip(options["key"], options["label"], strict=True))


def _words(key: str, label: str, example: str) -> str:
    found = st.text_input(
        label,
        key=key,
        placeholder=example,
        max_chars=LONGEST_SEARCH,
        icon=":material/search:",
        bind="query-params",
    )
    return found or ""


def days(first: str, last: str) -> tuple[date | None, date | None]:
    """Choose a first and a last day; either may be left open."""
    left, right = st.columns(2)
    start = left.date_input("Dari", None, format=DAY_FORMAT, key=first, bind="query-params")
    end = right.date_input("Sampai", None, format=DAY_FORMAT, key=last, bind="query-params")
    return start, end


def _several(label: str, key: str, options: pd.DataFrame) -> tuple[str, ...]:
    names = _named(options)
    return _coded(label, key, names, list(names))


def _coded(label: str, key: str, names: dict[str, str], options: Sequence[str]) -> tuple[str, ...]:
    chosen = st.multiselect(
        label,
        list(options),
        format_func=lambda code: names.get(code, code),
        key=key,
        placeholder="Semua",
        bind="query-params",
    )
    return tuple(chosen)


def one(label: str, key: str, names: dict[str, str], unset: str = "Semua") -> str | None:
    """Choose one of some codes by their names, or none."""
    chosen: str | None = st.selectbox(
        label,
        list(names),
        index=None,
        format_func=lambda code: names.get(code, code),
        key=key,
        placeholder=unset,
        bind="query-params",
    )
    return chosen
