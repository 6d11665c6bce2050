"""Hooks that pipelines gives the crawlers: mask before anything is stored, keep what is about Pati."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from config import Config
from crawlers.items import Document, StatusEvent
from nlp import Analyzer
from nlp.privacy import Masker

TEXT_KIND = {
    "news": "news",
    "video": "news",
    "comment": "comment",
    "social": "social",
    "complaint": "complaint",
}
"""Which of the analyser's kinds of text each kind of document is."""


def scrubber(config: Config, key: bytes) -> Callable[[Document], Document]:
    """A function that removes personal data from a document.

    Titles, texts and remarks are masked; the author of anything but news becomes a keyed
    pseudonym, and an anonymous or confidential reporter is dropped.
    """
    masker = Masker(config)

    def scrub(document: Document) -> Document:
        kind = TEXT_KIND[document.kind]

        def mask(text: str) -> str:
            return masker.mask(text, kind).text

        def mask_maybe(text: str | None) -> str | None:
            return None if text is None else mask(text)

        def mask_event(event: StatusEvent) -> StatusEvent:
            return replace(event, actor=mask_maybe(event.actor), note=mask_maybe(event.note))

        complaint = document.complaint
        author = document.author
        if author and document.kind not in ("news", "video"):
            hidden = complaint is not None and complaint.confidentiality != "publik"
            author = None if hidden else masker.pseudonym(author, key)
        if complaint is not None:
            complaint = replace(complaint, events=tuple(mask_event(e) for e in complaint.events))
        return replace(
            document,
            title=mask(document.title),
            text=mask(document.text),
            author=author,
            complaint=complaint,
        )

    return scrub


def key_masker(config: Config) -> Callable[[str], str]:
    """A function that masks addresses and record keys before they reach a log or a reason."""
    masker = Masker(config)
    return lambda text: masker.mask(text, "complaint").text


def relevance(config: Config) -> Callable[[Document], bool]:
    """A function that says whether a document of a general source is about Kabupaten Pati."""
    analyzer = Analyzer.load(config)

    def is_relevant(document: Document) -> bool:
        kind = TEXT_KIND[document.kind]
        found = analyzer.analyze([document.text], [kind], ["general"], titles=[document.title])
        return found[0].relevant

    return is_relevant
