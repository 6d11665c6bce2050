"""Find and read documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from warehouse.access import AccessError
from warehouse.access.wall import refuse_unseen
from warehouse.lake import Lake
from warehouse.queries.narrowed import Values, among, narrowed
from warehouse.queries.paging import window

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What to look for; an empty field does not restrict.

    Attributes:
        words: every word must occur in title or text (case-insensitive).
        first: earliest day (WIB).
        last: latest day (WIB).
        undated: only documents without a trustworthy date, which are counted in no week.
        complaints_of: of complaints only those of these offices, none if there are none here; None: all.
            Whoever keeps a search keeps their rights with it.
    """

    words: str = ""
    kinds: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    opd: tuple[str, ...] = ()
    kecamatan: tuple[str, ...] = ()
    sentiments: tuple[str, ...] = ()
    story_id: str | None = None
    parent_id: str | None = None
    quick_win: str | None = None
    first: date | None = None
    last: date | None = None
    undated: bool = False
    relevant_only: bool = True
    complaints_of: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows and how many there are in all.

    Attributes:
        rows: of this page.
        total: on all pages.
        withheld: how many more would fit that the viewer may not see; for the audit log only.
    """

    rows: pd.DataFrame
    total: int
    withheld: int = 0

    def pages(self, size: int) -> int:
        """How many pages of `size` rows there are in all, at least one."""
        return max(1, -(-self.total // size))


HIDDEN = "(kind = 'complaint' AND doc_id IN (SELECT doc_id FROM complaint WHERE confidentiality = 'rahasia'))"
"""A confidential complaint is counted and listed, but its words are neither shown (`mart_listed`) nor found."""

Found = tuple[str, "date | None", datetime]
"""A document where it was found: doc_id, day, fetched_at."""


def documents_by_id(lake: Lake, doc_ids: Sequence[str], days: Collection[date] = ()) -> pd.DataFrame:
    """Rows of `documents` for some ids, in their order; ids that are not there (any more) are left out.

    Args:
        lake: an open lake.
        doc_ids: the ids.
        days: where they are looked for first; who knows none waits until all days were looked at.
    """
    there = find_by_id(lake, doc_ids, days)
    place = {doc_id: at for at, doc_id in enumerate(doc_ids)}
    return listed(lake, sorted(there, key=lambda one: place[one[0]]))


def documents(lake: Lake, wanted: DocumentFilter, limit: int = 50, offset: int = 0) -> Page:
    """Documents that fit, newest first; a confidential complaint comes without its words.

    Returns:
        Columns of `mart_listed`, and the total.

    Raises:
        AccessError: only complaints of other offices are asked for.
    """
    refuse_others(lake, wanted)
    place, where, params = source(wanted), *conditions(wanted)
    page, total = newest(lake, place, where, params, limit, offset)
    withheld = 0
    if lake.viewer.walled and wanted.words.strip():
        counting = f"SELECT count(*) FROM {place} WHERE {where}"  # noqa: S608 - conditions of ours
        withheld = int(lake.whole.value(counting, params)) - total
    return Page(listed(lake, page), total, withheld)


def newest(
    lake: Lake, place: str, where: str, params: Mapping[str, Any], limit: int, offset: int = 0
) -> tuple[list[Found], int]:
    """The newest documents that meet a condition, and how many do.

    Args:
        lake: an open lake.
        place: where they are looked for: `document_fact` or a mart with its columns.
        where: the condition, text of ours.
        params: its parameters.
        limit: documents at most.
        offset: documents to pass over.
    """
    per_day = lake.rows(
        f"SELECT day, count(*) FROM {place} WHERE {where} GROUP BY day ORDER BY day DESC NULLS LAST",  # noqa: S608 - text of ours
        params,
    )
    part = window(per_day, limit, offset)
    page = lake.rows(
        f"SELECT doc_id, day, fetched_at FROM {place} WHERE {where} AND {part.condition()} "  # noqa: S608 - same
        "ORDER BY dated_at DESC NULLS LAST, doc_id LIMIT $limit OFFSET $offset",
        {**params, "limit": limit, "offset": part.offset},
    )
    return page, sum(n for _, n in per_day)


def refuse_others(lake: Lake, wanted: DocumentFilter) -> None:
    """Refuse questions for the complaints of other offices, and nothing else.

    Raises:
        AccessError: that is what is asked for.
    """
    who = lake.viewer
    if who.role == "opd" and wanted.kinds == ("complaint",) and wanted.opd and who.opd not in wanted.opd:
        raise AccessError("Aduan OPD lain hanya ditampilkan sebagai angka.", "complaints", wanted.opd[0])


def listed(lake: Lake, page: Sequence[Found]) -> pd.DataFrame:
    """Rows of `mart_listed`, in the order of `page`; what the viewer may not see is left out."""
    frame = narrowed(lake, "mart_listed", only_these(page)).set_index("doc_id")
    return frame.loc[[one[0] for one in page if one[0] in frame.index]].reset_index()


def document(lake: Lake, doc_id: str) -> dict[str, Any] | None:
    """One document with its labels and why, or None. The body is cut to an excerpt.

    A confidential complaint comes without its words.

    Raises:
        AccessError: the viewer does not see everything, and not this.
    """
    refuse_unseen(lake, doc_id)
    rows = lake.rows(
        "SELECT doc_id, day, fetched_at, relevance_score, topic_score FROM document_fact "
        "WHERE doc_key = key_of($id) AND doc_id = $id",
        {"id": doc_id},
    )
    if not rows:
        return None
    found: list[Found] = [row[:3] for row in rows]
    labels = {"doc_id": [doc_id], **_scored(*rows[0][3:])}
    only: dict[str, Values] = {**only_these(found), "enrichment": labels}
    row = dict(narrowed(lake, "mart_document", only).iloc[0])
    shown = listed(lake, found).iloc[0]
    return {**row, "title": shown["title"], "text": shown["excerpt"]}


def _scored(relevance: float | None, topic: float | None) -> Values:
    """What else is known of the labels that a fact was made of; numbers are read faster than ids.

    A score between 0 and 1 is the model's own; one that a person's correction put in its place is 0 or 1.
    """
    known = {"relevance_score": relevance, "topic_score": topic}
    return {name: [score] for name, score in known.items() if score is not None and 0 < score < 1}


def found_by_id(lake: Lake, doc_id: str) -> list[Found]:
    """Where one document is; empty if it is not there."""
    return lake.rows(
        "SELECT doc_id, day, fetched_at FROM document_fact WHERE doc_key = key_of($id) AND doc_id = $id",
        {"id": doc_id},
    )


def find(lake: Lake, wanted: Values) -> list[Found]:
    """Documents whose facts have one of the values of each column."""
    params: dict[str, Any] = {}
    where = among("document_fact", wanted, params)
    return lake.rows(f"SELECT doc_id, day, fetched_at FROM document_fact WHERE {where}", params)  # noqa: S608 - names of ours


def find_by_id(lake: Lake, doc_ids: Sequence[str], days: Collection[date] = ()) -> list[Found]:
    """Where some documents are; looked for on some days first, and elsewhere only if need be."""
    there = find(lake, {"doc_id": doc_ids, "day": days}) if days else []
    return there if len(there) >= len(set(doc_ids)) else find(lake, {"doc_id": doc_ids})


def only_these(found: Sequence[Found]) -> dict[str, dict[str, Sequence[Any]]]:
    """What to read of the large tables for some documents: their days and moments tell which files."""
    ids, days, moments = [[one[at] for one in found] for at in range(3)]
    facts: dict[str, Sequence[Any]] = {"doc_id": ids}
    if None not in days:
        facts["day"] = days
    return {"document_fact": facts, "document": {"doc_id": ids, "fetched_at": moments}}


def source(wanted: DocumentFilter) -> str:
    """Where documents are looked for: texts are read only if words are asked for."""
    return "mart_document" if wanted.words.strip() else "document_fact"


def conditions(wanted: DocumentFilter) -> tuple[str, dict[str, Any]]:
    """Conditions and their parameters; values never stand in the SQL text."""
    found = {**_lists(wanted), **_singles(wanted)}
    parts = ["relevant"] if wanted.relevant_only else ["true"]
    params: dict[str, Any] = {name: value for name, (_, value) in found.items()}
    parts += [condition for condition, _ in found.values()]
    if wanted.undated:
        parts.append("day IS NULL")
    words = wanted.words.split()
    if words:
        parts.append(f"NOT {HIDDEN}")
    for position, word in enumerate(words):
        parts.append(f"contains(lower(title || ' ' || text), $word{position})")
        params[f"word{position}"] = word.lower()
    return " AND ".join(parts), params


def _lists(wanted: DocumentFilter) -> dict[str, tuple[str, Any]]:
    """Conditions on what may be one of several, with their values."""
    found: dict[str, tuple[str, Any]] = {}
    for name, column in {
        "kinds": "kind", "sources": "source_id", "topics": "topic", "sentiments": "sentiment"
    }.items():  # fmt: skip
        if value := getattr(wanted, name):
            found[name] = (f"list_contains(${name}::VARCHAR[], {column})", list(value))
    for name, column in {"opd": "opd_ids", "kecamatan": "kecamatan_all"}.items():
        value = getattr(wanted, name)
        if len(value) == 1:  # a third quicker than `list_has_any`
            found[name] = (f"list_contains({column}, ${name})", value[0])
        elif value:
            found[name] = (f"list_has_any({column}, ${name}::VARCHAR[])", list(value))
    if len(wanted.opd) == 1 and source(wanted) == "document_fact":  # a third of the time of the list
        found["opd"] = ("contains(opd_key, ',' || $opd || ',')", wanted.opd[0])
    if wanted.complaints_of is not None:
        condition = "(kind <> 'complaint' OR list_has_any(opd_ids, $complaints_of::VARCHAR[]))"
        found["complaints_of"] = (condition, list(wanted.complaints_of))
    return found


def _singles(wanted: DocumentFilter) -> dict[str, tuple[str, Any]]:
    """Conditions on what has one value, with the value."""
    conditions = {
        "story_id": "story_id = $story_id",
        "parent_id": "parent_id = $parent_id",
        "quick_win": "list_contains(quick_wins, $quick_win)",
        "first": "day >= $first",
        "last": "day <= $last",
    }
    return {
        name: (condition, value)
        for name, condition in conditions.items()
        if (value := getattr(wanted, name)) is not None
    }
