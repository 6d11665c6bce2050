"""Lists of the news page by the search index; without one, by comparing letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from warehouse.lake import Lake
from warehouse.queries.documents import DocumentFilter, Page, documents, documents_by_id, refuse_others
from warehouse.queries.explore import find_stories
from warehouse.search.answer import Answer, ask, found_ids
from warehouse.search.errors import QueryError, SearchIndexError
from warehouse.search.folder import SearchIndex, open_index
from warehouse.search.words import Words

WITHOUT = "Sementara ini hanya huruf yang persis sama yang ditemukan."


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results, sentences about how they were found, and another spelling that may be meant.

    `withheld` as in `Page`.
    """

    page: Page
    said: tuple[str, ...] = ()
    suggestion: str | None = None
    withheld: int = 0


def search_documents(
    lake: Lake, words: Words, wanted: DocumentFilter, limit: int = 20, offset: int = 0
) -> Found:
    """Documents that fit, newest first; columns of `documents`."""
    refuse_others(lake, wanted)
    seen = within(lake, wanted)

    def by_index(index: SearchIndex) -> Found:
        answer = ask(index, words, seen, order="terbaru", limit=limit, offset=offset)
        days = {hit.day for hit in answer.hits if hit.day}
        rows = documents_by_id(lake, [hit.doc_id for hit in answer.hits], days)
        withheld = _withheld(index, words, wanted, seen)
        return Found(Page(rows, answer.total), _said(answer), answer.suggestion, withheld)

    return _or_by_letters(lake, by_index, lambda: documents(lake, wanted, limit, offset))


def search_stories(
    lake: Lake, words: Words, wanted: DocumentFilter, limit: int = 20, offset: int = 0
) -> Found:
    """Stories with an article that fits; columns of `find_stories`."""
    seen = within(lake, wanted)

    def by_index(index: SearchIndex) -> Found:
        answer = ask(index, words, seen, limit=1)
        text = answer.suggestion if answer.corrected and answer.suggestion else wanted.words
        ids = [] if answer.problem else found_ids(index, words, replace(seen, words=text))
        page = find_stories(lake, replace(wanted, words=""), limit, offset, doc_ids=ids)
        return Found(page, _said(answer), answer.suggestion)

    return _or_by_letters(lake, by_index, lambda: find_stories(lake, wanted, limit, offset))


def within(lake: Lake, wanted: DocumentFilter) -> DocumentFilter:
    """The same question, without the complaints that are none of the viewer's business.

    The index knows whole texts, so somebody who sees only examples finds no complaint by its words.
    """
    who = lake.viewer
    return replace(wanted, complaints_of=(who.opd,) if who.opd else ()) if who.walled else wanted


def _withheld(index: SearchIndex, words: Words, wanted: DocumentFilter, seen: DocumentFilter) -> int:
    """How many documents would fit that the viewer may not see."""
    if wanted == seen:
        return 0
    try:
        everything, allowed = (len(found_ids(index, words, one)) for one in (wanted, seen))
    except QueryError:
        return 0
    return everything - allowed


def _or_by_letters(lake: Lake, by_index: Callable[[SearchIndex], Found], plain: Callable[[], Page]) -> Found:
    try:
        return by_index(open_index(lake.home))
    except SearchIndexError as err:
        page = plain()
        return Found(page, (str(err), WITHOUT), withheld=page.withheld)


def _said(answer: Answer) -> tuple[str, ...]:
    said = [*answer.notes, *([answer.problem] if answer.problem else [])]
    if answer.suggestion:
        how = "Tidak ada yang cocok; ditampilkan hasil untuk" if answer.corrected else "Mungkin maksud Anda"
        said.append(f"{how}: {answer.suggestion}")
    return tuple(said)
