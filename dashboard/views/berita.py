"""Isu & berita: stories and documents, found by any filter, down to the article."""

from __future__ import annotations

import streamlit as st

from dashboard import cards, data, filters, searches, text, ui
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import DocumentFilter, Page
from warehouse.queries.explore import find_stories
from warehouse.queries.searching import Found, search_documents, search_stories

VIEWS = ("Cerita", "Dokumen")
NOTHING = "Tidak ada yang cocok"
WIDEN = "Kurangi kata atau longgarkan saringan; periksa juga rentang tanggalnya."


def listing(page: Page, noun: str) -> None:
    """How many there are, and how to see the others."""
    st.caption(f"n = {fmt.count(page.total, noun)} yang cocok; {ui.through()}.")
    filters.pager(page)


def said(found: Found) -> Page:
    """Say how it was found; give what was found."""
    for sentence in found.said:
        st.caption(f":material/info: {text.markdown(sentence, 400)}")
    if found.suggestion:
        st.button(
            f"Cari: {text.markdown(found.suggestion, 80)}",
            icon=":material/spellcheck:",
            type="tertiary",
            on_click=searches.respell,
            args=(found.suggestion,),
        )
    return found.page


def stories(wanted: DocumentFilter) -> None:
    """Stories with an article that fits."""
    words = data.words() if wanted.words.strip() else None
    if words is None:
        page = data.ask(find_stories, wanted, filters.PAGE_SIZE, filters.offset())
    else:
        page = said(data.ask(search_stories, words, wanted, filters.PAGE_SIZE, filters.offset()))
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
    words = data.words() if wanted.words.strip() else None
    if words is None:
        page = data.ask(queries.documents, wanted, filters.PAGE_SIZE, filters.offset())
    else:
        page = said(data.ask(search_documents, words, wanted, filters.PAGE_SIZE, filters.offset()))
    if page.total == 0:
        ui.empty(NOTHING, WIDEN)
        return
    listing(page, "dokumen")
    correct = cards.may_correct()
    for row in data.records(page.rows):
        cards.document(row, correct=correct)


def search() -> None:
    """The lists."""
    shown = st.segmented_control(
        "Tampilkan", VIEWS, default=VIEWS[0], key="tampil", required=True, bind="query-params"
    )
    wanted = filters.documents()
    searches.panel(wanted)
    if shown == "Cerita":
        stories(wanted)
    else:
        documents(wanted)


ui.header("Isu & berita", "Apa yang ditulis dan dibicarakan, oleh siapa, sejak kapan?")
search()
filters.remember()
