"""One parse per page, and the small questions everyone asks the tree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import lxml.html
from lxml import etree

Element = Any  # lxml publishes no types

# A tag with a thousand attributes, whatever their values hold. Possessive: no way back, so linear.
_CROWDED = re.compile(
    r"<[a-zA-Z][^\s<>\"'/]*+"
    r"(?:[\s/]++[^\s\"'<>=/]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'<>]++)?)?){1000}"
)
_SPACES = re.compile(r"\s+")
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:aside|sidebar|related|terkait|terkini|terpopuler|populer|popular|trending|"
    r"recommend\w*|rekomendasi|(?<!post[_-])(?<!entry[_-])(?<!article[_-])footer|nav|navbar|menu|breadcrumbs?|comments?|komentar|(?<!elementor-)widget|"
    r"bacajuga|baca-juga|latest|terbaru|lainnya|topbar|ticker|clock|jam)(?:$|[\s_-])"
)
_STORY = re.compile(
    r"(?:^|\s)(?:h-?entry|hfeed|blog-posts|post-outer|entry-content|post-body|articlebody)(?:\s|$)"
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "relatedDetail" is "related-detail"
_STORY_TAGS = {"article", "main", "body", "html"}
_ASIDE_TAGS = {"aside", "footer", "nav", "form", "script", "style", "noscript", "select"}
# What never holds a story or says who wrote it and when. Taken out in one go, before every walk.
_DEAD = (
    "style", "noscript", "svg", "template", "iframe", "object", "embed", "canvas", "map", "video",
    "audio", "select", "button", "input", "textarea", "script", "nav", "aside",
)  # fmt: skip


class HostilePageError(ValueError):
    """The page is built to stall a parser and is not parsed at all."""


def refuse_hostile(text: str) -> None:
    """Refuse mark-up that would stall whoever parses it.

    Raises:
        HostilePageError: a tag carries so many attributes that parsing would take minutes
            (the cost is quadratic in every HTML parser measured).
    """
    if _CROWDED.search(text):
        raise HostilePageError("one tag has more than a thousand attributes")


def parse(text: str) -> Element | None:
    """Parse a page, or return None if there is nothing to parse.

    Raises:
        HostilePageError: see `refuse_hostile`.
    """
    refuse_hostile(text)
    if not text.strip():
        return None
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, default_doctype=False
    )
    # lxml.html asks a Python function for the class of every element; only forms would need it
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement))
    try:
        return lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def text_of(element: Element) -> str:
    """The element's text on one line."""
    return squeeze("".join(element.itertext()))


def squeeze(text: str) -> str:
    """Fold all white space (also no-break spaces) into single spaces."""
    return " ".join(text.split())


def marks(element: Element) -> str:
    """Class and id of an element in lower case, words apart, for matching by name."""
    return _lowered(element.get("class"), element.get("id"))


@lru_cache(maxsize=4096)  # a site gives the same few names on all its pages
def _lowered(kind: str | None, name: str | None) -> str:
    named = f"{kind or ''} {name or ''}"
    lower = named.lower()
    return lower if lower == named else _HUMP.sub("-", named).lower()


def is_aside(element: Element, *, header_counts: bool = True) -> bool:
    """Say whether an element lies in what surrounds an article: menus, lists of other stories.

    Args:
        element: where to look from, upwards.
        header_counts: whether a page header (not one inside an article) surrounds too.
    """
    node = element
    while node is not None:
        known = surrounds(node, header_counts=header_counts)
        if known is not None:
            return known
        node = node.getparent()
    return False


def surrounds(node: Element, *, header_counts: bool = True) -> bool | None:
    """Say whether this very element marks surroundings (True) or a story (False), if either."""
    tag = node.tag
    if tag in _STORY_TAGS:
        return False
    named = _named_for(marks(node))
    if named is False:
        return False
    if tag in _ASIDE_TAGS or (tag == "header" and header_counts and not _in_article(node)):
        return True
    return named


@lru_cache(maxsize=4096)
def _named_for(names: str) -> bool | None:
    """Say what an element's names stand for: surroundings (True), a story (False) or neither."""
    if _STORY.search(names):
        return False
    return True if _ASIDE.search(names) else None


def _in_article(node: Element) -> bool:
    return any(up.tag in {"article", "main"} for up in node.iterancestors())


def unfold_layout_tables(root: Element) -> None:
    """Turn tables that lay out the page into plain boxes, in place.

    Old sites put the whole page into a table; read as data, a story becomes one cell of it.
    """
    tables: list[Element] = list(root.iter("table"))
    for table in tables:
        outer = table.find(".//table") is not None
        if outer or sum(1 for _ in table.iter("p", "h1")) >= 2:
            for node in table.iter("table", "tbody", "thead", "tr", "td", "th"):
                node.tag = "div"


def slim(root: Element) -> None:
    """Take out, in place, what holds no story: code, drawings, players, menus, page footers.

    Everything after is a walk over a third of the tree. A form that wraps the page (old ASP.NET
    sites) becomes a plain box; footers within an article may hold its byline and stay.
    """
    for footer in list(root.iter("footer")):
        if not _in_article(footer):
            footer.drop_tree()
    etree.strip_elements(root, *_DEAD, with_tail=False)
    forms = list(root.iter("form"))
    if forms:
        whole = len(root.text_content())
        for form in forms:
            if 2 * len(form.text_content()) > whole:
                form.tag = "div"
