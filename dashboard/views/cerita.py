"""One story (`?id=`): its course, who repeats whom, its voices, quotes and articles. Reached from lists."""

from __future__ import annotations

import streamlit as st

from dashboard import cards, charts, data, filters, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import Page, Story
from warehouse.queries import story_page as asked

OPEN, CLOSE = "\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"


def page(story_id: str) -> None:
    """Everything about one story."""
    found = data.ask(queries.story, story_id)
    if found is None:
        ui.empty("Cerita tidak ditemukan", "Tautannya mungkin lama; cerita dapat digabung ulang.")
        return
    cards.story_head(found.head)
    course(story_id)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        outlets(story_id)
        copies(story_id)
    with right:
        offices(story_id)
        quotes(story_id)
    articles(found)


def course(story_id: str) -> None:
    """Articles per day, and how much of it is the government's own words."""
    frame = data.ask(asked.story_days, story_id)
    st.subheader("Perjalanan cerita", help=terms.STORY_DAY)
    if frame.empty:
        ui.empty("Tidak ada artikel bertanggal", "Artikelnya tetap tampil di bawah.")
        return
    echo = data.ask(asked.story_echo, story_id)
    ui.chart("Artikel cerita ini per hari menurut asalnya", charts.story_course, frame)
    st.caption(
        f"Gema rilis: {fmt.number(echo.n_echo)} dari {fmt.count(echo.n, 'artikel media')} mengulang teks "
        f"yang juga terbit di laman pemerintah; {ui.through()}.",
        help=terms.STORY_ECHO,
    )


def outlets(story_id: str) -> None:
    """Who wrote, who wrote first."""
    frame = data.ask(asked.story_outlets, story_id)
    st.subheader("Media")
    st.caption(f"n = {fmt.count(len(frame), 'media')}, yang pertama menulis di atas.")
    ui.table(
        {
            "Media": [text.cell(name, 80) for name in frame["source_name"]],
            "Artikel": list(frame["n"]),
            "Menulis sendiri": list(frame["n_own"]),
            "Salinan": list(frame["n_copies"]),
            "Advertorial": list(frame["n_advertorial"]),
            "Pertama": [fmt.moment(when) for when in frame["first_at"]],
        }
    )


def copies(story_id: str) -> None:
    """Who repeats whom, and how much later."""
    frame = data.ask(asked.story_copies, story_id)
    st.subheader("Salinan dan aslinya", help=terms.COPIES)
    if frame.empty:
        st.caption("Tidak ada artikel yang mengulang teks lain.")
        return
    st.caption(f"n = {fmt.count(len(frame), 'salinan')}.")
    ui.table(
        {
            "Media": [text.cell(name, 80) for name in frame["source_name"]],
            "Mengulang teks": [text.cell(name, 80) for name in frame["original_source"]],
            "Jam kemudian": list(frame["hours_later"]),
            "Bagian sama": [
                fmt.MISSING if fmt.is_missing(share) else fmt.percent(share) for share in frame["share"]
            ],
        }
    )


def offices(story_id: str) -> None:
    """Which offices it concerns, and in which tone."""
    rows = data.records(data.ask(asked.story_offices, story_id))
    st.subheader("OPD yang disebut")
    if not rows:
        st.caption("Tidak ada OPD yang dikenali dalam artikel cerita ini.")
    for row in rows:
        label = f"{text.markdown(row['opd_short'], 60)}: {fmt.count(row['n'], 'artikel')}"
        ui.Link(ui.NEWS, label, {"tampil": "Cerita", "opd": str(row["opd_short"])}).draw()
        st.caption(ui.tones(row["n_negative"], row["n_neutral"], row["n_positive"]))


def quotes(story_id: str) -> None:
    """Short excerpts between quotation marks, each with outlet and day."""
    rows = data.records(data.ask(asked.story_quotes, story_id))
    st.subheader("Kutipan", help=terms.QUOTES)
    if not rows:
        st.caption("Tidak ada kalimat langsung dalam artikel cerita ini.")
    for row in rows:
        with st.container(border=True, gap="xsmall"):
            st.text(f"{OPEN}{text.plain(row['quote'], 300)}{CLOSE}")
            ui.facts(
                text.markdown(row["source_name"], 60),
                fmt.day(row["dated_at"]),
                f"dimuat {fmt.count(row['n_sources'], 'media')}",
            )
            ui.source_link(row["url"])


def articles(found: Story) -> None:
    """All articles, a page at a time, the first one first."""
    st.subheader("Kronologi", help=terms.TIMELINE)
    total = len(found.articles)
    st.caption(f"n = {fmt.count(total, 'artikel')}; {ui.through()}.")
    start = filters.offset("hal_cerita")
    rows = found.articles.iloc[start : start + filters.PAGE_SIZE]
    filters.pager(Page(rows, total), "hal_cerita")
    correct = cards.may_correct()
    for row in data.records(rows):
        cards.article(row, correct=correct)


ui.header("Cerita", "Siapa yang menulis lebih dulu, siapa yang menyalin, dan apa kata mereka?")
ui.Link(ui.NEWS, "Kembali ke daftar", filters.way_back("Cerita"), ui.BACK).draw()
page(st.query_params.get("id", ""))
