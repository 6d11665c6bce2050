"""Ringkasan: what happened in the last complete week, and what was unusual about it."""

from __future__ import annotations

import streamlit as st

from dashboard import cards, data, filters, labels, text, trends, ui, weekly
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import Week
from warehouse.queries.explore import risen_topics


def alerts(week: Week) -> None:
    """What the system speaks up about, with its reason."""
    st.subheader("Peringatan")
    found = data.ask(queries.week_alerts, week)
    if found.empty:
        ui.empty("Tidak ada peringatan", "Tidak ada yang jauh di luar kebiasaan pada minggu ini.")
    for row in data.records(found):
        with st.container(border=True, gap="xsmall"):
            name = labels.of(labels.ALERT, row["rule"])
            st.markdown(f":material/notification_important: **{name}**")
            st.text(text.plain(row["reason"], 400))
            alert_rows(row["rule"], str(row["subject"]), row["subject_label"], week)


def alert_rows(rule: str, subject: str, label: object, week: Week) -> None:
    """From an alert to what set it off."""
    if rule == "widespread":
        ui.Link(ui.STORY, "Buka cerita", {"id": subject}).draw()
    elif rule == "silent_source":
        ui.Link(ui.SOURCES, "Lihat sumber", {}).draw()
    else:
        days = filters.week_range(week)
        wanted = {"tampil": "Dokumen", "topik": str(label), **days}
        ui.Link(ui.NEWS, "Lihat dokumen topik ini", wanted).draw()


def top_stories(week: Week) -> None:
    """The five stories most outlets wrote themselves."""
    st.subheader("Lima cerita teratas", help=terms.TOP_STORIES)
    found = data.ask(queries.week_stories, week, 5)
    if found.empty:
        ui.empty("Belum ada cerita", "Tidak ada artikel tentang Pati pada minggu ini. Pilih minggu lain.")
    for row in data.records(found):
        counts = cards.voices(row["n"], row["n_sources"], row["n_voices"], row["n_copies"])
        cards.story(row, f"Minggu ini {counts}")


def risen(week: Week) -> None:
    """Topics above their usual level."""
    st.subheader("Topik yang naik", help=terms.RISEN)
    days = filters.week_range(week)
    found = data.ask(risen_topics, week)
    if found.empty:
        ui.empty("Tidak ada topik yang naik", "Topik dengan kurang dari 10 dokumen tidak dibandingkan.")
    for row in data.records(found):
        with st.container(border=True, gap="xsmall"):
            st.markdown(
                f"**{text.markdown(row['topic_label'], 80)}**: {fmt.number(row['n'])} dokumen, "
                f"biasanya {fmt.number(row['mean_before'], 1)} ({fmt.signed(row['more'], 1)})"
            )
            wanted = {"tampil": "Dokumen", "topik": str(row["topic_label"]), **days}
            ui.Link(ui.NEWS, "Lihat dokumennya", wanted).draw()


GUIDE = """
- Setiap angka menyebut **n** (banyaknya yang dihitung) dan sampai kapan datanya; ketuk **?** untuk
  definisinya.
- **Artikel, cerita, dan media** dihitung terpisah: satu rilis di dua belas media adalah satu cerita.
- Persentase tidak ditampilkan bila n di bawah 10 ("data belum cukup").
- Saringan tersimpan di alamat halaman: salin tautannya untuk berbagi tampilan yang sama.
"""

ui.header("Ringkasan", "Apa yang terjadi minggu ini, dan apa yang tidak biasa?")
with st.expander("Baru di sini? Cara membaca dasbor ini", icon=":material/help:"):
    st.markdown(GUIDE)
chosen = filters.week_picker()
weekly.numbers(chosen)
main, side = st.columns([3, 2], gap="medium")
with main:
    top_stories(chosen)
with side:
    alerts(chosen)
    risen(chosen)
trends.draw(chosen)
