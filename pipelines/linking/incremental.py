"""Link what is new or changed, with what lies near it in time; the rest stays as it is.

Texts are read again for the two weeks on both sides of a change instead of keeping signatures: a
window of them is read in a second or two however large the lake is, and nothing made of words
outlives the words (decision 16).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from pipelines.linking.article import Article, articles
from pipelines.linking.forest import Graph, Link, Node, settle
from pipelines.linking.pairs import BOUNDS, RULE, WINDOW, links
from pipelines.progress import Progress
from warehouse import Lake
from warehouse.store.linking import (
    Changes,
    Linked,
    articles_between,
    later_neighbours,
    link_changes,
    linked_articles,
    linked_between,
    store_links,
)

_SLICE = 4_000
_BLOCK = timedelta(days=28)
_EPOCH = datetime(2000, 1, 3, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of linking did.

    Attributes:
        total: articles there are.
        fresh: articles that were new or changed.
        changed: ids of documents whose story or original is another one than before.
        gone: ids of documents that were linked and are no more.
    """

    total: int
    fresh: int
    changed: set[str]
    gone: set[str]


def link(lake: Lake, progress: Progress) -> Outcome:
    """Bring the stories up to date with the documents."""
    changes = link_changes(lake, RULE)
    progress.begin("Merangkai cerita", len(changes.fresh))
    if not changes.fresh and not changes.gone:
        return Outcome(changes.total, 0, set(), set())
    before = {row["doc_id"]: row for row in linked_articles(lake, [*changes.fresh, *changes.gone])}
    found, frozen = _new_links(lake, changes, before, progress)
    stale = (changes.fresh.keys() - frozen) | changes.gone
    region = _Region(lake, stale, frozen, changes.gone)
    region.graph.add((_fresh_node(row, before) for row in changes.fresh.values()), found)
    neighbours = later_neighbours(lake, stale)
    region.load([*(row["dated_at"] for row in changes.fresh.values()), *(moment for _, moment in neighbours)])
    touched = {one.later for one in found} | {doc_id for doc_id, _ in neighbours} | stale
    dirty = touched & region.graph.nodes.keys()
    moved = settle(region.graph, dirty, BOUNDS, lambda node: region.load([node.moment]))
    written = changes.fresh.keys() | moved.keys()
    known = {**region.rows, **changes.fresh}
    rows = [_row(region.graph.nodes[doc_id], known[doc_id]) for doc_id in sorted(written)]
    linked = Linked(rows, _link_rows(region.graph, found), stale, frozen, changes.gone)
    return Outcome(changes.total, len(changes.fresh), store_links(lake, linked), changes.gone)


def _new_links(
    lake: Lake, changes: Changes, before: Mapping[str, Any], progress: Progress
) -> tuple[list[Link], set[str]]:
    """Links of the fresh articles, and articles whose words are gone: what they were linked to stays."""
    found: dict[tuple[str, str], Link] = {}
    frozen: set[str] = set()
    known: dict[str, Article] = {}
    for part in _slices(changes.fresh.values()):
        first, last = part[0]["dated_at"] - WINDOW, part[-1]["dated_at"] + WINDOW
        rows = articles_between(lake, first, last)
        linked = before.keys() | {row["doc_id"] for row in rows if row["doc_id"] not in changes.fresh}
        frozen |= {row["doc_id"] for row in rows if not row["worded"]} & linked
        known = {key: one for key, one in known.items() if one.moment >= first}
        new = articles([row for row in rows if row["doc_id"] not in known])
        known |= {one.doc_id: one for one in new}
        wanted = {row["doc_id"] for row in part} - frozen
        for one in links(list(known.values()), wanted):
            ends = {one.later, one.earlier}
            if not ends & frozen or ends - before.keys() - frozen:
                found[one.later, one.earlier] = one
        progress.advance(len(part))
    return list(found.values()), frozen


def _slices(rows: Iterable[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """Rows by moment, so many at a time, and not far apart: what lies between would be read for nothing."""
    part: list[Mapping[str, Any]] = []
    for row in sorted(rows, key=lambda row: (row["dated_at"], row["doc_id"])):
        if part and (len(part) == _SLICE or row["dated_at"] - part[-1]["dated_at"] > 2 * WINDOW):
            yield part
            part = []
        part.append(row)
    if part:
        yield part


class _Region:
    """The part of the lake's links that was needed so far."""

    def __init__(
        self, lake: Lake, stale: Collection[str], frozen: Collection[str], gone: Collection[str]
    ) -> None:
        self._lake, self._stale, self._frozen, self._gone = lake, stale, frozen, gone
        self._loaded: set[int] = set()
        self.rows: dict[str, Mapping[str, Any]] = {}
        self.graph = Graph()

    def load(self, moments: Iterable[datetime]) -> None:
        """Add what lies within a window on both sides of these moments."""
        wanted = {
            number
            for moment in moments
            for number in range(
                (moment - WINDOW - _EPOCH) // _BLOCK, (moment + WINDOW - _EPOCH) // _BLOCK + 1
            )
        } - self._loaded
        self._loaded |= wanted
        for first in sorted(wanted):
            if first - 1 not in wanted:
                last = next(number for number in count(first + 1) if number not in wanted)
                self._add(_EPOCH + first * _BLOCK, _EPOCH + last * _BLOCK)

    def _add(self, first: datetime, last: datetime) -> None:
        nodes, linked = linked_between(self._lake, first, last)
        self.rows |= {row["doc_id"]: row for row in nodes}
        self.graph.add(
            (_node(row) for row in nodes if row["doc_id"] not in self._gone),
            (
                Link(row["doc_id"], row["earlier_id"], row["share"], row["event"])
                for row in linked
                if self._stays(row["doc_id"], row["earlier_id"])
            ),
        )

    def _stays(self, *ends: str) -> bool:
        """Whether a link was not looked at anew; `store_links` says the same of the rows."""
        if any(end in self._gone for end in ends):
            return False
        return any(end in self._frozen for end in ends) or not any(end in self._stale for end in ends)


def _node(row: Mapping[str, Any]) -> Node:
    return Node(
        row["doc_id"], row["dated_at"], row["parent_id"], row["root_id"], row["root_at"], row["copy_of"]
    )


def _fresh_node(row: Mapping[str, Any], before: Mapping[str, Any]) -> Node:
    """An article that is new or changed: where it hung, if it did, and when it is now."""
    old = before.get(row["doc_id"])
    return _node({**old, "dated_at": row["dated_at"]}) if old else Node(row["doc_id"], row["dated_at"])


def _row(node: Node, known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "doc_id": node.doc_id, "mark": known["mark"], "source_id": known["source_id"],
        "dated_at": node.moment, "elsewhere": known["elsewhere"], "parent_id": node.parent,
        "root_id": node.root, "root_at": node.root_at, "copy_of": node.copy_of,
    }  # fmt: skip


def _link_rows(graph: Graph, found: Sequence[Link]) -> list[dict[str, Any]]:
    return [
        {
            "doc_id": one.later, "earlier_id": one.earlier, "dated_at": graph.nodes[one.later].moment,
            "share": one.share, "event": one.event,
        }
        for one in found
        if one.later in graph.nodes and one.earlier in graph.nodes  # stored while this run was reading
    ]  # fmt: skip
