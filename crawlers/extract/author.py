"""Who wrote it: a credit or byline on the page, else what the page's data says, never the site.

The machine-readable author is often whoever uploaded the story, so what readers see goes first:
a credit with a label ("Penulis: ..."), then names marked as author beside the headline; then tags
outlets fill per story, JSON-LD, other tags, and last a bare name beside the date.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.extract import jsonld
from crawlers.extract.credits import editors_of, labelled
from crawlers.extract.tree import is_aside, marks, squeeze, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers.extract.lines import Line
    from crawlers.extract.page import Page
    from crawlers.extract.tree import Element

_CLASS = re.compile(r"(?:^|[\s_-])(?:author|byline|penulis|reporter|vcard|writer|jurnalis)(?:$|[\s_-])")
_PERSON_ICON = re.compile(r"(?:^|[\s_-])(?:user|person|pencil|pen|edit)(?:$|\s)")
_NOT_A_NAME = re.compile(
    r"https?:|@|\w\.\w{2,}|\d|\badmin|\bdeveloper\b|^redaksi\b|\bredaksi$|^\W*$|"
    r"^(?:tim|team|by|oleh|humas|kominfo|diskominfo|operator|editor|penulis|reporter|staff?|anonim\w*|"
    r"guest|unknown|none|null|publisher|web)\b|super ?user|webmaster|\beditorial\b|\bnewsroom\b",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s*(?:[|\u2022\u00b7(]|\s[-\u2013\u2014/]\s|,\s*\S+\.(?:com|id|co|net)\b|"
    r"\b(?:pada|posted|on|at|di|in)\b\s).*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:penulis|reporter|pewarta|jurnalis|oleh|by|ditulis oleh|diposting oleh|written by|von|par|por|"
    r"kontributor)\b\s*:?\s+",
    re.IGNORECASE,
)
_BARE = re.compile(r"^[A-Z][\w.'\u2019]*(?: [A-Z][\w.'\u2019]*){1,3}$")
_COMMON = re.compile(
    r"\b(?:baca|juga|share|bagikan|foto|berita|home|kabupaten|desa|dinas|kecamatan|kota|kantor|komentar|"
    r"tinggalkan|tanpa|breaking|news|whatsapp|facebook|twitter|telegram|iklan|terkini|indonesia|jawa|"
    r"tengah|pos|read|more|comments?|leave|reply|lihat|dengarkan)\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[\W_]+")


def find_author(page: Page, title: str, heading: Element | None) -> str | None:
    """Find the names of the writers, joined by ", " where the page's data lists several.

    Args:
        page: the page.
        title: the headline, which is never an author.
        heading: the element that shows the headline, if one does.
    """
    below, _ = page.lines.around(heading)
    check = _Check(page, title)
    machine = [name for name in map(check.good, jsonld.names(page.article, "author")) if name]
    found = next((name for name in map(check.good, _candidates(page, below, machine)) if name), None)
    if found in machine and len(machine) > 1:
        return ", ".join(dict.fromkeys(machine))
    return found


def _candidates(page: Page, below: list[Line], machine: list[str]) -> Iterator[str]:
    yield from labelled(page.lines, below)
    yield from _marked_beside(below)
    yield from page.head.writers
    yield from machine
    yield from page.head.authors
    yield from _beside_icon(below)
    yield from _marked(page.lines.root)
    yield from _bare(page, below)


class _Check:
    """Tells names of people from names of sites, desks, editors and sections."""

    def __init__(self, page: Page, title: str) -> None:
        self._never = {title.casefold(), *(tag.casefold() for tag in page.head.tags)}
        self._never |= {(jsonld.text_field(page.article, "articleSection") or "").casefold()}
        self._editors = editors_of(page.lines) | {
            name.casefold() for name in page.head.all("content_editor")
        }
        host = (urlsplit(page.url).hostname or "").removeprefix("www.").split(".")
        names = {page.head.site_name or "", *(part for part in host[:-1] if len(part) > 4)}
        self._sites = {_LETTERS.sub("", name).lower() for name in names} - {""}

    def good(self, name: str) -> str | None:
        """Return the tidied name if it can be a writer's."""
        name = tidy(name)
        if not 2 < len(name) <= 60 or len(name.split()) > 7 or _NOT_A_NAME.search(name):
            return None
        folded, letters = name.casefold(), _LETTERS.sub("", name).lower()
        if folded in self._never or folded in self._editors:
            return None
        return None if any(site in letters or letters in site for site in self._sites) else name


def tidy(name: str) -> str:
    """Take labels, dates and desks off a name."""
    return _CUT.sub("", _LEAD.sub("", squeeze(name))).strip(" .,:;-\u2013\u2014|/()*")


def _marked_beside(below: list[Line]) -> Iterator[str]:
    """Names in what is marked as author within the byline's lines."""
    for line in below:
        if len(line.text) > 100:
            continue
        inner = [node for node in line.block.iter("a", "span", "bdi", "b", "strong", "cite") if _is_marked(node)]
        if inner:
            yield from (text_of(node) for node in reversed(inner))
        elif any(_is_marked(node) for node in (line.block, *_near(line.block))):
            yield line.text


def _near(block: Element) -> Iterator[Element]:
    for node, _ in zip(block.iterancestors(), range(2), strict=False):
        if len(node) > 4 or node.tag in {"body", "html", "article", "main"}:
            return
        yield node


def _is_marked(node: Element) -> bool:
    if node.get("itemprop") == "author" or "author" in (node.get("rel") or ""):
        return True
    return bool(_CLASS.search((node.get("class") or "").lower()))


def _beside_icon(below: list[Line]) -> Iterator[str]:
    """Names after a little picture of a person or a pen."""
    for line in below:
        for icon in line.block.iter("i", "span", "em"):
            if _PERSON_ICON.search(marks(icon)) and not (icon.text or "").strip():
                follower = icon.getnext()
                yield squeeze(icon.tail or "") or (text_of(follower) if follower is not None else "")


def _marked(root: Element) -> Iterator[str]:
    """Names in what is marked as author anywhere else in the story's part of the page."""
    for node in root.iter("a", "span", "div", "p", "li", "strong", "b", "address"):
        if _is_marked(node) and not is_aside(node) and len(node) < 5:
            text = text_of(node)
            if 2 < len(text) < 80:
                yield text


def _bare(page: Page, below: list[Line]) -> Iterator[str]:
    """A line in the byline that is nothing but a name, next to a line with a date."""
    for index, line in enumerate(below):
        near = [other.text for other in below[max(0, index - 1) : index + 2] if other is not line]
        dated = any(re.search(r"\d{4}", text) for text in near)
        if dated and _BARE.match(line.text) and not _COMMON.search(line.text):
            yield line.text
