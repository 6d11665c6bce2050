"""Documents that were erased: known by a keyed fingerprint, so that they cannot come back.

The file holds no personal data and no ids: whoever has it and not the key can say nothing about
anybody. A document that is fetched or imported again is refused before it touches the disk.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from crawlers.items import Document
from pipelines.settings import Settings


class Forgotten:
    """The fingerprints of one home folder.

    Args:
        path: the file; it need not exist.
        key: of pseudonyms.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._marks = set(path.read_text(encoding="ascii").split()) if path.exists() else set()

    @classmethod
    def of(cls, settings: Settings) -> Forgotten:
        """Those of a home folder."""
        return cls(settings.home / "state" / "erased.txt", settings.pseudonym_key())

    def __contains__(self, doc_id: str) -> bool:
        return bool(self._marks) and self._mark(doc_id) in self._marks

    def add(self, doc_ids: Iterable[str]) -> int:
        """Remember documents; safely on disk when this returns. Returns how many were new."""
        new = sorted({self._mark(doc_id) for doc_id in doc_ids} - self._marks)
        if new:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="ascii") as file:
                file.write("".join(f"{mark}\n" for mark in new))
                file.flush()
                os.fsync(file.fileno())
            self._marks.update(new)
        return len(new)

    def _mark(self, doc_id: str) -> str:
        return hmac.new(self._key, b"erased\x1f" + doc_id.encode(), hashlib.sha256).hexdigest()


def refusing(
    scrub: Callable[[Document], Document], forgotten: Forgotten
) -> Callable[[Document], Document | None]:
    """A mask that returns None for a document that was erased."""

    def scrub_or_refuse(document: Document) -> Document | None:
        clean = scrub(document)
        return None if clean.doc_id in forgotten else clean

    return scrub_or_refuse
