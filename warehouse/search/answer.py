"""Ask the index: hits in order, how many in all, by what, and what may have been meant."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

import tantivy

from warehouse.queries.documents import DocumentFilter
from warehouse.search.compiling import Compiled, Compiler
from warehouse.search.errors import IndexOutdatedError, QueryError
from warehouse.search.folder import SearchIndex, guarded
from warehouse.search.language import parse
from warehouse.search.schema import FACETS, VERSION
from warehouse.search.snippet import Marked, cut, marks
from warehouse.search.typos import meant
from warehouse.search.words import Words

Order = Literal["relevan", "terbaru"]
LITTLE = 3
"""With fewer hits, another spelling is suggested; with none, it is searched for."""
_MOST_VALUES = 1_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found.

    Attributes:
        doc_id: its id.
        title: title with the places of what was asked for.
        snippet: the part of its text that shows why; text, never markup.
        url: address of the original.
        day: calendar day in WIB; None: undated.
        at: moment it is dated at.
        labels: kind, source, topic, opd, kecamatan and sentiment.
    """

    doc_id: str
    title: Marked
    snippet: Marked
    url: str | None
    day: date | None
    at: datetime | None
    labels: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the index says.

    Attributes:
        total: documents that fit, all of them.
        hits: those of the page that was asked for.
        problem: why nothing was searched, as one sentence; None: it was.
        notes: sentences about what was understood otherwise than it was typed.
        suggestion: the question with another spelling ("mungkin maksud Anda").
        corrected: hits and total are those of `suggestion`.
        facets: field to (code, documents), most first; only if asked for.
        snapshot: of the lake that this rests on.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    problem: str | None = None
    notes: tuple[str, ...] = ()
    suggestion: str | None = None
    corrected: bool = False
    facets: Mapping[str, Sequence[tuple[str, int]]] | None = None
    snapshot: int = 0


def ask(
    index: SearchIndex,
    words: Words,
    wanted: DocumentFilter,
    *,
    order: Order = "relevan",
    limit: int = 20,
    offset: int = 0,
    facets: bool = False,
) -> Answer:
    """Answer a question.

    Args:
        index: an open index.
        words: the analyser it was made with.
        wanted: question (`words`, see `warehouse.search.language`) and filters; `story_id`, `parent_id`
            and `quick_win` are not in the index.
        order: by fit or by date.
        limit: hits at most.
        offset: hits to pass over.
        facets: also count by field.

    Raises:
        IndexOutdatedError: the index was made with another analyser or program.
        IndexDamagedError: a file cannot be read.
    """
    if index.marker.words != words.version or index.marker.version != VERSION:
        raise IndexOutdatedError
    asking = _Asking(index, words, wanted, order)
    try:
        first = asking.page(wanted.words, limit, offset, facets=facets)
        other = asking.spelling() if first.total < LITTLE else None
        if other and wanted.complaints_of is not None and not asking.page(other, 1, 0, facets=False).total:
            other = None  # a word of texts that whoever asks may not see
        if other is None or first.total:
            return replace(first, suggestion=other)
        second = asking.page(other, limit, offset, facets=facets)
    except QueryError as err:
        return Answer(problem=str(err), snapshot=index.marker.snapshot)
    return replace(second, suggestion=other, corrected=True) if second.total else first


def found_ids(index: SearchIndex, words: Words, wanted: DocumentFilter) -> list[str]:
    """Ids of all documents that fit, for counting further in the lake.

    Raises:
        QueryError: the question cannot be understood.
        IndexOutdatedError: see `ask`.
        IndexDamagedError: see `ask`.
    """
    if index.marker.words != words.version or index.marker.version != VERSION:
        raise IndexOutdatedError
    made = Compiler(index.index.schema, index.marker, words, ranked=False).compile(
        parse(wanted.words), wanted
    )
    with guarded():
        total = index.searcher.search(made.query, 1).count  # type: ignore[attr-defined]
        found = index.searcher.search(made.query, max(1, total), count=False).hits
        return [str(index.searcher.doc(address)["doc_id"][0]) for _, address in found]


class _Asking:
    """One question to one index."""

    def __init__(self, index: SearchIndex, words: Words, wanted: DocumentFilter, order: Order) -> None:
        self._index, self._words, self._wanted, self._order = index, words, wanted, order
        self._searcher = index.searcher
        self._asked = Compiled()

    def page(self, text: str, limit: int, offset: int, *, facets: bool) -> Answer:
        ranked = self._order == "relevan"
        compiler = Compiler(self._index.index.schema, self._index.marker, self._words, ranked=ranked)
        made = compiler.compile(parse(text), replace(self._wanted, words=text))
        self._asked = made
        newest = not ranked or not (made.words or made.phrases)
        by: dict[str, Any] = {"order_by_field": "at"} if newest else {}
        with guarded():
            found = self._searcher.search(made.query, max(1, limit), offset=offset, **by)
            hits = tuple(self._hit(address, made) for _, address in found.hits[:limit])
            counted = self._facets(made.query) if facets else None
        return Answer(
            found.count,  # type: ignore[attr-defined]
            hits,
            notes=tuple(made.notes),
            facets=counted,
            snapshot=self._index.marker.snapshot,
        )

    def spelling(self) -> str | None:
        """The question with the words that hardly occur spelt otherwise, or None."""
        text, changed = self._wanted.words, False
        for start, end, exact, _ in reversed(self._asked.words):
            if self._frequency(exact) >= LITTLE or text[start:end].lower() != exact:
                continue
            other = meant(exact, self._frequency)
            if other is not None:
                text, changed = text[:start] + other + text[end:], True
        return text if changed else None

    def _frequency(self, word: str) -> int:
        return self._searcher.doc_freq("exact", word)

    def _hit(self, address: tantivy.DocAddress, made: Compiled) -> Hit:
        stored = self._searcher.doc(address)
        facts = json.loads(stored["shown"][0])
        stems = {stem for _, _, _, own in made.words for stem in own}
        title, title_spans = self._words.spans(facts["title"] or "")
        text, text_spans = self._words.spans(facts["text"] or "")
        return Hit(
            str(stored["doc_id"][0]),
            Marked(title, tuple(marks(title_spans, stems, made.phrases))),
            cut(text, marks(text_spans, stems, made.phrases)),
            facts["url"],
            date.fromisoformat(facts["day"]) if facts["day"] else None,
            datetime.fromisoformat(facts["at"]) if facts["at"] else None,
            {name: facts[name] for name in FACETS},
        )

    def _facets(self, query: tantivy.Query) -> dict[str, list[tuple[str, int]]]:
        wanted = {name: {"terms": {"field": name, "size": _MOST_VALUES}} for name in FACETS}
        found = self._searcher.aggregate(query, wanted)
        return {name: [(one["key"], one["doc_count"]) for one in found[name]["buckets"]] for name in FACETS}
