"""Reading a handful of a site's articles as the crawler would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from crawlers.items import Document
from crawlers.onboarding.desk import ZONE
from crawlers.onboarding.model import Sample
from crawlers.pool import ReadArticle, ReadingFailedError
from crawlers.verdict import Verdict, of_page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from crawlers.context import CrawlContext
    from crawlers.discovery import Found
    from crawlers.extract import Article
    from crawlers.onboarding.desk import Desk

MOST_KEPT = 5
_HERE = ZoneInfo(ZONE)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page kept for the regression fixture, with everything reading it depends on.

    Attributes:
        job: what the reader was asked.
        article: what it answered.
    """

    job: ReadArticle
    article: Article


async def take_samples(
    desk: Desk, found: Sequence[Found], most: int
) -> tuple[tuple[Sample, ...], tuple[Kept, ...]]:
    """Fetch and read article pages, one after the other.

    Args:
        desk: the tools.
        found: articles that discovery named, those to look at first in front.
        most: how many pages to look at.

    Returns:
        One sample for each page that was tried, and the first few articles whole.
    """
    wanted = found[:most]
    desk.tell("Membaca tulisan contoh", len(wanted))
    samples: list[Sample] = []
    kept: list[Kept] = []
    for item in wanted:
        outcome = await _one(desk, item)
        if isinstance(outcome, Verdict):
            if outcome.reason == "cap":
                break
            samples.append(Sample(item.url, problem=outcome.reason, detail=outcome.detail))
            continue
        samples.append(_sample(outcome, item, desk.ctx))
        if len(kept) < MOST_KEPT:
            kept.append(outcome)
    return tuple(samples), tuple(kept)


async def _one(desk: Desk, item: Found) -> Kept | Verdict:
    answer = await desk.fetcher.get(item.url)
    if isinstance(answer, Verdict):
        return answer
    job = ReadArticle(
        answer.body, answer.url, answer.charset, desk.now, item.published_at, item.title or None, ZONE
    )
    try:
        article = await desk.readers.article(job)
    except ReadingFailedError:
        return Verdict("unreadable", "Halaman tidak dapat dibaca dalam batas waktu dan memori.")
    return of_page(article.page_type) or Kept(job, article)


def _sample(kept: Kept, item: Found, ctx: CrawlContext) -> Sample:
    article = kept.article
    provenance = item.provenance if article.published_from == "feed" else article.published_from
    document = Document(
        "news", "contoh", article.title or item.title, article.text, ctx.now(), url=kept.job.url
    )
    clean = ctx.scrub(document)
    return Sample(
        url=kept.job.url,
        # a headline may name a private person: what is shown is what would be stored
        title=clean.title if clean else "",
        author=article.author is not None,
        published_at=article.published_at,
        published_from=provenance,
        timed=is_timed(article.published_at),
        words=len(article.text.split()),
        parts=len(article.pages) + 1,
        about_pati=ctx.is_relevant(document),
    )


def is_timed(moment: datetime | None) -> bool:
    """Whether a time of publication knows the time of day.

    A date that names only a day is stored as midnight in the source's zone (`crawlers.dates`).
    """
    return moment is not None and moment.astimezone(_HERE).strftime("%H%M%S") != "000000"
