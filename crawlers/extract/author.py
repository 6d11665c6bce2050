"""Who wrote it: a labelled byline, else what the page's data says, never the site itself."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from crawlers.extract import jsonld
from crawlers.extract.meta import AUTHOR_NAMES
from crawlers.extract.tree import chunks, is_aside, squeeze, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from crawlers.extract.meta import Head
    from crawlers.extract.tree import Element

_LABEL = re.compile(
    r"^\W{0,3}(penulis|reporter|pewarta|wartawan|kontributor|oleh|by|ditulis oleh|jurnalis|"
    r"laporan)\b(\s*:?\s*)(.{0,80})$",
    re.IGNORECASE,
)
_CLASS = re.compile(r"(?:^|[\s_-])(?:author|byline|penulis|reporter|vcard|writer|jurnalis)(?:$|[\s_-])")
_NOT_A_NAME = re.compile(
    r"https?:|www\.|@|\.com|\.id\b|admin|developer|redaksi$|editor$|^\W*$|\d{3}|^(?:tim|by|oleh)$|"
    r"facebook|super ?user|webmaster",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:[|\u2022\u00b7]|\s[-\u2013\u2014]\s|,\s*\S+\.(?:com|id|co|net)\b|"
    r"\bpada\b|\bposted\b|\bon\b).*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^(?:penulis|reporter|pewarta|oleh|by|ditulis oleh|diposting oleh|kontributor)\s*:?\s+",
    re.IGNORECASE,
)
_MOST_CHUNKS = 400


def find_author(
    root: Element, head: Head, article: dict[str, Any], title: str, heading: Element | None
) -> str | None:
    """Find the writer's name.

    A byline with a label ("Penulis: ...") or one beside the headline wins: the
    machine-readable author is often the uploader. Then JSON-LD, meta tags and other elements
    named for authors.

    Args:
        root: the page.
        head: its meta tags.
        article: its JSON-LD article, may be empty.
        title: the headline, which is never an author.
        heading: the element that shows the headline, if one does.
    """
    site = (head.site_name or "").casefold()

    def good(name: str | None) -> str | None:
        name = _tidy(name or "")
        wrong = not name or _NOT_A_NAME.search(name) or len(name) > 60 or len(name.split()) > 6
        return None if wrong or name.casefold() in {site, title.casefold()} else name

    said = [*jsonld.names(article, "author"), *(head.first(n) or "" for n in AUTHOR_NAMES)]
    # one after the other: the last of them looks at every element of the page
    for names in (lambda: [_labelled(root)], lambda: _beside(heading), lambda: said, lambda: _marked(root)):
        for name in names():
            tidy = good(name)
            if tidy:
                return tidy
    return None


def _beside(heading: Element | None) -> list[str]:
    """Names in elements marked as byline within the headline's neighbourhood."""
    box = heading.getparent() if heading is not None else None
    if box is None or box.tag in {"body", "html"}:
        return []
    near = (text for element, text in _named_elements(box) if element is not heading)
    return list(itertools.islice(near, 3))


def _labelled(root: Element) -> str | None:
    """Find "Penulis: Nama", the name in the same text or in the next one."""
    waiting = 0
    for count, (element, text) in enumerate(chunks(root)):
        if count > _MOST_CHUNKS:
            break
        if waiting:
            waiting -= 1
            if text not in {":", "-"}:
                return text
            continue
        match = _LABEL.match(text)
        if match is None or is_aside(element):
            continue
        strict = ":" in match[2] or match[1].lower() in {"penulis", "reporter", "pewarta"}
        if match[3].strip() and (":" in match[2] or (strict and len(text) < 60)):
            return match[3]
        if not match[3].strip() and (":" in match[2] or match[1].lower() != "laporan"):
            waiting = 2
    return None


def _marked(root: Element) -> list[str]:
    return [text for _, text in itertools.islice(_named_elements(root), 8)]


def _named_elements(box: Element) -> Iterator[tuple[Element, str]]:
    for element in box.iter("a", "span", "div", "p", "li", "strong", "b", "address"):
        itemprop = element.get("itemprop") == "author" or "author" in (element.get("rel") or "")
        named = itemprop or _CLASS.search(f"{element.get('class') or ''}".lower())
        if named and not is_aside(element):
            text = text_of(element)
            if 2 < len(text) < 80:
                yield element, text


def _tidy(name: str) -> str:
    name = _LEAD.sub("", squeeze(name))
    return _CUT.sub("", name).strip(" .,:;-\u2013\u2014|/()")
