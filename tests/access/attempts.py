"""What an office's admin tries to see of another office's complaint: one function per attempt.

Each is called inside the session of somebody else, as a page would be; it gives whatever it got hold of.
`LOGGED` names those that single out a complaint, an office or a word, and must be in the audit log.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import streamlit as st

from dashboard import changing, data, receivers, recording, reviewing, signin
from dashboard.recording import Entry
from pipelines.searching import words_of
from tests.access.conftest import OTHERS, WORD
from warehouse import Lake, queries
from warehouse.access import Viewer
from warehouse.queries import ComplaintFilter, DocumentFilter, Scope
from warehouse.queries.complaint_work import (
    complaint_trend,
    recurring_complaints,
    similar_complaints,
    suggested_owners,
)
from warehouse.queries.documents import documents_by_id
from warehouse.queries.explore import find_stories
from warehouse.queries.export import export
from warehouse.queries.quarantine import quarantine
from warehouse.queries.saved_searches import new_hits, saved_searches
from warehouse.queries.searching import search_documents, search_stories
from warehouse.store import add_complaint_event, correct_labels
from warehouse.store.saved_searches import delete_search, save_search

COMPLAINTS = ("complaint",)


def _correct(lake: Lake, who: Viewer) -> object:
    return correct_labels(lake, "k3", {"opd": ["dpu"]}, None, who.user)


def _answer(lake: Lake, who: Viewer) -> object:
    return add_complaint_event(lake, "k3", "dibalas", None, None, lake.now, who.user)


def _subscribe(lake: Lake, _: Viewer) -> object:
    return save_search(lake, words_of(None), "curi", DocumentFilter(WORD), lake.now)


def _become(role: str) -> object:
    """Change everything about oneself that a session holds, then ask again."""
    st.session_state["role"] = st.session_state["peran"] = role
    st.session_state[signin.DEMO_ROLE] = role
    who = data.viewer()
    for name, value in (("role", role.split(":", maxsplit=1)[0]), ("opd", role.partition(":")[2] or None)):
        object.__setattr__(who, name, value)
    return data.ask(queries.complaint_history, "k3")


def _forge(token: str) -> object:
    """Come with another token, and with one's own again."""
    own = st.session_state[signin.TOKEN]
    st.session_state[signin.TOKEN] = token
    try:
        return data.ask(queries.complaint_history, "k3")
    finally:
        st.session_state[signin.TOKEN] = own


ATTEMPTS: dict[str, Callable[[], object]] = {
    "by id": lambda: data.ask(queries.complaints, ComplaintFilter(doc_id="k3")),
    "by id and office": lambda: data.ask(queries.complaints, ComplaintFilter(doc_id="k3", opd="dlh")),
    "history": lambda: data.ask(queries.complaint_history, "k3"),
    "document": lambda: data.ask(queries.document, "k3"),
    "guessed id": lambda: data.ask(queries.document, "k3000"),
    "id as a filter of totals": lambda: data.ask(queries.queue_totals, ComplaintFilter(doc_id="k3")),
    "office": lambda: data.ask(queries.complaints, ComplaintFilter(opd="dlh")),
    "office in totals": lambda: data.ask(queries.queue_totals, ComplaintFilter(opd="dlh")),
    "words in totals of an office": lambda: data.ask(
        queries.queue_totals, ComplaintFilter(opd="dlh", words=WORD)
    ),
    "documents of an office": lambda: data.ask(
        queries.documents, DocumentFilter(kinds=COMPLAINTS, opd=("dlh",))
    ),
    "index, office": lambda: data.ask(
        search_documents, words_of(None), DocumentFilter(WORD, kinds=COMPLAINTS, opd=("dlh",))
    ),
    "index, words": lambda: data.ask(search_documents, words_of(None), DocumentFilter(WORD)),
    "index, phrase": lambda: data.ask(
        search_documents, words_of(None), DocumentFilter(f'"dekat {WORD}"')
    ),
    "letters, documents": lambda: data.ask(queries.documents, DocumentFilter(WORD)),
    "letters, complaints": lambda: data.ask(queries.complaints, ComplaintFilter(words=WORD)),
    "letters, part of a word": lambda: data.ask(queries.complaints, ComplaintFilter(words="sumurga")),
    "drill, cohort": lambda: data.ask(
        queries.drill, "received", period_kind="all", period=date(2000, 1, 1), channel="*", opd_id="dlh"
    ),
    "answer it": lambda: data.change("record", _answer, "k3"),
    "answer it by the form": lambda: recording.record(
        data.settings(), data.config(), Entry("k3", "dibalas", date(2026, 11, 16), time(6), None, "x")
    ),
    "hand it to one's own office": lambda: recording.hand_over(
        data.settings(), data.config(), "k3", "dpu", None, "x"
    ),
    "texts to check": lambda: data.ask(queries.review_queue, "dpu.admin"),
    "its text to check": lambda: data.ask(queries.review_text, "k3"),
    "what was corrected": lambda: data.ask(queries.corrections_made, "k3"),
    "what two readers said": lambda: data.ask(queries.differing),
    "skip its text": lambda: reviewing.skip("k3"),
    "rejected records": lambda: data.ask(queries.rejected),
    "switch an alert off": lambda: changing.change("alerts.yaml", ("surge", "enabled"), value=False),
    "correct its labels": lambda: data.change("correct", _correct, "k3"),
    "change the office to one's own": lambda: data.change("correct", _correct),
    "acknowledge its alert": lambda: data.change("alerts", lambda lake, who: (lake, who), "k3"),
    "read the audit log": data.audit_log,
    "open accounts": lambda: data.admit("users"),
    "open settings": lambda: data.admit("settings"),
    "open rejected records": lambda: data.admit("sources"),
    "another role in the session": lambda: _become("admin"),
    "another office in the session": lambda: _become("opd:dlh"),
    "a made-up token": lambda: _forge("x" * 43),
    "the token of somebody disabled": lambda: _forge(st.session_state["disabled"]),
    "a token with a role in it": lambda: _forge("admin"),
}  # fmt: skip
"""Refused or found nothing, and in the log."""

QUIET: dict[str, Callable[[], object]] = {
    "all documents": lambda: data.ask(queries.documents, DocumentFilter(kinds=COMPLAINTS), 500),
    "irrelevant ones too": lambda: data.ask(
        queries.documents, DocumentFilter(kinds=COMPLAINTS, relevant_only=False), 500
    ),
    "all complaints": lambda: data.ask(queries.complaints, ComplaintFilter(), 500),
    "second page": lambda: data.ask(queries.complaints, ComplaintFilter(), 5, 5),
    "ids of a hit list": lambda: data.ask(documents_by_id, list(OTHERS)),
    "stories": lambda: data.ask(find_stories, DocumentFilter(WORD)),
    "stories by index": lambda: data.ask(search_stories, words_of(None), DocumentFilter(WORD)),
    "drill, all": lambda: data.ask(
        queries.drill, "received", period_kind="all", period=date(2000, 1, 1), channel="*", opd_id="*"
    ),
    "saved searches": lambda: [one.n_new for one in data.ask(saved_searches)],
    "new hits": lambda: data.ask(new_hits),
    "a search of one's own": lambda: data.change("searches", _subscribe),
    "alerts": lambda: list(data.ask(queries.alerts)["doc_ids"]),
    "complaints like one's own": lambda: data.ask(similar_complaints, "k0", 500),
    "complaints like it": lambda: data.ask(similar_complaints, "k3", 500),
    "who may own it": lambda: data.ask(suggested_owners, "k3"),
    "trend of the office": lambda: data.ask(complaint_trend, "topic", "dlh"),
    "issues of the office that come back": lambda: data.ask(recurring_complaints, "dlh"),
    "comments on it": lambda: data.ask(queries.video_comments, "k3"),
    "numbers of the office": lambda: data.ask(queries.cohort, Scope("all", opd="dlh")),
}  # fmt: skip
"""Ask for nothing in particular; there is nothing of others in the answer."""


LEADER: dict[str, Callable[[], object]] = {
    "history": lambda: data.ask(queries.complaint_history, "k3"),
    "history of a confidential one": lambda: data.ask(queries.complaint_history, "k-secret"),
    "whole text to check": lambda: data.ask(queries.review_text, "k3"),
    "texts to check": lambda: data.ask(queries.review_queue, "bupati"),
    "texts for a second opinion": lambda: data.ask(queries.second_queue, "bupati"),
    "what two readers said": lambda: data.ask(queries.differing),
    "what was corrected": lambda: data.ask(queries.corrections_made, "k3"),
    "answer it": lambda: data.change("record", _answer, "k3"),
    "answer it by the form": lambda: recording.record(
        data.settings(), data.config(), Entry("k3", "dibalas", date(2026, 11, 16), time(6), None, "x")
    ),
    "hand it over": lambda: recording.hand_over(data.settings(), data.config(), "k3", "dpu", None, "x"),
    "correct its labels": lambda: data.change("correct", _correct, "k3"),
    "skip its text": lambda: reviewing.skip("k3"),
    "acknowledge its alert": lambda: data.change("alerts", lambda lake, who: (lake, who), "k3"),
    "keep a search": lambda: data.change("searches", _subscribe),
    "drop somebody's search": lambda: data.change("searches", lambda lake, _: delete_search(lake, "sampah")),
    "export with who wrote": lambda: data.ask(
        export, "documents", DocumentFilter(kinds=COMPLAINTS), authors=True
    ),
    "export the history": lambda: data.ask(export, "mart_complaint_history", DocumentFilter(), authors=True),
    "take out who wrote": lambda: data.admit("authors"),
    "rejected records": lambda: data.ask(queries.rejected),
    "quarantine": lambda: data.ask(quarantine),
    "try rejected records again": lambda: data.change("sources", lambda lake, who: (lake, who)),
    "open settings": lambda: data.admit("settings", "pengaturan"),
    "switch an alert off": lambda: changing.change("alerts.yaml", ("surge", "enabled"), value=False),
    "be told of alerts": lambda: receivers.add("PATI_ALERT_TO", "json://kait.example/x"),
    "open accounts": lambda: data.admit("users"),
    "read the audit log": data.audit_log,
    "be an admin in the session": lambda: _become("admin"),
    "be of the office in the session": lambda: _become("opd:dlh"),
}  # fmt: skip
"""What leadership tries: each is refused, and in the log."""

EXAMPLES: dict[str, Callable[[], object]] = {
    "document": lambda: data.ask(queries.document, "k3"),
    "complaint": lambda: data.ask(queries.complaints, ComplaintFilter(doc_id="k3")),
    "a confidential one": lambda: data.ask(queries.complaints, ComplaintFilter(doc_id="k-secret")),
    "all complaints": lambda: data.ask(queries.complaints, ComplaintFilter(), 500),
    "all documents": lambda: data.ask(queries.documents, DocumentFilter(kinds=COMPLAINTS), 500),
    "hits": lambda: data.ask(search_documents, words_of(None), DocumentFilter(WORD)),
    "ids of a hit list": lambda: data.ask(documents_by_id, list(OTHERS)),
}
"""What leadership may ask: the beginning of the words, and nothing that leads to a person."""


def show(found: object) -> str:
    """Everything that somebody got hold of."""
    page = getattr(found, "page", found)
    rows = getattr(page, "rows", page)
    return repr(rows.to_dict("records")) if hasattr(rows, "to_dict") else repr(rows)
