"""Which story an article belongs to: that of the earlier article it is most like.

Every article hangs on one earlier article or on none, so stories are trees, and where an article
hangs depends on nothing but its links and the stories of the earlier articles at their ends. A
change is therefore followed forward in time from article to article and ends where nothing changes
any more; the result is the same as if all had been settled anew.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles of one story.

    Attributes:
        later: id of the later article.
        earlier: id of the earlier one.
        share: containment of the shorter text in the other one, 0 to 1.
        event: likeness of what they are about, 0 to 1.
    """

    later: str
    earlier: str
    share: float
    event: float


@dataclass(frozen=True, slots=True)
class Node:
    """An article and its place.

    Attributes:
        moment: publication, aware.
        parent: the earlier article it hangs on, if any.
        root: the first article of its story; itself if it has no parent.
        root_at: publication of the root.
        copy_of: the earliest article whose text it repeats, if any.
    """

    doc_id: str
    moment: datetime
    parent: str | None = None
    root: str = ""
    root_at: datetime | None = None
    copy_of: str | None = None

    @property
    def order(self) -> tuple[datetime, str]:
        """By moment, then id."""
        return self.moment, self.doc_id


class Graph:
    """Articles and the links between them, as far as they were added."""

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self._before: dict[str, dict[str, Link]] = {}
        self._after: dict[str, set[str]] = {}

    def add(self, nodes: Iterable[Node], links: Iterable[Link]) -> None:
        """Add articles and links; what is there already stays as it is."""
        for node in nodes:
            self.nodes.setdefault(node.doc_id, node)
        for link in links:
            self._before.setdefault(link.later, {}).setdefault(link.earlier, link)
            self._after.setdefault(link.earlier, set()).add(link.later)

    def before(self, doc_id: str) -> list[Link]:
        """Links of an article to earlier ones that are among the nodes, earliest first."""
        links = [link for link in self._before.get(doc_id, {}).values() if link.earlier in self.nodes]
        return sorted(links, key=lambda link: self.nodes[link.earlier].order)

    def after(self, doc_id: str) -> list[str]:
        """Articles that have a link to this earlier one."""
        return [later for later in self._after.get(doc_id, ()) if later in self.nodes]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Thresholds, see `pairs`."""

    same_story: float
    same_text: float
    window: timedelta


def settle(
    graph: Graph, dirty: Iterable[str], bounds: Bounds, ahead: Callable[[Node], None] = lambda _: None
) -> dict[str, Node]:
    """Place again what is dirty, and whatever that moves.

    Args:
        graph: its nodes are replaced in place.
        dirty: ids of articles that are new, changed, or linked to such.
        bounds: thresholds.
        ahead: called with an article before it is placed, to add to the graph what lies within a
            window around it.

    Returns:
        The articles that are placed differently than before, by id.
    """
    queue = [graph.nodes[doc_id].order for doc_id in set(dirty)]
    heapq.heapify(queue)
    moved: dict[str, Node] = {}
    last = None
    while queue:
        turn = heapq.heappop(queue)
        if turn == last:
            continue
        last = turn
        old = graph.nodes[turn[1]]
        ahead(old)
        new = _placed(graph, old, bounds)
        if new == old:
            continue
        graph.nodes[new.doc_id] = moved[new.doc_id] = new
        if (new.root, new.root_at) != (old.root, old.root_at):
            for later in graph.after(new.doc_id):
                heapq.heappush(queue, graph.nodes[later].order)
    return moved


def _placed(graph: Graph, node: Node, bounds: Bounds) -> Node:
    links = graph.before(node.doc_id)
    copied = next((link.earlier for link in links if link.share >= bounds.same_text), None)
    near = [link for link in links if node.moment - _start(graph, link) <= bounds.window]
    if not near:
        return replace(node, parent=None, root=node.doc_id, root_at=node.moment, copy_of=copied)
    # Shared text says more than shared words; of equals the earliest.
    best = max(near, key=lambda link: (link.share if link.share >= bounds.same_story else 0.0, link.event))
    story = graph.nodes[best.earlier]
    return replace(node, parent=best.earlier, root=story.root, root_at=story.root_at, copy_of=copied)


def _start(graph: Graph, link: Link) -> datetime:
    """When the story of the earlier article began."""
    node = graph.nodes[link.earlier]
    return node.root_at or node.moment
