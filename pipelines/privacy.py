"""Hooks that pipelines gives the crawlers: mask before anything is stored, keep what is about Pati."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from config import Config
from crawlers.items import Document, StatusEvent
from nlp import Analyzer
from nlp.privacy import Masker
from pipelines.learning import load_analyzer
from pipelines.settings import Settings

TEXT_KIND = {
    "news": "news",
    "video": "news",
    "comment": "comment",
    "social": "social",
    "complaint": "complaint",
}
"""Which of the analyser's kinds of text each kind of document is."""


NAME_MASK, ACCOUNT_MASK = "[NAMA]", "[AKUN]"
MIN_NAME = 4
"""A shorter name would also be found inside ordinary text."""


def without_account(document: Document, stand_in: str) -> Document:
    """A document whose addresses and key name `stand_in` where they named the writer's account."""
    names = {(name or "").lstrip("@") for name in (document.author, *document.known_as)}
    accounts = sorted((name for name in names if len(name) >= MIN_NAME), key=len, reverse=True)
    places = (document.external_id, document.url, document.canonical_url, *document.aliases)
    # making a pattern takes longer than looking, and hardly any record needs one
    if not any(place and name in place for name in accounts for place in places):
        return document
    # whole names only: a short number would also be found inside a longer one
    found = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, accounts)) + r")(?!\w)")

    def hide(text: str | None) -> str | None:
        return None if text is None else found.sub(stand_in, text)

    return replace(
        document,
        external_id=hide(document.external_id),
        url=hide(document.url),
        canonical_url=hide(document.canonical_url),
        aliases=tuple(found.sub(stand_in, alias) for alias in document.aliases),
    )


def name_pattern(author: str | None) -> re.Pattern[str] | None:
    """What finds a writer's own name in a text: whole words, any case; None without a usable name."""
    words = (author or "").split()
    if not words or not any(len(word) >= MIN_NAME and word.isalpha() for word in words):
        return None
    return re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)


def says(document: Document, name: str | None) -> bool:
    """Whether all words of a name stand somewhere in what a document says; quicker than a pattern."""
    events = document.complaint.events if document.complaint else ()
    parts = (document.title, document.text, *(part for one in events for part in (one.actor, one.note)))
    said = "\n".join(filter(None, parts)).casefold()
    return bool(name) and all(word.casefold() in said for word in (name or "").split())


def scrubber(config: Config, key: bytes) -> Callable[[Document], Document]:
    """A function that removes personal data from a document.

    Titles, texts and remarks are masked; the author of anything but news becomes a keyed
    pseudonym, and an anonymous or confidential reporter is dropped.
    """
    masker = Masker(config)

    def scrub(document: Document) -> Document:
        kind = TEXT_KIND[document.kind]
        public = document.kind in ("news", "video")
        names = () if public else (document.author, *document.known_as)
        own_names = [pattern for name in names if says(document, name) and (pattern := name_pattern(name))]

        def known(text: str) -> str:
            # Replies of an office address people by name: here we know whose name it is.
            for pattern in own_names:
                text = pattern.sub(NAME_MASK, text)
            return text

        def mask(text: str) -> str:
            return masker.mask(known(text), kind).text

        def mask_maybe(text: str | None) -> str | None:
            return None if text is None else mask(text)

        def mask_event(event: StatusEvent) -> StatusEvent:
            return replace(event, actor=mask_maybe(event.actor), note=mask_maybe(event.note))

        complaint = document.complaint
        author = document.author
        if author and not public:
            hidden = complaint is not None and complaint.confidentiality != "publik"
            author = None if hidden else masker.pseudonym(author, key)
        if complaint is not None:
            complaint = replace(complaint, events=tuple(mask_event(e) for e in complaint.events))
        if not public:
            document = without_account(document, author or ACCOUNT_MASK)
        return replace(
            document,
            # a name that only the article explains must not stay in its headline
            title=masker.mask(known(document.title), kind, same=[document.text]).text,
            text=mask(document.text),
            author=author,
            known_as=(),
            complaint=complaint,
        )

    return scrub


def key_masker(config: Config) -> Callable[[str], str]:
    """A function that masks addresses and record keys before they reach a log or a reason."""
    masker = Masker(config)
    return lambda text: masker.mask(text, "complaint").text


def relevance(settings: Settings) -> Callable[[Document], bool]:
    """A function that says whether a document of a general source is about Kabupaten Pati."""

    @cache
    def analyzer() -> Analyzer:
        # loaded when the first text asks: most hours bring none
        return load_analyzer(settings, encoder=False)  # it has no say in relevance

    def is_relevant(document: Document) -> bool:
        kind = TEXT_KIND[document.kind]
        found = analyzer().analyze([document.text], [kind], ["general"], titles=[document.title])
        return found[0].relevant

    return is_relevant
