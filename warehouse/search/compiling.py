"""A question and filters → a query of the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import tantivy
from tantivy import Occur, Query

from warehouse.queries.documents import DocumentFilter
from warehouse.search.errors import QueryError
from warehouse.search.language import Part, Question
from warehouse.search.names import code
from warehouse.search.schema import STATE, Marker
from warehouse.search.words import Words

TITLE_WEIGHT, EXACT_WEIGHT = 2.0, 0.7
"""How much more a word counts in the title, and in the very form that was asked for."""
LISTS = {
    "kinds": "kind", "sources": "source", "topics": "topic", "opd": "opd", "kecamatan": "kecamatan",
    "sentiments": "sentiment",
}  # fmt: skip
_ELSEWHERE = ("story_id", "parent_id", "quick_win")

Clause = tuple[Occur, Query]


@dataclass(slots=True)
class Compiled:
    """A query, and what its words are.

    Attributes:
        query: for the index.
        words: words that must occur: where they stand in the question, as written, stems.
        phrases: word sequences that must occur.
        notes: sentences about words that were passed over.
    """

    query: Query = field(default_factory=Query.empty_query)
    words: list[tuple[int, int, str, tuple[str, ...]]] = field(default_factory=list)
    phrases: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Compiler:
    """Makes queries for one index.

    Args:
        schema: of the index.
        marker: of the index: names of filter values.
        words: the analyser.
        ranked: the order of results follows how well they fit.
    """

    def __init__(self, schema: tantivy.Schema, marker: Marker, words: Words, *, ranked: bool) -> None:
        self._schema, self._marker, self._words, self._ranked = schema, marker, words, ranked

    def compile(self, question: Question, wanted: DocumentFilter) -> Compiled:
        """Make the query.

        Raises:
            QueryError: with one sentence.
        """
        made = Compiled(notes=list(question.notes))
        must: list[Clause] = []
        for group in question.groups:
            found = [(part, query) for part in group if (query := self._part(part, made)) is not None]
            if found:
                query = (
                    found[0][1]
                    if len(found) == 1
                    else Query.boolean_query([(Occur.Should, q) for _, q in found])
                )
                must.append((Occur.MustNot if found[0][0].no else Occur.Must, query))
        if question.groups and not must:
            raise QueryError("Tulis setidaknya satu kata dengan huruf atau angka.")
        if not question.groups and not wanted.words.strip() and not self._restricts(wanted, question):
            raise QueryError("Tulis kata yang dicari atau pilih saringan.")
        must += self._filters(wanted, question)
        if not any(occur == Occur.Must for occur, _ in must):
            must.append((Occur.Must, Query.all_query()))
        made.query = Query.boolean_query([*must, (Occur.MustNot, self._term("what", STATE))])
        return made

    def _restricts(self, wanted: DocumentFilter, question: Question) -> bool:
        given = (*(getattr(wanted, name) for name in LISTS), wanted.first, wanted.last, wanted.undated)
        return any(given) or bool(question.first or question.last)

    def _term(self, name: str, value: str) -> Query:
        return Query.term_query(self._schema, name, value)

    def _part(self, part: Part, made: Compiled) -> Query | None:
        if part.field not in (None, "title"):
            return _silent(self._term(part.field, code(part.field, part.text, self._marker.names)))
        _, spans = self._words.spans(part.text)
        if not spans:
            made.notes.append(f"'{part.text[:40]}' tidak memuat huruf atau angka dan dilewati.")
            return None
        if part.phrase:
            return self._phrase(part, [span[2] for span in spans], made)
        if not part.no:
            made.words += [(part.start + a, part.start + b, exact, stems) for a, b, exact, stems in spans]
        each = [self._word(exact, stems, part) for _, _, exact, stems in spans]
        return each[0] if len(each) == 1 else Query.boolean_query([(Occur.Must, one) for one in each])

    def _phrase(self, part: Part, exact: list[str], made: Compiled) -> Query:
        if not part.no:
            made.phrases.append(exact)
        name = "title" if part.field else "exact"
        if len(exact) == 1:
            return self._term(name, exact[0])
        return Query.phrase_query(self._schema, name, list(exact))

    def _word(self, exact: str, stems: tuple[str, ...], part: Part) -> Query:
        """Every stem must occur; the form that was asked for and the title only add to the rank."""
        written, stemmed = ("title", "title_stem") if part.field else ("exact", "stem")
        if not stems:
            return self._term(written, exact)
        must = [(Occur.Must, self._term(stemmed, one)) for one in dict.fromkeys(stems)]
        if not self._ranked or part.no:
            return must[0][1] if len(must) == 1 else Query.boolean_query(must)
        more = [(Occur.Should, Query.boost_query(self._term(written, exact), EXACT_WEIGHT))]
        if not part.field:
            more += [
                (Occur.Should, Query.boost_query(self._term("title_stem", one), TITLE_WEIGHT))
                for one in dict.fromkeys(stems)
            ]
        return Query.boolean_query([*must, *more])

    def _filters(self, wanted: DocumentFilter, question: Question) -> list[Clause]:
        if any(getattr(wanted, name) is not None for name in _ELSEWHERE):
            raise ValueError(f"the index does not know {', '.join(_ELSEWHERE)}")
        made: list[Clause] = []
        for name, into in LISTS.items():
            if values := list(getattr(wanted, name)):
                one = len(values) == 1
                query = (
                    self._term(into, values[0]) if one else Query.term_set_query(self._schema, into, values)
                )
                made.append((Occur.Must, _silent(query)))
        if wanted.relevant_only:
            made.append((Occur.Must, _silent(Query.term_query(self._schema, "relevant", True))))  # noqa: FBT003 - a value
        first = _later([wanted.first, question.first])
        last = _earlier([wanted.last, question.last])
        if first or last:
            made.append((Occur.Must, _silent(self._days(first, last))))
        if wanted.undated:
            made.append((Occur.MustNot, Query.exists_query("day")))
        if wanted.complaints_of is not None:
            made.append((Occur.MustNot, self._others(wanted.complaints_of)))
        return made

    def _others(self, offices: Sequence[str]) -> Query:
        """Complaints of none of these offices."""
        own = [(Occur.MustNot, self._term("opd", one)) for one in offices]
        return Query.boolean_query([(Occur.Must, self._term("kind", "complaint")), *own])

    def _days(self, first: date | None, last: date | None) -> Query:
        if first and last and first > last:
            raise QueryError(f"Rentang tanggal terbalik: dari {first:%d-%m-%Y} sampai {last:%d-%m-%Y}.")
        bounds = (first.toordinal() if first else None, last.toordinal() if last else None)
        return Query.range_query(self._schema, "day", tantivy.FieldType.Integer, *bounds)


def _silent(query: Query) -> Query:
    """A condition that says nothing about how well a document fits."""
    return Query.const_score_query(query, 0.0)


def _later(days: Sequence[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def _earlier(days: Sequence[date | None]) -> date | None:
    return min((day for day in days if day), default=None)
