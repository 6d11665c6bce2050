"""Stories, documents, videos and complaints as cards: one look, one tap to what is behind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import data, labels, service, text, ui
from dashboard import format as fmt
from warehouse.access import may

Row = Mapping[str, Any]
EXCERPT = 300


def story(row: Row, counted: str) -> None:
    """A story: how many wrote, how many wrote themselves.

    Args:
        row: a row of `mart_story` or `week_stories`.
        counted: the sentence with its counts (they differ between a week and all time).
    """
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{text.markdown(row['title'], 160) or 'Tanpa judul'}**")
        st.caption(counted)
        ui.facts(
            ui.named("topik", row["topic_label"]),
            ui.named("OPD", row["opd_short"]),
            ui.named("Kec.", row["kecamatan"]),
            ui.tones(row["n_negative"], row["n_neutral"], row["n_positive"]),
        )
        ui.Link(ui.STORY, "Buka cerita", {"id": str(row["story_id"])}).draw()


def voices(articles: float, outlets: float, own: float, copies: float) -> str:
    """Articles, outlets, own texts and copies: four numbers that must not be mixed up."""
    return (
        f"{fmt.count(articles, 'artikel')} di {fmt.count(outlets, 'media')}, "
        f"{fmt.number(own)} menulis sendiri, {fmt.count(copies, 'salinan')}"
    )


def may_correct() -> bool:
    """Whether cards show the way to the label form: asked once per page, not once per card."""
    return may(data.viewer(), "correct")


def correct_link(doc_id: object) -> None:
    """The way to the label form of exactly this document."""
    ui.Link(ui.CORRECTIONS, "Perbaiki label", {"id": str(doc_id)}, ":material/fact_check:").draw()


def story_head(head: Row) -> None:
    """The facts of one story, above its articles."""
    st.header(text.markdown(head["title"], 200) or "Tanpa judul")
    ui.facts(
        fmt.span(fmt.local_day(head["first_at"]), fmt.local_day(head["last_at"])),
        voices(head["n_articles"], head["n_sources"], head["n_voices"], head["n_copies"]),
    )
    ui.facts(
        f"pertama kali di {text.markdown(head['lead_source'], 60)}",
        ui.named("topik", head["topic_label"]),
        ui.named("OPD", head["opd_short"]),
        ui.named("Kec.", head["kecamatan"]),
        ui.tones(head["n_negative"], head["n_neutral"], head["n_positive"]),
    )


def labelled(row: Row) -> tuple[str, ...]:
    """What every card says of a document: kind, source, moment and labels, for `ui.facts`."""
    return (
        labels.of(labels.KIND, row["kind"]),
        text.markdown(row["source_name"], 60),
        fmt.moment(row["dated_at"]),
        ui.named("topik", row["topic_label"]),
        ui.named("OPD", row["opd_short"]),
        ui.named("Kec.", row["kecamatan"]),
        ui.tone_of(row["sentiment"]),
    )


def document(row: Row, *, correct: bool = False) -> None:
    """An article, video, comment or post from the list."""
    with st.container(border=True, gap="xsmall"):
        if title := text.markdown(row["title"], 160):
            st.markdown(f"**{title}**")
        st.text(text.plain(row["excerpt"], EXCERPT))
        ui.facts(
            *labelled(row),
            "salinan" if not fmt.is_missing(row["copy_of"]) else "",
            "advertorial" if row["advertorial"] else "",
            "label perlu diperiksa" if row["needs_review"] is True else "",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if not fmt.is_missing(row["story_id"]):
                ui.Link(ui.STORY, "Ceritanya", {"id": str(row["story_id"])}).draw()
            ui.source_link(row["url"])
            if correct:
                correct_link(row["doc_id"])


def article(row: Row, *, correct: bool = False) -> None:
    """One article in the timeline of its story."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"{fmt.moment(row['dated_at'])} — **{text.markdown(row['source_name'], 60)}**")
        st.text(text.plain(row["title"], 200))
        ui.facts(
            "teks sama dengan artikel yang lebih dulu (salinan)"
            if not fmt.is_missing(row["copy_of"])
            else "menulis sendiri",
            "advertorial" if row["advertorial"] else "",
            ui.tone_of(row["sentiment"]),
        )
        if fmt.is_missing(row["copy_of"]):
            st.text(text.plain(row["excerpt"], EXCERPT))
        with st.container(horizontal=True, vertical_alignment="center"):
            ui.source_link(row["url"])
            if correct:
                correct_link(row["doc_id"])


def video(row: Row, *, correct: bool = False) -> None:
    """A video and the mood of its comments."""
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{text.markdown(row['title'], 160) or 'Tanpa judul'}**")
        ui.facts(
            text.markdown(row["source_name"], 60),
            fmt.moment(row["dated_at"]),
            ui.named("topik", row["topic_label"]),
            f"{fmt.number(row['views'])} kali dilihat",
            f"{fmt.number(row['likes'])} suka",
        )
        st.caption(
            f"Suasana {fmt.count(row['n_comments'], 'komentar tersimpan')}: "
            + ui.tones(row["n_negative"], row["n_neutral"], row["n_positive"])
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if row["n_comments"]:
                ui.Link(ui.VIDEO, "Baca komentar", {"id": str(row["doc_id"])}).draw()
            ui.source_link(row["url"], "Tonton")
            if correct:
                correct_link(row["doc_id"])


def video_head(found: Row) -> None:
    """The facts of one video, above its comments."""
    st.header(text.markdown(found["title"], 200) or "Tanpa judul")
    ui.facts(text.markdown(found["source_name"], 60), fmt.moment(found["dated_at"]))
    ui.source_link(found["url"], "Tonton")


def comment(row: Row, *, correct: bool = False) -> None:
    """One comment; its author is a pseudonym already and is not shown at all."""
    with st.container(border=True, gap="xsmall"):
        st.text(text.plain(row["text"], 500))
        ui.facts(
            fmt.moment(row["dated_at"]),
            ui.tone_of(row["sentiment"]),
            ui.named("topik", row["topic_label"]),
            f"{fmt.number(row['likes'])} suka",
        )
        if correct:
            correct_link(row["doc_id"])


def complaint(row: Row, *, history: bool = True, correct: bool = False) -> None:
    """One complaint with its place in the queue.

    Args:
        row: a row of `queries.complaints`.
        history: whether to show the way to its history.
        correct: whether to show the way to its label form; a confidential one has none.
    """
    state = "tuntas" if row["resolved"] else "masih terbuka" if row["open"] else "tidak dilanjutkan"
    with st.container(border=True, gap="xsmall"):
        st.markdown(
            f"**{text.markdown(status(row['status']), 60)}** — {state}"
            + (f", {fmt.count(row['age_days'], 'hari')}" if row["open"] else "")
        )
        deadline(row)
        if title := text.plain(row["title"], 160):
            st.text(title)
        st.text(text.plain(row["text"], 500) or "Isi dihapus atas permintaan pelapor.")
        ui.facts(
            f"masuk {fmt.day(row['received_at'])}",
            channel(row["channel"]),
            ui.named("nomor", row["ticket_id"]),
            ui.named("OPD", row["opd_short"]) or "OPD belum ditentukan",
            ui.named("topik", row["topic_label"]),
            ui.named("Kec.", row["kecamatan"]),
            labels.of(labels.CONFIDENTIALITY, row["confidentiality"]),
            "label perlu diperiksa" if row["needs_review"] is True else "",
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if history:
                ui.Link(ui.HISTORY, "Riwayat dan catatan", {"id": str(row["doc_id"])}).draw()
            if correct and row["confidentiality"] != "rahasia":
                correct_link(row["doc_id"])


def deadline(row: Row) -> None:
    """Until when something has to happen, and when the channel will close it by itself."""
    due = service.due(row["due_day"], row["days_left"], row["overdue"], row["due_step"])
    if due and row["overdue"]:
        st.markdown(f"**:material/alarm: Jatuh tempo {due}**")
    elif due:
        st.caption(f":material/schedule: Jatuh tempo {due}")
    if closing := service.auto_close(row["auto_close_day"], row["auto_close_passed"]):
        st.caption(f":material/lock_clock: {closing}")


def status(key: object) -> str:
    """The name of a normalised status."""
    return next((s.label for s in data.config().complaints.statuses if s.id == key), str(key))


def channel(key: object) -> str:
    """The name of a channel of complaints, for Markdown."""
    return text.markdown(channel_name(key), 60)


def channel_name(key: object) -> str:
    """The name of a channel of complaints as it is."""
    return next((c.name for c in data.config().complaints.channels if c.id == key), str(key))
