"""One text with its labels, and the form in which a person says what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import streamlit as st

from dashboard import data, labels, text, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from dashboard.reviewing import LONGEST_REASON, Answer
from warehouse import queries

Row = Mapping[str, Any]
LONGEST_SHOWN: Final = 6_000
MOST_OPD: Final = 3
# Written on the buttons, so that nobody has to remember them.
SAVE_KEY, SKIP_KEY, UNDO_KEY = "Ctrl+Enter", "Alt+L", "Alt+U"
NO_STANCE: Final = "tanpa nada"


def names(what: str) -> dict[str, str]:
    """Names by code: ``topics``, ``opd`` or ``kecamatan``."""
    frame = data.ask(queries.choices)[what]
    return dict(zip(frame["key"], frame["label"], strict=True))


def passage(row: Row) -> None:
    """The text itself."""
    with st.container(border=True, gap="xsmall"):
        ui.facts(
            labels.of(labels.KIND, row["kind"]),
            text.markdown(row["source_name"], 60),
            fmt.moment(row["dated_at"]),
        )
        if row["kind"] == "comment" and (about := text.plain(row["parent_title"], 200)):
            st.caption("Menanggapi:")
            st.text(about)
        if title := text.plain(row["title"], 200):
            st.header(text.markdown(title, 200), anchor=False)
        st.text(text.plain(row["text"], LONGEST_SHOWN) or "(tanpa isi)")
        ui.source_link(row["url"])


def opinion(row: Row) -> None:
    """What the model thought, how sure it is, and which words weighed."""
    topics, offices = names("topics"), names("opd")
    found = [
        ("Tentang Pati", "ya" if row["relevant"] else "bukan", row["relevance_score"]),
        ("Topik", topics.get(row["topic"], row["topic"]), row["topic_score"]),
        *(
            ("OPD", offices.get(opd, opd), score)
            for opd, score in zip(row["opd_ids"], row["opd_scores"], strict=False)
        ),
        (
            "Nada",
            labels.of(labels.SENTIMENT, row["sentiment"]) if row["sentiment"] else NO_STANCE,
            row["sentiment_score"],
        ),
    ]
    st.markdown("**Label sekarang dan skornya**" if row["seen"] >= 0 else "**Label model dan skornya**")
    st.table(
        {
            "Label": [name for name, _, _ in found],
            "Nilai": [text.cell(value, 60) for _, value, _ in found],
            "Skor": [fmt.number(score, 2) for _, _, score in found],
        },
        border="horizontal",
        hide_index=True,
    )
    if places := ", ".join(text.plain(name, 40) for name in row["kecamatan"]):
        st.caption(f"Kecamatan: {text.markdown(places, 200)}")
    reasons = [text.markdown(line, 200) for line in row["why"]]
    st.markdown("**Kata yang menentukan**" if reasons else "**Tidak ada kata yang menentukan**")
    if reasons:
        st.markdown("\n".join(f"- {reason}" for reason in reasons))


def asked(row: Row) -> str:
    """Why this text is asked about, in one sentence; nothing for one that no queue brought."""
    if fmt.is_missing(row["about"]):
        return ""
    sure = "Model sendiri minta teks ini diperiksa" if row["needs_review"] else "Model ragu"
    what = f"yang paling diragukan {labels.of(labels.DOUBT, row['about'])} ({fmt.percent(row['doubt'])})"
    like = f"{fmt.count(row['n_slice'], 'teks')} sejenis bertopik sama"
    copies = (
        f"; labelnya berlaku untuk satu dari {fmt.number(row['n_alike'])} salinan"
        if row["n_alike"] > 1
        else ""
    )
    return f"{sure}: {what}; {like}{copies}."


def form(row: Row, key: str, *, blank: bool = False, save: str = "Simpan") -> Answer | None:
    """The form; an answer once it was sent.

    Args:
        row: a row of `review_text`.
        key: of the form; another one begins anew.
        blank: with nothing filled in, for an opinion of one's own.
        save: what the button says.
    """
    topics, offices, places = names("topics"), names("opd"), names("kecamatan")
    start: Row = {} if blank else row
    with st.form(key, enter_to_submit=False):
        relevant = st.radio(
            "Tentang Kabupaten Pati?",
            [True, False],
            index=None if blank else int(not row["relevant"]),
            format_func=lambda yes: "Ya" if yes else "Bukan",
            horizontal=True,
        )
        topic = st.selectbox(
            "Topik",
            list(topics),
            index=_place(topics, start.get("topic")),
            format_func=topics.__getitem__,
            placeholder="Ketik untuk mencari",
        )
        opd = st.multiselect(
            "OPD, yang utama lebih dulu",
            list(offices),
            default=_known(offices, start.get("opd_ids", ())),
            format_func=offices.__getitem__,
            max_selections=MOST_OPD,
            placeholder="Tidak ada",
        )
        stances = [*labels.SENTIMENT, ""]
        sentiment = st.radio(
            "Nada terhadap layanan",
            stances,
            index=None if blank else stances.index(str(row["sentiment"] or "")),
            format_func=lambda code: labels.SENTIMENT.get(code, NO_STANCE.capitalize()),
            horizontal=True,
        )
        kecamatan = st.multiselect(
            "Kecamatan",
            list(places),
            default=_known(places, start.get("kecamatan", ())),
            placeholder="Tidak disebut",
        )
        reason = st.text_input(
            "Alasan (boleh kosong)",
            max_chars=LONGEST_REASON,
            help="Nama, NIK, dan nomor telepon disamarkan sebelum disimpan.",
        )
        sent = st.form_submit_button(save, icon=":material/check:", shortcut=SAVE_KEY)
    st.caption(terms.REVIEW_FORM)
    if not sent:
        return None
    if relevant is None or (relevant and topic is None):
        st.error("Pilih dahulu apakah teks ini tentang Pati, lalu topiknya.", icon=":material/error:")
        return None
    return Answer(
        row["doc_id"], relevant, topic, tuple(opd), sentiment or None, tuple(kecamatan), reason or ""
    )


def _place(options: Iterable[str], value: object) -> int | None:
    found = list(options)
    return found.index(str(value)) if value in found else None


def _known(options: Iterable[str], values: Iterable[str]) -> list[str]:
    found = set(options)
    return [value for value in values if value in found]
