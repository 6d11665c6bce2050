"""One story (`?id=`): its articles in the order they appeared. Reached from lists, not from the menu."""

from __future__ import annotations

import streamlit as st

from dashboard import cards, data, filters, ui
from dashboard import definitions as terms
from warehouse import queries


def timeline(story_id: str) -> None:
    """The facts of the story and all its articles."""
    found = data.ask(queries.story, story_id)
    if found is None:
        ui.empty("Cerita tidak ditemukan", "Tautannya mungkin lama; cerita dapat digabung ulang.")
        return
    cards.story_head(found.head)
    st.subheader("Kronologi", help=terms.TIMELINE)
    for row in data.records(found.articles):
        cards.article(row)


ui.header("Cerita", "Siapa yang menulis lebih dulu, dan siapa yang menyalin?")
ui.Link(ui.NEWS, "Kembali ke daftar", filters.way_back("Cerita"), ui.BACK).draw()
timeline(st.query_params.get("id", ""))
