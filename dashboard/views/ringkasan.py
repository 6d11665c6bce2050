"""Ringkasan: what happened in the last complete week, and what was unusual about it."""

from __future__ import annotations

import streamlit as st

from dashboard import alerts, cards, data, due, filters, labels, text, trends, ui, weekly
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import Week
from warehouse.queries.changes import Change, changes


def top_stories(week: Week) -> None:
    """The five stories most outlets wrote themselves."""
    st.header("Lima cerita teratas", help=terms.TOP_STORIES)
    found = data.ask(queries.week_stories, week, 5)
    if found.empty:
        ui.empty("Belum ada cerita", "Tidak ada artikel tentang Pati pada minggu ini. Pilih minggu lain.")
    for row in data.records(found):
        counts = cards.voices(row["n"], row["n_sources"], row["n_voices"], row["n_copies"])
        cards.story(row, f"Minggu ini {counts}")


def moved(week: Week) -> None:
    """What is far from usual, and the stories that made it so."""
    st.header("Apa yang berubah, dan karena apa", help=terms.MOVED)
    found = data.ask(changes, week)
    if not found:
        ui.empty(
            "Tidak ada perubahan yang menonjol",
            "Topik, OPD, dan kecamatan dengan kurang dari 10 cerita atau aduan tidak dibandingkan, begitu "
            "juga minggu yang belum punya empat minggu pembanding.",
        )
        return
    st.caption(f"Komentar tidak dihitung; satu cerita dihitung sekali; {ui.through()}.")
    for one in found:
        with st.container(border=True, gap="xsmall"):
            change(one, week)


def change(one: Change, week: Week) -> None:
    """One change: how large, by which kind of documents, in which stories."""
    arrow = ":material/trending_up:" if one.rises else ":material/trending_down:"
    st.markdown(f"{arrow} **{text.markdown(one.label, 80)}** ({labels.SCOPE[one.scope]})")
    st.markdown(
        f"**{fmt.number(one.n_items)}** cerita, aduan, dan unggahan; "
        f"biasanya {fmt.number(one.mean_before, 1)} ({fmt.signed(one.more, 1)})"
    )
    st.caption(
        f"Terutama {labels.of(labels.KIND, one.kind).lower()}: {fmt.number(one.kind_n)} dokumen, "
        f"biasanya {fmt.number(one.kind_mean, 1)}."
    )
    if one.carriers and not one.rises:
        st.caption("Yang dibicarakan pada empat minggu sebelumnya:")
    for carrier in one.carriers:
        said = f"{fmt.count(carrier.n, 'dokumen')}, {text.markdown(carrier.source_name, 60)}"
        title = text.markdown(carrier.title, 110) or "Tanpa judul"
        if carrier.story_id:
            ui.Link(ui.STORY, title, {"id": carrier.story_id}, ":material/article:").draw()
            st.caption(said)
        else:
            st.caption(f"{title} ({said})")
    if one.n:
        kinds = [label for kind, label in labels.KIND.items() if kind != "comment"]
        wanted = {
            "tampil": "Dokumen",
            labels.FILTER[one.scope]: one.label,
            "jenis": kinds,
            **filters.week_range(week),
        }
        ui.Link(ui.NEWS, f"Lihat {fmt.count(one.n, 'dokumen')}", wanted).draw()


GUIDE = """
- Setiap angka menyebut **n** (banyaknya yang dihitung) dan sampai kapan datanya; ketuk **?** untuk
  definisinya.
- **Artikel, cerita, dan media** dihitung terpisah: satu rilis di dua belas media adalah satu cerita.
- Persentase tidak ditampilkan bila n di bawah 10 ("data belum cukup").
- Saringan tersimpan di alamat halaman: salin tautannya untuk berbagi tampilan yang sama.
"""

ui.header("Ringkasan", "Apa yang terjadi minggu ini, dan apa yang tidak biasa?")
if data.viewer().role == "opd":
    due.draw()
with st.expander("Baru di sini? Cara membaca dasbor ini", icon=":material/help:"):
    st.markdown(GUIDE)
chosen = filters.week_picker()
with data.likely_next(*filters.other_weeks(chosen)):
    weekly.numbers(chosen)
    main, side = st.columns([3, 2], gap="medium")
    with main:
        top_stories(chosen)
    with side:
        moved(chosen)
        alerts.draw(chosen)
    trends.draw(chosen)
