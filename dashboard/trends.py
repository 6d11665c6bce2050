"""The charts of the overview: twelve weeks of volume and tone, four weeks of agencies and places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard import charts, data, leagues, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import Week

WEEKS = 12
WINDOW = 4
HEIGHT = 340
NOTHING = "Belum ada dokumen pada rentang ini."


def draw(week: Week) -> None:
    """Charts in tabs, each with what it rests on."""
    st.header("Kecenderungan")
    parts = {
        "Jumlah": _volume,
        "Nada layanan": _tone,
        "Topik": _topics,
        "OPD": _agencies,
        "Kecamatan": _places,
    }
    ui.tabs("kecenderungan", {name: partial(draw, week) for name, draw in parts.items()})


def _volume(week: Week) -> None:
    frame = data.ask(queries.volume_by_week, week.shift(1 - WEEKS), week)
    if frame.empty:
        ui.empty(NOTHING, "Jalankan pengumpulan data lebih dulu.")
        return
    st.caption(f"Dokumen tentang Pati per minggu dan jenis, 12 minggu; {ui.through()}.")
    ui.chart("Jumlah dokumen per minggu menurut jenis", charts.volume_by_week, frame, height=HEIGHT)
    _coverage(week)


def _coverage(week: Week) -> None:
    """The weeks of a trend that rest on fewer sources than they should: a fall there may be ours."""
    found = data.records(data.ask(queries.week_coverage, week.shift(1 - WEEKS), week))
    partly = [row for row in found if row["coverage"] is not None and row["coverage"] < 1]
    if partly:
        said = "; ".join(
            f"{fmt.day_month(row['week'])}: {fmt.reached(row['n_reached'], row['n_expected'])}"
            for row in partly
        )
        st.caption(f"Cakupan sumber tidak penuh pada minggu {said}.", help=terms.COVERAGE)


def _tone(week: Week) -> None:
    frame = data.ask(queries.sentiment_by_week, week.shift(1 - WEEKS), week)
    total = data.ask(queries.week_total, week)
    if frame.empty:
        ui.empty(NOTHING, "Nada hanya dihitung untuk dokumen yang menilai layanan.")
        return
    st.caption(
        "Nada terhadap layanan, hanya dokumen yang menilai layanan. Minggu ini "
        f"{ui.tones(total.n_negative, total.n_neutral, total.n_positive)}; "
        f"nada bersih {fmt.tone(total.net_tone)} (dari -1 sampai +1); {ui.through()}.",
        help=terms.NET_TONE,
    )
    ui.chart("Dokumen per minggu menurut nada", charts.sentiment_by_week, frame, height=HEIGHT)
    _coverage(week)


def _topics(week: Week) -> None:
    frame = data.ask(queries.topics, week)
    if frame.empty:
        ui.empty(NOTHING, "Pilih minggu lain.")
        return
    st.caption(f"Minggu ini, semua jenis dokumen; sepuluh topik teratas tergambar; {ui.through()}.")
    picture, numbers = st.columns([3, 2])
    with picture:
        ui.chart("Dokumen per topik minggu ini", charts.topic_bars, frame)
    with numbers:
        names = list(frame["topic_label"])
        columns: dict[str, Sequence[Any]] = {
            "Topik": names,
            "Dokumen": list(frame["n"]),
            "Cerita": list(frame["n_stories"]),
        }
        rows(columns, "topik", names, week, week)


def _agencies(week: Week) -> None:
    frame = data.ask(queries.opd_tone, week)
    if not (frame["n_toned"] > 0).any():
        ui.empty(NOTHING, "Belum ada dokumen bernada yang menyebut layanan suatu OPD.")
        return
    st.caption(
        "Empat minggu terakhir, n = dokumen bernada. Bukan peringkat kinerja: OPD yang banyak "
        f"melayani juga banyak dibicarakan; {ui.through()}."
    )
    picture, numbers = st.columns([3, 2])
    with picture:
        ui.chart("Dokumen bernada per OPD", charts.opd_tone, frame)
    with numbers:
        names = list(frame["opd_short"])
        tones = [fmt.tone(net) for net in frame["net_tone"]]
        columns: dict[str, Sequence[Any]] = {
            "OPD": names,
            "Dokumen": list(frame["n"]),
            "n bernada": list(frame["n_toned"]),
            "Nada bersih": tones,
            "Selang 95 persen": [
                fmt.interval(low, high, fmt.tone)
                for low, high in zip(frame["net_tone_low"], frame["net_tone_high"], strict=True)
            ],
        }
        rows(columns, "opd", names, week.shift(1 - WINDOW), week)
    leagues.opd_tone()


def _places(week: Week) -> None:
    frame = data.ask(queries.kecamatan_volume, week)
    if frame.empty:
        ui.empty("Daftar kecamatan belum dimuat", "Jalankan `pati run` lebih dulu.")
        return
    st.caption(
        "Empat minggu terakhir, dokumen yang menyebut kecamatan; yang tidak menyebut tempat tidak "
        f"ditebak. Letak gelembung: pusat kecamatan; {ui.through()}."
    )
    picture, numbers = st.columns([3, 2])
    with picture:
        ui.chart("Dokumen per kecamatan", charts.kecamatan_map, frame)
    with numbers:
        names = list(frame["kecamatan"])
        columns: dict[str, Sequence[Any]] = {
            "Kecamatan": names,
            "Dokumen": list(frame["n"]),
            "Negatif": list(frame["n_negative"]),
            "Positif": list(frame["n_positive"]),
        }
        rows(columns, "kecamatan", names, week.shift(1 - WINDOW), week)
    leagues.kecamatan_intake()


def rows(
    columns: Mapping[str, Sequence[Any]],
    name: str,
    labels: Sequence[str],
    first: Week,
    last: Week,
    also: Mapping[str, str | list[str]] | None = None,
) -> None:
    """The numbers of a chart as a table; choosing a row leads to its documents.

    Args:
        columns: values by heading, what the rows are called first.
        name: the filter of the list that a row sets.
        labels: its value for each row.
        first: oldest week.
        last: newest week.
        also: filters that hold for every row.
    """
    first_column = next(iter(columns))
    safe: dict[str, Sequence[Any]] = {**columns, first_column: [text.cell(label) for label in labels]}
    chosen = ui.table(safe, key=f"tabel_{name}")
    if not chosen:
        st.caption("Pilih baris untuk membuka dokumennya.")
    for index in chosen:
        days = {"dari": first.monday.isoformat(), "sampai": last.sunday.isoformat()}
        wanted = {"tampil": "Dokumen", name: str(labels[index]), **(also or {}), **days}
        ui.Link(ui.NEWS, f"Lihat dokumen {text.markdown(labels[index], 60)}", wanted).draw()
