"""The comments on one video (`?id=`). Reached from the list of videos, not from the menu."""

from __future__ import annotations

import streamlit as st

from dashboard import cards, data, filters, ui
from dashboard import format as fmt
from warehouse import queries


def comments(video_id: str) -> None:
    """The facts of the video and its newest comments."""
    found = data.ask(queries.document, video_id)
    if found is None or found["kind"] != "video":
        ui.empty("Video tidak ditemukan", "Tautannya mungkin lama; buka daftar video.")
        return
    cards.video_head(found)
    rows = data.records(data.ask(queries.video_comments, video_id))
    if not rows:
        ui.empty("Belum ada komentar", "Komentar yang tersimpan akan tampil di sini.")
        return
    st.caption(f"{fmt.count(len(rows), 'komentar')} terbaru (paling banyak 200); {ui.through()}.")
    correct = cards.may_correct()
    for row in rows:
        cards.comment(row, correct=correct)


ui.header("Komentar video", "Apa kata penonton?")
ui.Link(ui.SOCIAL, "Kembali ke daftar", filters.way_back(), ui.BACK).draw()
comments(st.query_params.get("id", ""))
