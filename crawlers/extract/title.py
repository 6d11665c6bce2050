"""The headline: the page's own heading if the head agrees, else what the head says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawlers.extract.tree import is_aside, marks, squeeze, text_of

if TYPE_CHECKING:
    from crawlers.extract.meta import Head
    from crawlers.extract.tree import Element

_WORD = re.compile(r"\w+")
_SUFFIX = re.compile(r"\s+(?:[|\u2013\u2014\u00bb\u2022]|-|::)\s+(?=\S[^|]{1,60}$)")
_TITLE_CLASS = re.compile(r"(?:^|[\s_-])(?:judul|title|headline)(?:$|[\s_-])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def find_title(
    root: Element, head: Head, headline: str | None, hint: str | None = None
) -> tuple[str, Element | None]:
    """Find the headline and the heading that shows it.

    Args:
        root: the page.
        head: its meta tags.
        headline: what JSON-LD says, if anything.
        hint: what the feed or listing called it; only finds the heading, is never the title.

    Returns:
        The headline (may be empty) and the heading element, or None if none shows it.
    """
    said = [t for t in (headline, head.first("og:title", "twitter:title"), head.title) if t]
    heading = _best_heading(root, [*said, *([hint] if hint else [])])
    if heading is None and not head.first("og:title"):
        heading = _named_heading(root)
        if heading is None and not said:
            heading = _only_h1(root)
    if heading is not None:
        return text_of(heading), heading
    if not said:
        return "", None
    return without_site(said[0], head), None


def without_site(title: str, head: Head) -> str:
    """Take the site's name off the end of a title ("... - Kabar Contoh")."""
    title = squeeze(title)
    parts = list(_SUFFIX.finditer(title))
    if not parts:
        return title
    stem, tail = title[: parts[-1].start()], title[parts[-1].end() :]
    site = (head.site_name or "").lower()
    if site and (tail.lower() == site or site in tail.lower() or tail.lower() in site):
        return stem
    # og:title carries no suffix where <title> does: what differs is the suffix
    og = head.first("og:title")
    if og and squeeze(og) == stem:
        return stem
    return stem if not site and title == squeeze(head.title) and len(_words(tail)) <= 4 else title


def _best_heading(root: Element, said: list[str]) -> Element | None:
    """Choose among h1 (then h2) the one whose words the head repeats."""
    wanted = [_words(text) for text in said]
    for level in ("h1", "h2", "h3"):
        best, best_score = None, 0.0
        for heading in root.iter(level):
            if not _visible(heading) or is_aside(heading):
                continue
            words = _words(text_of(heading))
            score = max((_overlap(words, other) for other in wanted), default=0.0)
            if len(words) >= 2 and score > best_score:
                best, best_score = heading, score
        if best is not None and best_score >= 0.6:
            return best
    return None


def _only_h1(root: Element) -> Element | None:
    headings = [h for h in root.iter("h1") if _visible(h) and not is_aside(h)]
    return headings[0] if len(headings) == 1 else None


def _named_heading(root: Element) -> Element | None:
    """A heading named as title, on pages whose head knows only the site's name."""
    for heading in root.iter("h1", "h2", "h3"):
        if _TITLE_CLASS.search(marks(heading)) and not is_aside(heading):
            inside_link = heading.getparent().tag == "a" or heading.find(".//a") is not None
            if not inside_link and len(_words(text_of(heading))) >= 3:
                return heading
    return None


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
