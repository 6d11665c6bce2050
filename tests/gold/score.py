"""How well pages are read: figures per layout and over the whole gold set."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from benchmarks.metrics import body_f1
from crawlers.extract import Article, extract_article
from tests.gold.model import GoldPage
from tests.gold.render import NOW, gold_pages

WIB = ZoneInfo("Asia/Jakarta")
# Figures where a smaller number is the better one.
LOWER_IS_BETTER = ("gold.dates_wrong", "blind.dates_wrong")
# What issue B asks for; a floor under the goal would be no floor.
GOALS = {
    "gold.title": 0.99, "gold.instant": 0.98, "gold.dates_wrong": 0, "gold.author": 0.95,
    "gold.body_f1": 0.985, "aeb.body_f1": 0.962,
}  # fmt: skip
_NAMES = re.compile(rb"""\s(?:class|id)=(?:"[^"]*"|'[^']*'|[\w-]+)""")


@dataclass(frozen=True, slots=True)
class Reading:
    """A gold page and what was read from it."""

    page: GoldPage
    found: Article

    @property
    def title_right(self) -> bool:
        """The headline, character for character."""
        return self.found.title == self.page.truth.title

    @property
    def author_right(self) -> bool:
        """The writer, or nobody where the page names nobody."""
        return self.found.author == self.page.truth.author

    @property
    def date_right(self) -> bool:
        """The minute where one is stated, else the day, else nothing."""
        want, got = self.page.truth.at, self.found.published_at
        if want is None or got is None:
            return want is got
        if self.page.truth.precision == "day":
            return got.astimezone(WIB).date() == want.date()
        return got.replace(second=0, microsecond=0) == want.replace(second=0)

    @property
    def date_wrong(self) -> bool:
        """A date was given and it is not the page's: worse than none."""
        got = self.found.published_at
        if got is None or self.date_right:
            return False
        want = self.page.truth.at
        day_right = want is not None and got.astimezone(WIB).date() == want.date()
        return not (day_right and self.found.published_precision == "day")

    @property
    def kind_right(self) -> bool:
        """The kind of page."""
        return self.found.page_type in self.page.truth.page_types

    @property
    def rest_right(self) -> bool:
        """Address, advertorial mark and further pages."""
        truth, found = self.page.truth, self.found
        return (truth.canonical, truth.advertorial, truth.pages, truth.pages_whole) == (
            found.canonical_url, found.advertorial, found.pages, found.pages_whole,
        )  # fmt: skip


def read_all(*, blind: bool = False) -> list[Reading]:
    """Read every gold page, each on its own, as if it had just been fetched.

    Args:
        blind: take all class and id attributes away first. Rules that lean on the names of a layout
            instead of on what a page shows would fall here.
    """
    found = []
    for page in gold_pages():
        html = _NAMES.sub(b"", page.html) if blind else page.html
        found.append(Reading(page, extract_article(html, page.url, charset=page.charset, now=NOW)))
    return found


def measured() -> dict[str, float]:
    """Every figure on the gold set: overall, per layout, and overall for the pages made blind."""
    blind = {f"blind{n[4:]}": v for n, v in figures(read_all(blind=True)).items() if n.count(".") == 1}
    return {**figures(read_all()), **blind}


def figures(readings: Sequence[Reading]) -> dict[str, float]:
    """Figures by name: ``gold.title``, ``gold.title.portal_besar``, ..."""
    stories = [r for r in readings if r.page.truth.is_article]
    found = {f"gold.{name}": value for name, value in _slice(stories).items()}
    found["gold.page_type"] = _share(r.kind_right for r in readings)
    found["gold.rest"] = _share(r.rest_right for r in stories)
    found["gold.dates_wrong"] = float(sum(r.date_wrong for r in stories))
    for layout, own in _by_layout(stories).items():
        found |= {f"gold.{name}.{layout}": value for name, value in _slice(own).items()}
    return {name: round(value, 4) for name, value in found.items()}


def _slice(readings: Sequence[Reading]) -> dict[str, float]:
    timed = [r for r in readings if r.page.truth.precision == "minute"]
    others = [r for r in readings if r.page.truth.precision != "minute"]
    return {
        "title": _share(r.title_right for r in readings),
        "author": _share(r.author_right for r in readings),
        "body_f1": body_f1([("\n".join(r.page.truth.body), r.found.text) for r in readings])[2],
        **({"instant": _share(r.date_right for r in timed)} if timed else {}),
        **({"day_or_none": _share(r.date_right for r in others)} if others else {}),
    }


def _by_layout(readings: Iterable[Reading]) -> Mapping[str, list[Reading]]:
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.page.layout].append(reading)
    return groups


def _share(answers: Iterable[bool]) -> float:
    all_answers = list(answers)
    return sum(all_answers) / len(all_answers)
