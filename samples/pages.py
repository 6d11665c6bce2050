"""Renders an outlet's pages and feeds from its layout templates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import escape

from samples import dates
from samples.dates import WIB
from samples.media import Outlet
from samples.newsdesk import slug_of
from samples.records import Article

LAYOUTS = Path(__file__).parent / "layouts"
PARAGRAPHS_PER_PART = 3
EXCERPT = 180


@dataclass(frozen=True, slots=True)
class Story:
    """An article with what a template needs: its full address and derived texts.

    Attributes:
        article: the record.
        base: ``http://<host>:<port>``.
        outlet: who runs it.
        part: ``1``, ``2``, … or ``all`` on sites that split long stories.
    """

    article: Article
    base: str
    outlet: Outlet
    part: str = "all"

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - passes on the record's attributes
        return getattr(self.article, name)

    @property
    def href(self) -> str:
        """Canonical address."""
        return self.base + self.article.path

    @property
    def moment(self) -> datetime:
        """Publication time."""
        return self.article.published_at

    @property
    def edited(self) -> datetime:
        """Last change: some minutes after publication on every third story."""
        return self.moment + timedelta(minutes=(self.article.number % 3) * 7)

    @property
    def excerpt(self) -> str:
        """The beginning of the text, cut at a word."""
        text = self.article.paragraphs[0]
        return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0]

    @property
    def parts(self) -> int:
        """How many pages the site splits it into."""
        return max(1, -(-len(self.article.paragraphs) // PARAGRAPHS_PER_PART))

    @property
    def shown(self) -> tuple[str, ...]:
        """The paragraphs of the page asked for."""
        if self.part == "all":
            return self.article.paragraphs
        first = (int(self.part) - 1) * PARAGRAPHS_PER_PART
        return self.article.paragraphs[first : first + PARAGRAPHS_PER_PART]

    @property
    def html(self) -> str:
        """The body as HTML paragraphs, for feeds."""
        return "".join(f"<p>{escape(p)}</p>" for p in self.article.paragraphs)

    @property
    def newsarticle(self) -> str:
        """JSON-LD of type NewsArticle, local time with offset."""
        return _json_ld(
            {
                "@context": "https://schema.org",
                "@type": "NewsArticle",
                "mainEntityOfPage": {"@type": "WebPage", "@id": self.href},
                "headline": self.article.title,
                "datePublished": iso_wib(self.moment),
                "dateModified": iso_wib(self.edited),
                "author": {"@type": "Person", "name": self.article.author},
                "publisher": {"@type": "Organization", "name": self.outlet.name},
                "description": self.excerpt,
            }
        )

    @property
    def webpage(self) -> str:
        """JSON-LD of type WebPage."""
        return _json_ld(
            {
                "@context": "https://schema.org",
                "@type": "WebPage",
                "headline": self.article.title,
                "url": self.href,
                "datePublished": iso_wib(self.moment),
                "image": f"{self.base}/community/{self.article.number}.jpeg",
            }
        )

    @property
    def yoast(self) -> str:
        """JSON-LD the way WordPress plug-ins write it: a graph, UTC."""
        person = {"@type": "Person", "@id": f"{self.base}/#person", "name": self.article.author}
        return _json_ld(
            {
                "@context": "https://schema.org",
                "@graph": [
                    {
                        "@type": "Article",
                        "@id": f"{self.href}#article",
                        "headline": self.article.title,
                        "datePublished": iso_utc(self.moment),
                        "dateModified": iso_utc(self.edited),
                        "author": {"@id": person["@id"], "name": self.article.author},
                        "articleSection": [self.article.section],
                        "inLanguage": "id",
                    },
                    {"@type": "WebSite", "url": f"{self.base}/", "name": self.outlet.name},
                    person,
                ],
            }
        )


def render(template: str, **context: Any) -> str:  # noqa: ANN401 - template context
    """Render one template of `layouts/`; a missing variable is an error."""
    return _environment().get_template(template).render(**context)


def stories(articles: Sequence[Article], base: str, outlet: Outlet) -> list[Story]:
    """Wrap articles for templates."""
    return [Story(article, base, outlet) for article in articles]


def iso_wib(moment: datetime) -> str:
    """``2026-11-12T19:40:00+07:00``."""
    return moment.astimezone(WIB).isoformat(timespec="seconds")


def iso_utc(moment: datetime) -> str:
    """``2026-11-12T12:40:00+00:00``."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def iso_zulu(moment: datetime) -> str:
    """``2026-11-12T12:40:00Z``."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _json_ld(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _local(moment: datetime, pattern: str) -> str:
    return moment.astimezone(WIB).strftime(pattern)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(LAYOUTS),
        autoescape=select_autoescape(("html", "xml")),
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    environment.filters |= {
        "slug": slug_of,
        "full_date": dates.full_date,
        "long_date": dates.long_date,
        "short_date": dates.short_date,
        "posted_on": dates.posted_on,
        "listing_date": dates.listing_date,
        "day_date": dates.press_date,
        "iso_wib": iso_wib,
        "iso_utc": iso_utc,
        "iso_zulu": iso_zulu,
        "clock": lambda m: _local(m, "%H:%M"),
        "clock_dot": lambda m: _local(m, "%H.%M"),
        "slash_date": lambda m: _local(m, "%Y/%m/%d %H:%M:%S"),
        "detak_date": lambda m: f"{dates.day_name(m)}, {dates.short_date(m)} {_local(m, '%H:%M')} WIB",
        "epoch": lambda m: int(m.timestamp()),
        "rfc": lambda m: format_datetime(m.astimezone(UTC)),
        "rfc_wib": lambda m: format_datetime(m.astimezone(WIB)),
    }
    return environment
