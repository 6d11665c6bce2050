"""What a page says about itself in its head: meta tags, links, title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.extract.tree import squeeze, text_of

if TYPE_CHECKING:
    from crawlers.extract.tree import Element

# Names under which sites give the time of publication, most trustworthy first.
DATE_NAMES = (
    "article:published_time", "og:article:published_time", "article:published",
    "content_publisheddate", "dtk:publishdate", "datepublished", "publishdate", "publish-date",
    "publish_date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.created", "dc.date", "date", "originalpublicationdate", "cxenseparse:recs:publishtime",
    "article.published", "published_time_telegram",
)  # fmt: skip
AUTHOR_NAMES = (
    "content_author", "author", "article:author_name", "dc.creator", "parsely-author",
    "sailthru.author", "dtk:author", "byl", "twitter:data1",
)  # fmt: skip
SECTION_NAMES = ("article:section", "content_category", "dtk:keywords_section", "parsely-section")


class Head:
    """The head of a page, read once.

    Attributes:
        values: meta name or property (lower case) to its values in page order.
        title: text of the title element.
        canonical: address in rel=canonical, as written.
        amp: address of the AMP twin, as written.
    """

    def __init__(self, root: Element) -> None:
        self.values: dict[str, list[str]] = {}
        for tag in root.iter("meta"):
            value = squeeze(tag.get("content") or "")
            for attribute in ("property", "name", "itemprop"):
                name = (tag.get(attribute) or "").strip().lower()
                if name and value:
                    self.values.setdefault(name, []).append(value)
        self.title = next((text_of(t) for t in root.iter("title")), "")
        self.canonical = _link(root, "canonical")
        self.amp = _link(root, "amphtml")

    def first(self, *names: str) -> str | None:
        """Return the first value of the first name that has one."""
        return next((self.values[n][0] for n in names if n in self.values), None)

    def all(self, name: str) -> list[str]:
        """Return all values of one name."""
        return self.values.get(name, [])

    @property
    def site_name(self) -> str | None:
        """The site's own name."""
        return self.first("og:site_name", "application-name")

    @property
    def tags(self) -> list[str]:
        """The article's tags: repeated `article:tag`, else keywords with commas."""
        tags = self.all("article:tag")
        if not tags:
            tags = (self.first("content_tag", "news_keywords", "keywords") or "").split(",")
        return [tag for tag in map(squeeze, tags) if tag]


def _link(root: Element, rel: str) -> str | None:
    for tag in root.iter("link"):
        if rel in (tag.get("rel") or "").lower().split() and tag.get("href"):
            return str(tag.get("href")).strip()
    return None
