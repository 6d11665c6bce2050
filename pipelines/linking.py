"""Which articles tell one story: near-duplicates by shared word runs. Pure and deterministic.

Measured lead (docs/decisions/0004): MinHash with 64 bands finds candidates, exact
containment of word 4-grams decides. Two texts that are alike but speak of different
kecamatan are two events told from one template, not one story.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rensa import RMinHash, RMinHashLSH

SHINGLE_WORDS = 4
PERMUTATIONS, BANDS, SEED = 128, 64, 3318
SAME_STORY = 0.3
"""Least share of the shorter text's word runs that the other one must contain."""
SAME_TEXT = 0.7
"""From this share on, an article counts as a copy of the other one's text."""
CLONE_SHARE, CLONE_LEAST = 0.8, 10
"""A source is a clone of another one when this share of at least so many articles copies it."""
WINDOW = timedelta(days=14)
"""No story is longer than this, from its first article to its last: press texts return every season."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Article:
    """What linking looks at.

    Attributes:
        source_id: who published it.
        moment: publication, aware.
        kecamatan: where it happens, as far as the text says.
        shingles: hashes of its word runs.
        elsewhere: it lies on a site that is not its source's own.
    """

    doc_id: str
    source_id: str
    moment: datetime
    kecamatan: frozenset[str]
    shingles: frozenset[int]
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles of one story; `share` is the containment of the shorter in the longer."""

    earlier: int
    later: int
    share: float


def article(row: Mapping[str, Any]) -> Article:
    """Read a row of `articles_to_link`."""
    words = _WORD.findall(f"{row['title']} {row['text']}".lower())
    runs = [" ".join(words[i : i + SHINGLE_WORDS]) for i in range(max(1, len(words) - SHINGLE_WORDS + 1))]
    return Article(
        row["doc_id"],
        row["source_id"],
        row["dated_at"],
        frozenset(row["kecamatan_all"] or ()),
        # crc32 is stable between processes and fast; a rare clash cannot reach the thresholds.
        frozenset(zlib.crc32(run.encode()) for run in runs),
        elsewhere="other_site" in (row.get("flags") or ()),
    )


def links(articles: Sequence[Article]) -> list[Link]:
    """Pairs of articles that tell one story.

    Args:
        articles: ordered by moment, then id.

    Returns:
        Links by position, in order.
    """
    index = RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=BANDS)
    found = []
    for later, one in enumerate(articles):
        sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
        sketch.update([str(value) for value in one.shingles])
        for earlier in sorted(index.query(sketch)):
            share = _share(articles[earlier], one)
            if share >= SAME_STORY:
                found.append(Link(earlier, later, share))
        index.insert(later, sketch)
    return found


def _share(earlier: Article, later: Article) -> float:
    if later.moment - earlier.moment > WINDOW:
        return 0.0
    if earlier.kecamatan and later.kecamatan and not earlier.kecamatan & later.kecamatan:
        return 0.0
    shorter = min(len(earlier.shingles), len(later.shingles))
    return len(earlier.shingles & later.shingles) / shorter if shorter else 0.0


@dataclass(frozen=True, slots=True)
class Clone:
    """A source that republishes another one.

    Attributes:
        source_id: who copies.
        original_id: whom.
        n_articles: articles of the copier that were looked at.
        n_copies: how many of them repeat an earlier text of the original.
        configured: named in sources.yaml; otherwise found by counting.
    """

    source_id: str
    original_id: str
    n_articles: int
    n_copies: int
    configured: bool


def stories(
    articles: Sequence[Article], configured: Mapping[str, str] | None = None
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[Clone]]:
    """Group articles into stories.

    Every article belongs to exactly one story; most are alone in theirs. The id of a story is
    a hash of its earliest article's id, so the same articles always give the same stories. A
    story is led by its earliest article that is not on a clone, nor on a site that is not its
    source's own.

    Args:
        articles: ordered by moment, then id.
        configured: known clones, source id to the original's id.

    Returns:
        Rows of the `story` and `story_member` tables, and the clones.
    """
    parent, copy_of = _joined(articles)
    groups: dict[int, list[int]] = {}
    for position in range(len(articles)):
        groups.setdefault(_root(parent, position), []).append(position)
    found = clones(articles, copy_of, configured or {})
    heads, members = _rows(articles, groups, copy_of, {clone.source_id for clone in found})
    return heads, members, found


def clones(
    articles: Sequence[Article], copy_of: Mapping[int, int], configured: Mapping[str, str]
) -> list[Clone]:
    """Find the sources whose articles are nearly all copies of one other source's."""
    total = Counter(one.source_id for one in articles)
    pairs = Counter((articles[copy].source_id, articles[first].source_id) for copy, first in copy_of.items())
    found = [
        Clone(source, original, total[source], pairs[source, original], configured=True)
        for source, original in configured.items()
    ]
    for (source, original), count in pairs.items():
        nearly_all = total[source] >= CLONE_LEAST and count >= CLONE_SHARE * total[source]
        if nearly_all and source != original and source not in configured:
            found.append(Clone(source, original, total[source], count, configured=False))
    return sorted(found, key=lambda clone: clone.source_id)


def _root(parent: list[int], position: int) -> int:
    while parent[position] != position:
        parent[position] = parent[parent[position]]
        position = parent[position]
    return position


def _joined(articles: Sequence[Article]) -> tuple[list[int], dict[int, int]]:
    """Join linked articles (as a union-find forest), and note which repeat an earlier text."""
    parent = list(range(len(articles)))
    copy_of: dict[int, int] = {}
    last = [one.moment for one in articles]
    for link in links(articles):
        first, second = sorted((_root(parent, link.earlier), _root(parent, link.later)))
        newest = max(last[first], last[second])
        if newest - articles[first].moment > WINDOW:
            continue  # a chain of seasonal texts would otherwise become one endless story
        parent[second] = first
        last[first] = newest
        if link.share >= SAME_TEXT:
            copy_of.setdefault(link.later, link.earlier)
    return parent, copy_of


def _rows(
    articles: Sequence[Article],
    groups: Mapping[int, list[int]],
    copy_of: Mapping[int, int],
    copiers: set[str],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    heads, members = [], []
    for positions in groups.values():
        first = articles[positions[0]]
        own = [p for p in positions if articles[p].source_id not in copiers and not articles[p].elsewhere]
        lead = articles[own[0]] if own else first
        story_id = "s-" + hashlib.blake2b(first.doc_id.encode(), digest_size=10).hexdigest()
        heads.append(
            {
                "story_id": story_id,
                "lead_doc_id": lead.doc_id,
                "first_at": first.moment,
                "last_at": articles[positions[-1]].moment,
            }
        )
        members += [
            {
                "story_id": story_id,
                "doc_id": articles[position].doc_id,
                "copy_of": articles[copy_of[position]].doc_id if position in copy_of else None,
            }
            for position in positions
        ]
    return heads, members
