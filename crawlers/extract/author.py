"""Who wrote it: a credit or byline on the page, else what the page's data says, never the site.

The machine-readable author is often whoever uploaded the story, so what readers see goes first:
a credit with a label ("Penulis: ..."), then names marked as author beside the headline; then tags
outlets fill per story, JSON-LD, other tags, and last a bare name beside the date.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.dates.words import MONTHS, WEEKDAYS
from crawlers.extract import jsonld
from crawlers.extract.credits import editors_of, labelled
from crawlers.extract.meta import SECTION_NAMES
from crawlers.extract.title import PART
from crawlers.extract.tree import is_aside, marks, squeeze, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers.extract.lines import Line
    from crawlers.extract.page import Page
    from crawlers.extract.title import Headline
    from crawlers.extract.tree import Element

_CLASS = re.compile(r"(?:^|[\s_-])(?:author|byline|penulis|reporter|vcard|writer|jurnalis)(?:$|[\s_-])")
_PERSON_ICON = re.compile(r"(?:^|[\s_-])(?:user|person|pencil|pen|edit)(?:$|\s)")
_NOT_A_NAME = re.compile(
    r"https?:|@|\w\.\w{2,}|\d|\badmin|\bdeveloper\b|\bredaksi$|^\W*$|"
    r"^(?:tim|team|by|oleh|humas|kominfo|diskominfo|operator|editor|penulis|reporter|staff?|anonim\w*|"
    r"guest|unknown|none|null|publisher|web|facebook|twitter|whatsapp|instagram|linkedin|e-?mail|print|"
    r"share|bidang|bagian|seksi|dinas|badan|pemkab|pemerintah|kecamatan|kelurahan|kantor|sekretariat|"
    r"panitia|senior|contribut\w+|view|more|all|lihat|semua)\b|\b(?:editor|redaktur|penyunting|uploader)$|"
    r"super ?user|webmaster|\beditorial\b|\bnewsroom\b",
    re.IGNORECASE,
)
_DESK = re.compile(r"^(?:tim )?redaksi(?: [A-Z]\w+){1,2}$", re.IGNORECASE)
_CUT = re.compile(
    r"\s*(?:[|\u2022\u00b7(]|\s[-\u2013\u2014/]\s|,\s*\S+\.(?:com|id|co|net)\b|"
    r"\b(?:pada|posted|updated|published|diperbarui|on|at|di|in)\b(?=\s|$)|"
    r"['\u2019]s (?:most|other|latest)\b).*$",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"^\W*(?:penulis|reporter|pewarta|jurnalis|oleh|by|ditulis oleh|diposting oleh|written by|von|par|por|"
    r"kontributor)\b\s*:?\s+",
    re.IGNORECASE,
)
_BARE = re.compile(r"^[A-Z][\w.'\u2019]*(?: [A-Z][\w.'\u2019]*){0,3}$")
_COMMON = re.compile(
    r"\b(?:baca|juga|share|bagikan|foto|berita|home|kabupaten|desa|dinas|kecamatan|kota|kantor|komentar|"
    r"tinggalkan|tanpa|breaking|news|whatsapp|facebook|twitter|telegram|iklan|terkini|indonesia|jawa|"
    r"tengah|pos|read|more|comments?|leave|reply|lihat|dengarkan|copy|link|salin|tautan|follow|subscribe|"
    r"langganan|ikuti|promosi|advertisement|muat|ukuran|font)\b",
    re.IGNORECASE,
)
_BOXES = ("div", "p", "ul", "li", "h2", "h3", "h4", "h5", "h6", "address")
_PARTICLES = frozenset({
    "de", "da", "do", "dos", "van", "von", "der", "den", "bin", "binti", "al", "el", "la", "le", "di",
    "du", "dan", "and", "und", "et", "y", "ibn", "ter",
})  # fmt: skip
_CALENDAR = frozenset(word for word in (*MONTHS, *WEEKDAYS) if len(word) > 2)
_PORTRAIT = re.compile(r"avatar|rounded|circle|profil|author|user|foto/|gravatar")
_TEASER = 300
_LETTERS = re.compile(r"[\W_]+")


def find_author(page: Page, headline: Headline) -> str | None:
    """Find the names of the writers, joined by ", " where the page's data lists several.

    Args:
        page: the page.
        headline: its headline, which is never an author.
    """
    below, above = page.lines.around(headline.place)
    below = below if headline.place else above
    check = _Check(page, headline.text)
    machine = [name for name in map(check.good, jsonld.names(page.article, "author")) if name]
    found = next((name for name in map(check.good, _candidates(page, below, machine)) if name), None)
    if found in machine and len(machine) > 1:
        return ", ".join(dict.fromkeys(machine))
    if found:
        return found
    shown = (*labelled(page.lines, below), *_marked_beside(below), *_marked(page.lines.root))
    named = (*shown, *jsonld.names(page.article, "author"), *page.head.authors)
    return next(filter(None, map(check.desk, named)), None)


def _candidates(page: Page, below: list[Line], machine: list[str]) -> Iterator[str]:
    yield from labelled(page.lines, below)
    said = [*page.head.writers, *machine, *page.head.authors]
    seen = "\n".join(line.text for line in below)
    yield from (name for name in said if name in seen)
    yield from _marked_beside(below)
    yield from said
    yield from _beside_icon(below)
    yield from _marked(page.lines.root)
    yield from _bare(below)


class _Check:
    """Tells names of people from names of sites, desks, editors and sections."""

    def __init__(self, page: Page, title: str) -> None:
        section = jsonld.text_field(page.article, "articleSection") or page.head.first(*SECTION_NAMES) or ""
        self._never = {title.casefold(), section.casefold()}
        self._editors = editors_of(page.lines) | {name.casefold() for name in page.head.all("content_editor")}
        host = (urlsplit(page.url).hostname or "").removeprefix("www.").split(".")
        names = {page.head.site_name or "", *(part for part in host[:-1] if len(part) > 4)}
        if not page.head.site_name:
            names |= {part for part in PART.split(page.head.title) if part not in title and len(part) < 40}
        self._sites = {_LETTERS.sub("", name).lower() for name in names} - {""}
        self._site_words = {word for name in names for word in name.casefold().split() if len(word) > 3}

    def desk(self, name: str) -> str | None:
        """Return a desk that signs for itself ("Redaksi Pantura"); better than nobody, not than a name."""
        name = tidy(name)
        own = any(word.casefold() in self._site_words for word in name.split())
        return name if _DESK.match(name) and not own else None

    def good(self, name: str) -> str | None:
        """Return the tidied name if it can be a writer's."""
        name = tidy(name)
        words = name.split()
        if not 2 < len(name) <= 60 or len(words) > 7 or _NOT_A_NAME.search(name):
            return None
        if sum(word[0].islower() and word.lower() not in _PARTICLES for word in words) > 1:
            return None  # a phrase, not a name
        folded, letters = name.casefold(), _LETTERS.sub("", name).lower()
        if folded in self._never or folded in self._editors:
            return None
        if words[0].casefold() == "redaksi" and self._site_words & set(folded.split()):
            return None
        return None if any(site in letters or letters in site for site in self._sites) else name


def tidy(name: str) -> str:
    """Take labels, dates and desks off a name."""
    words = _CUT.sub("", _LEAD.sub("", squeeze(name))).strip(" .,:;-\u2013\u2014|/()*").split()
    while words and words[-1].strip(".,").lower() in _CALENDAR:
        words.pop()
    half = len(words) // 2
    if half and words[:half] == words[half:]:
        words = words[half:]  # shown once for phones and once for desks
    return " ".join(words).strip(" ,.")


def _marked_beside(below: list[Line]) -> Iterator[str]:
    """Names in what is marked as author within the byline's lines."""
    for line in below:
        if len(line.text) > 100:
            continue
        inner = [
            node for node in line.block.iter("a", "span", "bdi", "b", "strong", "cite") if _is_marked(node)
        ]
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
    return _names_author(marks(node))


@lru_cache(maxsize=4096)
def _names_author(names: str) -> bool:
    return _CLASS.search(names) is not None


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
        if (
            _is_marked(node)
            and not _is_elsewhere(node)
            and not any(d is not node for d in node.iter(*_BOXES))
        ):
            text = text_of(node)
            if 2 < len(text) < 80:
                yield text


def _is_elsewhere(node: Element) -> bool:
    """Whether a mark belongs to another story: in a menu or list, or in an article as small as a teaser."""
    article = next(node.iterancestors("article"), None)
    return is_aside(node) or (article is not None and len(article.text_content()) < _TEASER)


def _bare(below: list[Line]) -> Iterator[str]:
    """A line in the byline that is nothing but a name, next to a date or a portrait."""
    for index, line in enumerate(below):
        near = [other.text for other in below[max(0, index - 1) : index + 2] if other is not line]
        dated = any(re.search(r"\d{4}", text) for text in near)
        portrait = any(_shows_person(box) for box in (line.block, *_near(line.block)))
        words = line.text.split()
        name = _BARE.match(line.text) and not _COMMON.search(line.text)
        if name and (portrait or (dated and len(words) > 1)):
            yield line.text


def _shows_person(box: Element) -> bool:
    """Whether a small box holds a portrait or a time: what stands beside a writer's name."""
    if box.find(".//time") is not None:
        return True
    return any(_PORTRAIT.search(f"{marks(img)} {img.get('src') or ''}".lower()) for img in box.iter("img"))
