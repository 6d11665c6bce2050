"""What was erased and must not come back: documents, and names wherever somebody writes them.

Both are kept as keyed digests only: whoever has the file and not the key can say nothing about
anybody. A document that is fetched or imported again is refused before it touches the disk; a
name that a mask misses in another person's text is masked all the same.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from crawlers.items import Document, StatusEvent
from pipelines.privacy import NAME_MASK
from pipelines.settings import Settings

_WORD = re.compile(r"[^\W_]+")


class Forgotten:
    """The digests of one home folder, one a line: of a document, or number of words and of a name.

    Args:
        path: the file; it need not exist.
        key: of pseudonyms.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._marks = set(path.read_text(encoding="ascii").split()) if path.exists() else set()
        self._lengths = {int(mark.split(":")[0]) for mark in self._marks if ":" in mark}

    @classmethod
    def of(cls, settings: Settings, key: bytes | None = None) -> Forgotten:
        """Those of a home folder; `key` spares it from being asked for, which makes it if need be."""
        return cls(settings.home / "state" / "erased.txt", key or settings.pseudonym_key())

    def __contains__(self, doc_id: str) -> bool:
        return bool(self._marks) and self._mark(doc_id) in self._marks

    def add(self, doc_ids: Iterable[str], names: Iterable[str] = ()) -> int:
        """Remember documents and names of several words; returns how many were new.

        They are safely on disk when this returns.
        """
        marks = {self._mark(doc_id) for doc_id in doc_ids}
        marks |= {self._name(_WORD.findall(name.casefold())) for name in names}
        new = sorted(marks - self._marks)
        if new:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="ascii") as file:
                file.write("".join(f"{mark}\n" for mark in new))
                file.flush()
                os.fsync(file.fileno())
            self._marks.update(new)
            self._lengths |= {int(mark.split(":")[0]) for mark in new if ":" in mark}
        return len(new)

    def mask(self, text: str | None) -> str:
        """Put a token in place of every name that was erased."""
        if not text or not self._lengths:
            return text or ""
        words = list(_WORD.finditer(text))
        low = [word.group().casefold() for word in words]
        parts, done = [], 0
        for at in range(len(words)):
            for length in sorted(self._lengths, reverse=True):
                start, end = words[at].start(), words[min(at + length, len(words)) - 1].end()
                if (
                    at + length <= len(words)
                    and start >= done
                    and self._name(low[at : at + length]) in self._marks
                ):
                    parts += [text[done:start], NAME_MASK]
                    done = end
                    break
        return "".join(parts) + text[done:]

    def _mark(self, doc_id: str) -> str:
        return self._digest("document", doc_id)

    def _name(self, words: list[str]) -> str:
        return f"{len(words)}:{self._digest('name', ' '.join(words))}"

    def _digest(self, what: str, value: str) -> str:
        return hashlib.blake2b(f"{what}\x1f{value}".encode(), key=self._key, digest_size=16).hexdigest()


def refusing(
    scrub: Callable[[Document], Document], forgotten: Forgotten
) -> Callable[[Document], Document | None]:
    """A mask that also hides names that were erased, and returns None for what must not come back."""

    def event(one: StatusEvent) -> StatusEvent:
        return replace(one, note=forgotten.mask(one.note) if one.note else one.note)

    def scrub_or_refuse(document: Document) -> Document | None:
        clean = scrub(document)
        addresses = (clean.url, clean.canonical_url, *clean.aliases)
        if clean.doc_id in forgotten or any(forgotten.mask(one) != (one or "") for one in addresses):
            return None
        info = clean.complaint
        if info and info.events:
            info = replace(info, events=tuple(map(event, info.events)))
        return replace(
            clean,
            title=forgotten.mask(clean.title),
            text=forgotten.mask(clean.text),
            author=forgotten.mask(clean.author) if clean.author else clean.author,
            tags=tuple(map(forgotten.mask, clean.tags)),
            complaint=info,
        )

    return scrub_or_refuse
