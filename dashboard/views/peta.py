"""Peta: the 21 kecamatan by what is said about them, as counts and per 10,000 people, down to the rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from dashboard import data, filters, labels, leagues, maps, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries.places import MapFilter, place_topics, places

if TYPE_CHECKING:
    import pandas as pd

CHART: Final = "gambar_peta"
TABLE: Final = "tabel_peta"
CHOSEN: Final = "wilayah_peta"
SIZES: Final[dict[str, maps.Measure]] = {"Jumlah": "n", "Per 10.000 penduduk": "rate"}


def tapped() -> None:
    """A tap on the map opens the kecamatan below it."""
    state: Any = st.session_state.get(CHART)
    points = state["selection"].get(maps.CHOSEN, []) if state else []
    for point in points if isinstance(points, list) else []:
        st.session_state[CHOSEN] = point["kecamatan"]


def picked(names: list[str]) -> None:
    """A row of the table does the same."""
    state: Any = st.session_state.get(TABLE)
    for position in state["selection"]["rows"] if state else []:
        st.session_state[CHOSEN] = names[position]


def rows_of(kecamatan: str, wanted: MapFilter) -> dict[str, str | list[str]]:
    """Filters of the news page that list the documents of one kecamatan."""
    choices = {
        frame: dict(zip(found["key"], found["label"], strict=True))
        for frame, found in data.ask(queries.choices).items()
    }
    given: dict[str, str | list[str]] = {
        "tampil": "Dokumen",
        "kecamatan": kecamatan,
        "dari": wanted.first.monday.isoformat(),
        "sampai": wanted.last.sunday.isoformat(),
    }
    if wanted.kind:
        given["jenis"] = labels.of(labels.KIND, wanted.kind)
    if wanted.topic:
        given["topik"] = choices["topics"].get(wanted.topic, wanted.topic)
    if wanted.opd:
        given["opd"] = choices["opd"].get(wanted.opd, wanted.opd)
    return given


def drawn(frame: pd.DataFrame, measure: maps.Measure) -> None:
    """The map."""
    areas = data.areas()
    picture = maps.place_map(frame, measure, areas)
    st.altair_chart(
        ui.fitted(picture),
        key=CHART,
        on_select=tapped,
        selection_mode=maps.CHOSEN,
        width="stretch",
        alt="Peta kecamatan menurut banyaknya dokumen; angka yang sama ada pada tabel di bawahnya",
    )
    where = "Wilayah" if areas else "Letak gelembung: kantor polsek kecamatan, bukan titik kejadian"
    st.caption(f"{where}. Ketuk kecamatan untuk membukanya; tidak ada titik orang atau rumah di peta ini.")


def unknown(frame: pd.DataFrame) -> None:
    """Say which kecamatan have no rate, and why."""
    missing = list(frame[frame["population"].isna()]["kecamatan"])
    if missing:
        st.caption(
            f":material/info: Penduduk {fmt.number(len(missing))} kecamatan belum diisi "
            f"({', '.join(text.markdown(name, 40) for name in missing)}): hanya jumlahnya yang ditampilkan."
        )


def listed(frame: pd.DataFrame) -> None:
    """The same numbers as a table."""
    names = list(frame["kecamatan"])
    ui.table(
        {
            "Kecamatan": [text.cell(name, 60) for name in names],
            "Dokumen": list(frame["n"]),
            "Per 10.000": [
                maps.rate_text(rate, people)
                for rate, people in zip(frame["rate"], frame["population"], strict=True)
            ],
            "Selang 95 persen": [
                fmt.MISSING if fmt.is_missing(people) else fmt.interval(low, high, maps.one_decimal)
                for low, high, people in zip(
                    frame["rate_low"], frame["rate_high"], frame["population"], strict=True
                )
            ],
            "Negatif": list(frame["n_negative"]),
            "Positif": list(frame["n_positive"]),
            "Penduduk": [fmt.number(people) for people in frame["population"]],
        },
        key=TABLE,
        on_select=lambda: picked(names),
    )


def closer(frame: pd.DataFrame, wanted: MapFilter) -> None:
    """One kecamatan: its numbers, what is said, and the way to the rows."""
    name = filters.kecamatan()
    rows = data.records(frame[frame["kecamatan"] == name]) if name else []
    if not rows:
        st.caption("Belum ada kecamatan yang dipilih.")
        return
    row = rows[0]
    st.header(f"Kecamatan {text.markdown(row['kecamatan'], 60)}")
    st.markdown(
        f"**{fmt.count(row['n'], 'dokumen')}** ({fmt.count(row['n_items'], 'cerita, aduan, dan unggahan')} "
        f"berbeda); per 10.000 penduduk: **{maps.rate_text(row['rate'], row['population'])}**"
    )
    st.caption(ui.tones(row["n_negative"], row["n_neutral"], row["n_positive"]), help=terms.PLACE_RATE)
    if not row["n"]:
        ui.empty("Tidak ada dokumen", "Longgarkan saringan atau pilih rentang yang lebih panjang.")
        return
    topics = data.records(data.ask(place_topics, str(row["kecamatan"]), wanted))
    if topics:
        ui.table(
            {
                "Topik": [text.cell(one["topic_label"], 80) for one in topics],
                "Dokumen": [one["n"] for one in topics],
                "Cerita dan aduan": [one["n_items"] for one in topics],
                "Aduan": [one["n_complaints"] for one in topics],
            }
        )
    count = fmt.count(row["n"], "dokumen")
    ui.Link(ui.NEWS, f"Lihat {count}", rows_of(str(row["kecamatan"]), wanted)).draw()


def page() -> None:
    """The whole page."""
    shown = st.segmented_control(
        "Ukuran", list(SIZES), default="Jumlah", key="ukuran", required=True, bind="query-params"
    )
    measure = SIZES[shown]
    wanted = filters.places(data.this_week())
    with data.likely_next(*filters.other_ranges(wanted)):
        frame = data.ask(places, wanted)
    if frame.empty:
        ui.empty("Daftar kecamatan belum dimuat", "Jalankan `pati run` lebih dulu.")
        return
    st.caption(
        f"{fmt.span(wanted.first.monday, wanted.last.sunday)}; dokumen yang menyebut kecamatan, yang tidak "
        f"menyebut tempat tidak ditebak; {ui.through()}.",
        help=terms.PLACES if measure == "n" else terms.PLACE_RATE,
    )
    left, right = st.columns([3, 2], gap="medium")
    with left:
        drawn(frame, measure)
        unknown(frame)
    with right:
        closer(frame, wanted)
    st.header("Semua kecamatan", help=terms.PLACE_RATE)
    st.caption("Pilih baris untuk membuka kecamatan itu. Di bawah 10 dokumen tidak ada angka per penduduk.")
    listed(frame)
    leagues.kecamatan_intake()


ui.header("Peta", "Di kecamatan mana hal itu terjadi, dan seberapa banyak menurut penduduknya?")
page()
