"""Berita & video: stories, documents and videos, found by any filter, down to the article."""

from __future__ import annotations

import streamlit as st

from dashboard import cards, data, filters, ui
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import DocumentFilter, Page
from warehouse.queries.explore import find_stories

VIEWS = ("Cerita", "Dokumen", "Video")
NOTHING = "Tidak ada yang cocok"
WIDEN = "Kurangi kata atau longgarkan saringan; periksa juga rentang tanggalnya."


def listing(page: Page, noun: str) -> None:
    """How many there are, and how to see the others."""
    st.caption(f"n = {fmt.count(page.total, noun)} yang cocok; {ui.through()}.")
    filters.pager(page)


def stories(wanted: DocumentFilter) -> None:
    """Stories with an article that fits."""
    page = data.ask(find_stories, wanted, filters.PAGE_SIZE, filters.offset())
    if page.total == 0:
        ui.empty(NOTHING, WIDEN)
        return
    listing(page, "cerita")
    for row in data.records(page.rows):
        counts = cards.voices(row["n_articles"], row["n_sources"], row["n_voices"], row["n_copies"])
        days = fmt.span(fmt.local_day(row["first_at"]), fmt.local_day(row["last_at"]))
        cards.story(row, f"{days}: {counts}; {fmt.number(row['n_matching'])} cocok dengan saringan")


def documents(wanted: DocumentFilter) -> None:
    """Documents that fit."""
    page = data.ask(queries.documents, wanted, filters.PAGE_SIZE, filters.offset())
    if page.total == 0:
        ui.empty(NOTHING, WIDEN)
        return
    listing(page, "dokumen")
    for row in data.records(page.rows):
        cards.document(row)


def videos() -> None:
    """The newest videos; filters do not apply."""
    frame = data.ask(queries.videos)
    if frame.empty:
        ui.empty("Belum ada video", "Video dari kanal yang dipantau akan muncul di sini.")
        return
    st.caption(f"{fmt.count(len(frame), 'video')} terbaru (paling banyak 50); {ui.through()}.")
    for row in data.records(frame):
        cards.video(row)


def search() -> None:
    """The lists."""
    shown = st.segmented_control(
        "Tampilkan", VIEWS, default=VIEWS[0], key="tampil", required=True, bind="query-params"
    )
    if shown == "Video":
        videos()
        return
    wanted = filters.documents()
    if shown == "Cerita":
        stories(wanted)
    else:
        documents(wanted)


ui.header("Berita & video", "Apa yang ditulis dan dibicarakan, oleh siapa, sejak kapan?")
search()
filters.remember()
