"""From what was read to the record that is kept. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from crawlers.extract.encoding import clean
from crawlers.items import Document
from crawlers.sites import on_own_site

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from config import Source
    from crawlers.discovery import Found
    from crawlers.extract import Article


@dataclass(frozen=True, slots=True)
class Fetched:
    """How an article page was got.

    Attributes:
        url: where it lay in the end.
        way: the addresses on the way there, the first one asked for first.
        flags: what was unusual about it.
        at: when.
    """

    url: str
    way: tuple[str, ...]
    flags: tuple[str, ...]
    at: datetime


def document_of(source: Source, article: Article, found: Found, fetched: Fetched) -> Document:
    """Build the record of one article. Pure."""
    provenance = article.published_from
    if provenance == "feed":  # the hint won; name where the hint came from
        provenance = found.provenance
    aliases = {found.url, fetched.url, *fetched.way} - {article.canonical_url}
    foreign = () if on_own_site(source, fetched.url) else ("other_site",)
    return Document(
        kind="news",
        source_id=source.id,
        title=article.title or clean(found.title),
        text=article.text,
        fetched_at=fetched.at,
        url=fetched.url,
        canonical_url=article.canonical_url,
        author=article.author,
        published_at=article.published_at,
        published_from=provenance,
        published_precision=article.published_precision,
        published_confidence=article.published_confidence,
        section=article.section,
        tags=article.tags,
        advertorial=article.advertorial,
        aliases=tuple(sorted(aliases)),
        flags=tuple(dict.fromkeys((*fetched.flags, *article.flags, *foreign))),
    )


def merge_pages(first: Article, later: Sequence[Article]) -> Article:
    """Put the pages of one story together. Pure."""
    if first.pages_whole:
        whole = later[0].text
        return replace(first, text=whole if len(whole) >= len(first.text) else first.text)
    lines = first.text.split("\n")
    for page in later:
        # each page repeats the opening or the summary of the one before on some sites
        lines += [line for line in page.text.split("\n") if line not in lines]
    flags = tuple(dict.fromkeys(flag for page in (first, *later) for flag in page.flags))
    return replace(first, text="\n".join(lines), flags=flags)
