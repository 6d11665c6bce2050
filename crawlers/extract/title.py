"""The headline: the page's own heading if the head agrees, else what the head says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawlers.extract.jsonld import text_field
from crawlers.extract.tree import is_aside, marks, squeeze, text_of

if TYPE_CHECKING:
    from crawlers.extract.meta import Head
    from crawlers.extract.page import Page
    from crawlers.extract.tree import Element

_WORD = re.compile(r"\w+")
PART = re.compile(r"\s+(?:[|\u2013\u2014\u00bb\u2022]|-|::?)\s+|(?<=\w): (?=\S)")
_SUFFIX = re.compile(r"\s+(?:[|\u2013\u2014\u00bb\u2022]|-|::)\s+(?=\S[^|]{1,60}$)")
_TITLE_CLASS = re.compile(r"(?:^|[\s_-])(?:judul|title|headline)(?:$|[\s_-])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
# Headings and titles that name the template, not the story.
_GENERIC = re.compile(
    r"^\W*(?:detail|isi|baca|lihat|halaman|beranda|home|blog|news|read|single|post)?\s*"
    r"(?:berita|artikel|news|blog|post|posts|detail|beranda|home|pengumuman|kegiatan|informasi|media|info)?\s*"
    r"(?:detail|terkini|terbaru|lengkap|selengkapnya|single)?\W*$",
    re.IGNORECASE,
)
_LEVELS = ("h1", "h2", "h3", "h4")
_FIRST_LINES = 80
_LINE = 20  # characters; a shorter line may be a section's or the site's name
_SHORTEST = 5  # words; a shorter title in the head is the site's name more often than a headline


@dataclass(frozen=True, slots=True)
class Headline:
    """A story's headline and where the page shows it.

    Attributes:
        text: plain text; may be empty.
        element: the element that is the heading, or None.
        place: first and last line of it among the page's lines, or None if it is not shown.
    """

    text: str
    element: Element | None = None
    place: tuple[int, int] | None = None


def find_title(page: Page) -> Headline:
    """Find the headline.

    What the feed called the story helps to find the heading and is never the title itself.
    """
    head = page.head
    og = head.first("og:title", "twitter:title")
    said = [t for t in (text_field(page.article, "headline"), og, head.title) if t]
    site = (head.site_name or "").casefold()
    said = [t for t in said if not _GENERIC.match(without_site(t, head)) and t.casefold() != site]
    wanted = [*said, *([page.hints.title] if page.hints.title else [])]
    heading = _best_heading(page.lines.root, wanted, site)
    if heading is None:
        at = _same_line(page, said)
        if at is not None:
            return Headline(page.lines.all[at].text, None, (at, at))
    if heading is None and not og:
        heading = _named_heading(page)
        if heading is None and all(len(_words(without_site(t, head))) < _SHORTEST for t in said):
            above = _above_story(page)
            heading = above if above is not None else _only_h1(page.lines.root)
    if heading is not None:
        return Headline(text_of(heading), heading, page.lines.index_of(heading))
    return Headline(without_site(said[0], head) if said else "")


def without_site(title: str, head: Head) -> str:
    """Take the site's name off a title ("... - Kabar Contoh", "Kabar Contoh | ...")."""
    title = squeeze(title)
    parts = list(_SUFFIX.finditer(title))
    site = (head.site_name or "").lower()
    first = PART.search(title)
    if first and site and title[: first.start()].lower() == site:
        return title[first.end() :]
    if not parts:
        return title
    stem, tail = title[: parts[-1].start()], title[parts[-1].end() :]
    if site and (tail.lower() == site or site in tail.lower() or tail.lower() in site):
        return stem
    # og:title carries no suffix where <title> does: what differs is the suffix
    og = head.first("og:title")
    if og and squeeze(og) == stem:
        return stem
    return stem if not site and title == squeeze(head.title) and len(_words(tail)) <= 4 else title


def _best_heading(root: Element, said: list[str], site: str) -> Element | None:
    """Choose among h1 (then h2, ...) the one whose words the head repeats, never the site's name."""
    wanted = [_words(text) for text in said]
    for level in _LEVELS:
        best, best_score = None, 0.0
        for heading in root.iter(level):
            if not _visible(heading) or is_aside(heading, header_counts=False):
                continue
            text = text_of(heading)
            words = set() if text.casefold() == site else _words(text)
            score = max((_overlap(words, other) for other in wanted), default=0.0)
            if len(words) >= 2 and score > best_score:
                best, best_score = heading, score
        if best is not None and best_score >= 0.6:
            return best
    return None


def _same_line(page: Page, said: list[str]) -> int | None:
    """A line that is no heading by tag but reads just like the title or a part of it."""
    wanted = {text.casefold() for text in said}
    for text in said:
        cuts = list(PART.finditer(text))
        starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(text)]
        wanted |= {text[a:b].casefold() for a in starts for b in ends if b - a > _LINE}
    for index, line in enumerate(page.lines.all[:_FIRST_LINES]):
        same = len(line.text) > _LINE and line.text.casefold() in wanted
        if same and not line.is_link and not page.lines.is_aside(line):
            return index
    return None


def _only_h1(root: Element) -> Element | None:
    headings = [h for h in root.iter("h1") if _visible(h) and not is_aside(h)]
    return headings[0] if len(headings) == 1 else None


def _named_heading(page: Page) -> Element | None:
    """What is named as title, on pages whose head knows only the site's name; a heading if there is one."""
    for heading in page.lines.root.iter(*_LEVELS):
        if _TITLE_CLASS.search(marks(heading)) and not is_aside(heading) and _is_headline(page, heading):
            return heading
    for line in page.lines.all[:_FIRST_LINES]:
        named = line.block.tag not in _LEVELS and _TITLE_CLASS.search(marks(line.block))
        whole = named and line.text == text_of(line.block) and not page.lines.is_aside(line)
        if whole and _is_headline(page, line.block):
            return line.block
    return None


def _above_story(page: Page) -> Element | None:
    """The last heading before the first paragraph."""
    lines = page.lines
    first = next((i for i, one in enumerate(lines.all) if one.is_prose and not lines.is_aside(one)), 0)
    for line in reversed(lines.all[:first]):
        if line.block.tag in _LEVELS and _is_headline(page, line.block):
            return line.block
    return None


def _is_headline(page: Page, heading: Element) -> bool:
    """Whether a heading can be a story's own: no link elsewhere, no name of a site or template."""
    text = text_of(heading)
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    elsewhere = any(link.get("href") and not page.is_self(link) for link in links)
    name = text.casefold() in {squeeze(page.head.title).casefold(), (page.head.site_name or "").casefold()}
    return not elsewhere and not name and len(_words(text)) >= 3 and not _GENERIC.match(text)


def _overlap(heading: set[str], other: set[str]) -> float:
    """Share of the heading's words that the head repeats, both ways of being longer allowed."""
    if not heading or not other:
        return 0.0
    common = len(heading & other)
    return min(common / len(heading), 1.25 * common / len(other))


def _visible(element: Element) -> bool:
    return not _HIDDEN.search(element.get("style") or "")


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))
