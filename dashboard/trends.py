"""The charts of the overview: twelve weeks of volume and tone, four weeks of agencies and places."""

from __future__ import annotations

import streamlit as st

from dashboard import charts, data, ui
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import Week

WEEKS = 12
HEIGHT = 340
NOTHING = "Belum ada dokumen pada rentang ini."


def draw(week: Week) -> None:
    """Charts in tabs, each with what it rests on."""
    st.subheader("Kecenderungan")
    volume, tone, topics, agencies, places = st.tabs(["Jumlah", "Nada layanan", "Topik", "OPD", "Kecamatan"])
    with volume:
        _volume(week)
    with tone:
        _tone(week)
    with topics:
        _topics(week)
    with agencies:
        _agencies(week)
    with places:
        _places(week)


def _volume(week: Week) -> None:
    frame = data.ask(queries.volume_by_week, week.shift(1 - WEEKS), week)
    if frame.empty:
        ui.empty(NOTHING, "Jalankan pengumpulan data lebih dulu.")
        return
    st.caption(f"Dokumen tentang Pati per minggu dan jenis, 12 minggu; {ui.through()}.")
    ui.chart(charts.volume_by_week(frame, height=HEIGHT), "Jumlah dokumen per minggu menurut jenis")


def _tone(week: Week) -> None:
    frame = data.ask(queries.sentiment_by_week, week.shift(1 - WEEKS), week)
    total = data.ask(queries.week_total, week)
    if frame.empty:
        ui.empty(NOTHING, "Nada hanya dihitung untuk dokumen yang menilai layanan.")
        return
    st.caption(
        "Nada terhadap layanan, hanya dokumen yang menilai layanan. Minggu ini "
        f"{ui.tones(total.n_negative, total.n_neutral, total.n_positive)}; "
        f"nada bersih {fmt.tone(total.net_tone)} (dari -1 sampai +1); {ui.through()}."
    )
    ui.chart(charts.sentiment_by_week(frame, height=HEIGHT), "Dokumen per minggu menurut nada")


def _topics(week: Week) -> None:
    frame = data.ask(queries.topics, week)
    if frame.empty:
        ui.empty(NOTHING, "Pilih minggu lain.")
        return
    st.caption(f"Sepuluh topik teratas minggu ini, semua jenis dokumen; {ui.through()}.")
    ui.chart(charts.topic_bars(frame), "Dokumen per topik minggu ini")


def _agencies(week: Week) -> None:
    frame = data.ask(queries.opd_tone, week)
    if not (frame["n_toned"] > 0).any():
        ui.empty(NOTHING, "Belum ada dokumen bernada yang menyebut layanan suatu OPD.")
        return
    st.caption(
        "Empat minggu terakhir, n = dokumen bernada. Bukan peringkat kinerja: OPD yang banyak "
        f"melayani juga banyak dibicarakan; {ui.through()}."
    )
    ui.chart(charts.opd_tone(frame), "Dokumen bernada per OPD")


def _places(week: Week) -> None:
    frame = data.ask(queries.kecamatan_volume, week)
    if frame.empty:
        ui.empty("Daftar kecamatan belum dimuat", "Jalankan `pati run` lebih dulu.")
        return
    st.caption(
        "Empat minggu terakhir, dokumen yang menyebut kecamatan; yang tidak menyebut tempat tidak "
        f"ditebak. Letak gelembung: pusat kecamatan; {ui.through()}."
    )
    picture, table = st.columns([3, 2])
    with picture:
        ui.chart(charts.kecamatan_map(frame), "Dokumen per kecamatan")
    with table:
        ui.table(
            {
                "Kecamatan": list(frame["kecamatan"]),
                "Dokumen": list(frame["n"]),
                "Negatif": list(frame["n_negative"]),
                "Positif": list(frame["n_positive"]),
            },
        )
