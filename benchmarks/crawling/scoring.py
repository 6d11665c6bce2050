"""How well a crawler read the pages whose truth is known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.crawling.job import FOUND
from benchmarks.crawling.pages import Page, address
from benchmarks.metrics import body_f1
from crawlers.items import Document
from crawlers.landing import batches, read_batch

WIB = ZoneInfo("Asia/Jakarta")
Found = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares are of the pages whose truth is known; None when there is no such page.

    Attributes:
        body_f1: on the article extraction benchmark's pages, as they are.
        own_body_f1: on the newsroom's pages.
        title: share exactly right.
        instant: share right to the minute.
        author: share exactly right.
        lost: pages that gave nothing at all.
    """

    body_f1: float | None
    own_body_f1: float | None
    title: float | None
    instant: float | None
    author: float | None
    lost: int


def lines(folder: Path) -> dict[str, Found]:
    """Read what a peer's job wrote, by address."""
    with (folder / FOUND).open(encoding="utf-8") as stream:
        found = [json.loads(line) for line in stream]
    return {one["url"]: one for one in found if "error" not in one}


def landed(folder: Path) -> dict[str, Found]:
    """Read what our crawl put into its landing zone, by the address that was asked for."""
    found: dict[str, Found] = {}
    for batch in batches(folder / "landing"):
        for record in read_batch(batch):
            if isinstance(record, Document):
                one = {
                    "title": record.title,
                    "text": record.text,
                    "published": record.published_at.isoformat() if record.published_at else None,
                    "author": record.author,
                }
                for url in filter(None, (record.url, *record.aliases)):
                    found[url] = one
    return found


def score(pages: Sequence[Page], found: Mapping[str, Found], port: int) -> Quality:
    """Compare what was found with the truth."""
    pairs = [(page, found.get(address(page, port), {})) for page in pages if page.copy == 0]
    return Quality(
        body_f1=_bodies(pairs, "aeb"),
        own_body_f1=_bodies(pairs, "newsroom"),
        title=_share(_same(one.get("title"), page.title) for page, one in pairs if page.title),
        instant=_share(_at(one.get("published"), page.published) for page, one in pairs if page.published),
        author=_share(_same(one.get("author"), page.author) for page, one in pairs if page.author),
        lost=sum(1 for page in pages if address(page, port) not in found),
    )


def _bodies(pairs: Iterable[tuple[Page, Found]], kind: str) -> float | None:
    texts = [(page.body, one.get("text") or "") for page, one in pairs if page.kind == kind and page.body]
    return body_f1(texts)[2] if texts else None


def _share(right: Iterable[bool]) -> float | None:
    all_of_them = list(right)
    return sum(all_of_them) / len(all_of_them) if all_of_them else None


def _same(found: str | None, truth: str | None) -> bool:
    return " ".join((found or "").split()) == " ".join((truth or "").split())


def _at(found: str | None, truth: datetime | None) -> bool:
    """Right to the minute; a time without zone is taken as local time."""
    if found is None or truth is None:
        return False
    try:
        moment = datetime.fromisoformat(found)
    except ValueError:
        return False
    moment = moment if moment.tzinfo else moment.replace(tzinfo=WIB)
    return abs((moment - truth).total_seconds()) < 60
