"""What a page says about itself in its head: meta tags, links, title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawlers.extract.tree import is_aside, squeeze, text_of

if TYPE_CHECKING:
    from crawlers.extract.tree import Element

# Names under which sites give the time of publication, most trustworthy first.
_DATE_NAMES = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time",
    "content_publisheddate", "dtk:publishdate", "datepublished", "publishdate", "publish-date",
    "publish_date", "pubdate", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date", "date",
    "originalpublicationdate", "cxenseparse:recs:publishtime", "article.published",
    "published_time_telegram", "bt:pubdate", "rnews:datepublished",
)  # fmt: skip
# Outlets give such names a prefix of their own: "jpkabar_news_pubdate".
_OWN_DATE = re.compile(r"[_:.-](?:pub(?:lish(?:ed)?)?[_-]?(?:date|time)|datepublished)$")
_WRITER_NAMES = ("content_author", "dtk:author", "article:author_name", "byl", "parsely-author")
_OWN_WRITER = re.compile(r"[_:.-](?:author|penulis|reporter)$")
_AUTHOR_NAMES = ("author", "dc.creator", "sailthru.author", "cxenseparse:author", "og:article:author")
SECTION_NAMES = ("article:section", "content_category", "dtk:keywords_section", "parsely-section")
_CARD_AUTHOR = re.compile(r"tulis|oleh|penulis|author|by\b|written|geschrieben|verfasst", re.IGNORECASE)


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
                if name and value and (attribute != "itemprop" or _is_own(tag)):
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
    def dates(self) -> list[str]:
        """What may be the time of publication, most trustworthy first."""
        known = [self.values[n][0] for n in _DATE_NAMES if n in self.values]
        return known + [v[0] for n, v in self.values.items() if _OWN_DATE.search(n) and n not in _DATE_NAMES]

    @property
    def writers(self) -> list[str]:
        """Names in tags that outlets fill for each story."""
        names = [self.values[n][0] for n in _WRITER_NAMES if n in self.values]
        return names + [v[0] for n, v in self.values.items() if _OWN_WRITER.search(n) and ":author" not in n]

    @property
    def authors(self) -> list[str]:
        """Names in tags that may as well hold the site's or the uploader's name."""
        names = [value for n in _AUTHOR_NAMES for value in self.values.get(n, [])]
        # the card under a shared link: "Ditulis oleh" beside the name, or "Estimasi waktu membaca"
        for slot in "12":
            if _CARD_AUTHOR.search(self.first(f"twitter:label{slot}") or ""):
                names += self.values.get(f"twitter:data{slot}", [])
        return names

    @property
    def tags(self) -> list[str]:
        """The article's tags: repeated `article:tag`, else keywords with commas."""
        tags = self.all("article:tag")
        if not tags:
            tags = (self.first("content_tag", "news_keywords", "keywords") or "").split(",")
        return [tag for tag in map(squeeze, tags) if tag]


def _is_own(tag: Element) -> bool:
    """Whether a microdata tag speaks of the page's story, not of one in a list beside it."""
    return not is_aside(tag, header_counts=False) and next(tag.iterancestors("li"), None) is None


def _link(root: Element, rel: str) -> str | None:
    for tag in root.iter("link"):
        if rel in (tag.get("rel") or "").lower().split() and tag.get("href"):
            return str(tag.get("href")).strip()
    return None
