"""Decides how often a text is used and when: the calendar side of the world.

Pure functions of the items and a seed. A copy's random numbers depend only on the seed, the
item's id and the copy's number, so that adding a text never changes the others.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from samples.content_loader import LAST_WEEK, Item

DOCUMENTS = 3_000
"""How many documents a world of 26 weeks has at scale 1 (`about 3,000`)."""
STRETCH = (0.5, 3.0)
"""How far the world may shrink or stretch the authors' own repeat counts to get there."""

# Hours of the day at which each kind appears, as (first, last) in WIB.
HOURS = {
    "news": (5, 21),
    "video": (9, 20),
    "comment": (5, 23),
    "social": (6, 22),
    "complaint": (5, 22),
}


@dataclass(frozen=True, slots=True)
class Copy:
    """One use of an item.

    Attributes:
        item: the text.
        number: 1, 2, …
        week: 1..26.
        moment: publication time, aware, UTC.
    """

    item: Item
    number: int
    week: int
    moment: datetime

    @property
    def id(self) -> str:
        """``<item>.<number>``."""
        return f"{self.item.id}.{self.number}"


def generator(seed: int, *parts: object) -> random.Random:
    """A generator that depends on the seed and the named parts only."""
    key = ":".join(str(part) for part in (seed, *parts))
    return random.Random(key)  # noqa: S311 - sample data, not secrets


def is_everyday(item: Item) -> bool:
    """Everyday texts may be used more or less often than their authors wrote."""
    return item.storyline is None and item.repeat > 1


def documents_per_use(item: Item, release_outlets: int) -> int:
    """How many documents one use of the item makes (clones not counted)."""
    if item.kind != "news" or item.outlets is None:
        return 1
    return release_outlets if item.outlets == "all" else len(item.outlets)


def stretch(items: Sequence[Item], release_outlets: int, target: int = DOCUMENTS) -> float:
    """The factor on everyday repeats that brings the world near `target` documents.

    Args:
        items: all texts.
        release_outlets: how many outlets run a press release.
        target: documents wanted.

    Returns:
        A factor within `STRETCH`.
    """
    uses = [(item, documents_per_use(item, release_outlets) * item.repeat) for item in items]
    fixed = sum(count for item, count in uses if not is_everyday(item))
    everyday = sum(count for item, count in uses if is_everyday(item))
    if not everyday:
        return 1.0
    return min(STRETCH[1], max(STRETCH[0], (target - fixed) / everyday))


def copies(items: Sequence[Item], start: datetime, seed: int, factor: float) -> Iterator[Copy]:
    """Spread all items over the weeks.

    Args:
        items: all texts.
        start: Monday 00:00 of week 1, aware.
        seed: the world's seed.
        factor: on everyday repeats.

    Yields:
        Copies in the order of the items.
    """
    for item in items:
        rng = generator(seed, item.id)
        count = item.repeat
        if is_everyday(item):
            wanted = item.repeat * factor
            # a fraction of a copy is a chance of one, so small worlds stay proportional
            count = int(wanted) + (rng.random() < wanted % 1)
        offset = rng.random()
        for number in range(1, count + 1):
            week = item.week or 1 + int((number - 1 + offset) * LAST_WEEK / count) % LAST_WEEK
            moment = _moment(item, number, week, start, generator(seed, item.id, number, "when"))
            yield Copy(item, number, week, moment)


def _moment(item: Item, number: int, week: int, start: datetime, rng: random.Random) -> datetime:
    if item.day is None:
        day = rng.choices(range(7), weights=(6, 6, 6, 6, 6, 4, 3))[0]
    elif number == 1 or item.storyline is None:
        day = item.day
    else:
        day = min(6, item.day + rng.choice((0, 0, 1)))
    first, last = HOURS[item.kind]
    minute = rng.randint(first * 60, last * 60 + 59)
    second = rng.randint(0, 59)
    local = start + timedelta(weeks=week - 1, days=day, minutes=minute, seconds=second)
    return local.astimezone(UTC)
