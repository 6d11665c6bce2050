"""Documents of APIs, which are asked for again and again: new, changed, recounted or gone.

An API names each thing by an id of its own. What was taken is remembered by that id with a
digest of its words and its counts, so that a video whose views grew costs one small record and
not a new copy of its text.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from crawlers.items import Counts, Tombstone, document_id
from crawlers.state import Item

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from crawlers.intake import Intake
    from crawlers.items import Document

Verdict = Literal["new", "changed", "recounted", "known", "refused"]


def item_of(document: Document, parent: str | None = None) -> Item:
    """Return what to remember of a document. Pure.

    Args:
        document: as its adapter made it, with an external id.
        parent: external id of what it stands under.

    Raises:
        ValueError: it has no external id.
    """
    if not document.external_id:
        raise ValueError(f"a {document.kind} of an API needs the platform's id")
    said = f"{document.title}\x1f{document.text}"
    if document.complaint is not None:
        said += f"\x1f{document.complaint!r}"  # a case that moved on is another one
    words = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    counts = json.dumps(document.metrics, sort_keys=True)
    return Item(document.kind, document.external_id, parent, words, counts, document.fetched_at)


def judge(before: Item | None, now: Item) -> Verdict:
    """Say what became of a document since it was last seen. Pure."""
    if before is None or before.gone:
        return "new"
    if before.words != now.words:
        return "changed"
    return "known" if before.counts == now.counts else "recounted"


class Shelf:
    """Settles the documents of one source's API.

    Args:
        intake: the desk.
        source_id: the source.
        now: the clock.
    """

    def __init__(self, intake: Intake, source_id: str, now: Callable[[], datetime]) -> None:
        self._intake, self._source, self._now = intake, source_id, now

    def known(self, kind: str, external_id: str) -> Item | None:
        """Return what is remembered of a document that is still there."""
        item = self._intake.known(self._source, kind, external_id)
        return None if item is None or item.gone else item

    def settle(self, document: Document, parent: str | None = None) -> Verdict:
        """Store a document, or the part of it that is new.

        Args:
            document: as its adapter made it; its counts may be incomplete.
            parent: external id of what it stands under.
        """
        item = item_of(document, parent)
        before = self._intake.known(self._source, item.kind, item.external_id)
        if before is not None and parent is None:
            item = replace(item, parent=before.parent)
        verdict = judge(before, item)
        if verdict in {"new", "changed"}:
            return self._offer(document, item, verdict)
        record = None
        if verdict == "recounted":
            record = Counts(self._source, document.doc_id, document.metrics, document.fetched_at)
        self._intake.again(self._source, item, record)
        return verdict

    def gone(self, item: Item, reason: str) -> None:
        """Bury a document that its platform shows no more, or that was kept for too long."""
        doc_id = document_id(item.kind, self._source, item.external_id, None)
        now = self._now()
        buried = replace(item, at=now, gone=True, words="", counts="{}")
        self._intake.again(self._source, buried, Tombstone(self._source, doc_id, reason, now))

    def _offer(self, document: Document, item: Item, verdict: Verdict) -> Verdict:
        # only a refusal is remembered by this key: refused again, it would be counted every time
        key = f"refused {item.kind} {item.external_id} {item.words}"
        if not self._intake.fresh(self._source, [key]):
            self._intake.duplicate(self._source)
            return "refused"
        done = self._intake.offer(self._source, document, [key], revised=True, item=item)
        return verdict if done == "stored" else "refused"
