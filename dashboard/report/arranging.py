"""Blocks of a section with other words, without what is hidden, in another order. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from dashboard.report.text import breakable

Block = Mapping[str, Any]
Moves = Sequence[tuple[str, int]]
MARK = "*"
"""Stands behind the id of a sentence that a person wrote."""
LINKS = "Isu"
"""Heading of the first column of the list of links in the annex: the number of the story."""


def arranged(
    blocks: Sequence[Block], words: Mapping[str, str], hidden: AbstractSet[str], moves: Moves
) -> list[Block]:
    """The blocks of a section as people want them.

    Args:
        blocks: plain values as `document.compose` makes them.
        words: other words by id.
        hidden: ids that are left out; a story goes by the id of its title.
        moves: id and new place among its like.
    """
    ordered = _ordered_stories(list(blocks), moves)
    kept = [new for block in ordered if (new := _block(block, words, hidden, moves)) is not None]
    return _ranked(kept, blocks)


def flat_said(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every sentence with an id, in the order of the page."""
    for block in blocks:
        kind = block["kind"]
        if kind == "beside":
            yield from flat_said([*block["left"], *block["right"]])
        elif kind in ("text", "bullets"):
            yield from (one for one in block["said"] if one["id"])
        elif kind == "callout":
            yield block["said"]
        elif kind == "issue":
            yield from (block["title"], block["volume"])


def _ordered_stories(blocks: list[Block], moves: Moves) -> list[Block]:
    stories = [block for block in blocks if block["kind"] == "issue"]
    again = iter(moved(stories, [block["title"]["id"] for block in stories], moves))
    return [next(again) if block["kind"] == "issue" else block for block in blocks]


def moved(items: Sequence[Block], ids: Sequence[str], moves: Moves) -> list[Block]:
    """Items in their new order; moves of others are none of theirs."""
    pairs = list(zip(ids, items, strict=True))
    for key, place in moves:
        at = next((n for n, (one, _) in enumerate(pairs) if one == key), None)
        if at is not None and place >= 1:
            pairs.insert(min(place, len(pairs)) - 1, pairs.pop(at))
    return [item for _, item in pairs]


def _block(block: Block, words: Mapping[str, str], hidden: AbstractSet[str], moves: Moves) -> Block | None:
    """One block, or None if nothing of it is left."""
    kind = block["kind"]
    if kind == "beside":
        sides = {side: arranged(block[side], words, hidden, moves) for side in ("left", "right")}
        return {**block, **sides}
    if kind in ("text", "bullets"):
        found = block["said"]
        if kind == "bullets":
            found = moved(found, [one["id"] for one in found], moves)
        said = [_said(one, words) for one in found if one["id"] not in hidden or not one["id"]]
        return {**block, "said": said} if said else None
    if kind == "callout":
        return None if block["said"]["id"] in hidden else {**block, "said": _said(block["said"], words)}
    if kind == "issue":
        if block["title"]["id"] in hidden:
            return None
        return {**block, "title": _said(block["title"], words), "volume": _said(block["volume"], words)}
    return block


def _said(said: Block, words: Mapping[str, str]) -> Block:
    new = words.get(said["id"])
    return said if new is None else {**said, "text": breakable(new), "id": said["id"] + MARK}


def _ranked(blocks: Sequence[Block], before: Sequence[Block]) -> list[Block]:
    """Stories numbered from 1 again, if their order changed."""
    if [one for one in blocks if one["kind"] == "issue"] == [one for one in before if one["kind"] == "issue"]:
        return list(blocks)
    ranks = iter(range(1, len(blocks) + 1))
    return [{**block, "rank": next(ranks)} if block["kind"] == "issue" else block for block in blocks]


def story_ranks(parts: Sequence[Block]) -> dict[str, str]:
    """The printed number of each story, by the id of its title without the mark of an edit."""
    return {
        block["title"]["id"].removesuffix(MARK): str(block["rank"])
        for part in parts
        for block in part["blocks"]
        if block["kind"] == "issue"
    }


def relinked(parts: Sequence[Block], before: Mapping[str, str]) -> list[Block]:
    """The parts with the list of links told by the new numbers of the stories.

    Args:
        parts: after they were arranged.
        before: numbers of the stories before that, by id.
    """
    now = story_ranks(parts)
    if now == before:
        return list(parts)
    to = {number: now.get(key) for key, number in before.items()}
    return [{**part, "blocks": [_renumbered(block, to) for block in part["blocks"]]} for part in parts]


def _renumbered(block: Block, to: Mapping[str, str | None]) -> Block:
    if block["kind"] != "table" or block["columns"][0]["title"] != LINKS:
        return block
    rows = [
        (number, [{**row[0], "text": number}, *row[1:]])
        for row in block["rows"]
        if (number := to.get(row[0]["text"])) is not None
    ]
    return {**block, "rows": [row for _, row in sorted(rows, key=lambda one: int(one[0]))]}
