"""Writing down what somebody says about labels: answers, second opinions, skips, undoing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pkgutil import resolve_name
from typing import Any, Final, Literal, TypeVar

import streamlit as st

from dashboard import data, people, recording
from dashboard.settings import SettingsError
from warehouse import Lake
from warehouse.access import Viewer
from warehouse.store.corrections import NO, YES, Values
from warehouse.store.reviews import answer_review, second_opinion, skip_review, undo_review, whole

T = TypeVar("T")
LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What a form says about one text.

    Attributes:
        relevant: whether it is about the regency.
        topic: None while nobody chose one.
        opd: best first.
        sentiment: None for no stance.
    """

    doc_id: str
    relevant: bool
    topic: str | None
    opd: tuple[str, ...]
    sentiment: str | None
    kecamatan: tuple[str, ...]
    reason: str = ""

    @property
    def values(self) -> Values:
        """As it is stored."""
        return whole(
            {
                "relevant": YES if self.relevant else NO,
                "topic": [self.topic] if self.topic else [],
                "opd": self.opd,
                "sentiment": [self.sentiment] if self.sentiment else [],
                "kecamatan": self.kecamatan,
            }
        )


def answer(given: Answer, seen: int, *, settles: bool = False) -> tuple[int, tuple[str, ...]]:
    """Put an answer into force.

    Args:
        given: the answer.
        seen: position of the newest correction that was shown, -1 for none.
        settles: it decides between two opinions.

    Returns:
        Position of the correction (to undo it by) and the fields that changed.

    Raises:
        AccessError: not by whoever is signed in.
        SettingsError: this dashboard may not write.
        ValueError: one Indonesian sentence.
        warehouse.errors.LakeError: the lake is busy or missing.
    """
    action: Literal["settled", "answered"] = "settled" if settles else "answered"
    reason = recording.mask(data.settings(), data.config(), given.reason[:LONGEST_REASON].strip())
    saved = _write(
        partial(
            answer_review,
            doc_id=given.doc_id,
            answer=given.values,
            reason=reason or None,
            action=action,
            seen=seen,
        ),
        given.doc_id,
        action,
    )
    return saved.correction, saved.changed


def second(given: Answer) -> None:
    """Keep a second opinion; raises as `answer`."""
    _write(partial(second_opinion, doc_id=given.doc_id, answer=given.values), given.doc_id, "second")


def skip(doc_id: str) -> None:
    """Leave a text to others; raises as `answer`."""
    _write(partial(skip_review, doc_id=doc_id), doc_id, "skipped")


def undo(doc_id: str, correction: int) -> None:
    """Take an answer of one's own back; raises as `answer`."""
    _write(partial(undo_review, doc_id=doc_id, correction=correction), doc_id, "undone")


def _write(work: Callable[..., T], doc_id: str, action: str) -> T:
    data.admit("correct", doc_id)
    name = people.current("correct")
    if name is None:
        raise SettingsError(recording.READ_ONLY)

    def named(lake: Lake, _who: Viewer) -> T:
        return work(lake, who=name)

    return data.change("correct", named, doc_id, f"label_review {action}")


@st.cache_resource(max_entries=1, show_spinner=False)
def _agreements(where: str) -> Callable[[list[dict[str, str]]], dict[str, Any]]:
    found: Callable[[list[dict[str, str]]], dict[str, Any]] = resolve_name(where)
    return found


def agreements(pairs: list[dict[str, str]]) -> dict[str, Any] | None:
    """Agreement by field of texts that two people labelled; None: nothing measures it here."""
    where = data.settings().agreement
    return _agreements(where)(pairs) if where else None
