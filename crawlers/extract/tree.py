"""One parse per page, and the small questions everyone asks the tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import lxml.html

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = Any  # lxml publishes no types

_LONG_TAG = 20_000
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 1000
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:aside|sidebar|related|terkait|terkini|terpopuler|populer|popular|trending|"
    r"recommend\w*|rekomendasi|(?<!post[_-])(?<!entry[_-])(?<!article[_-])footer|nav|navbar|menu|breadcrumbs?|comments?|komentar|widget|"
    r"bacajuga|baca-juga|latest|terbaru|lainnya|topbar|ticker|clock|jam)(?:$|[\s_-])"
)
_STORY = re.compile(r"(?:^|\s)(?:h-?entry|post-outer|entry-content|post-body|articlebody)(?:\s|$)")
_ASIDE_TAGS = {"aside", "footer", "nav", "form", "script", "style", "noscript", "select"}


class HostilePageError(ValueError):
    """The page is built to stall a parser and is not parsed at all."""


def parse(text: str) -> Element | None:
    """Parse a page, or return None if there is nothing to parse.

    Raises:
        HostilePageError: a tag carries so many attributes that parsing would take minutes
            (the cost is quadratic in every HTML parser measured).
    """
    for piece in text.split("<")[1:]:
        if len(piece) > _LONG_TAG and _is_hostile(piece.partition(">")[0]):
            raise HostilePageError("one tag has more than a thousand attributes")
    if not text.strip():
        return None
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, default_doctype=False
    )
    # lxml.html asks a Python function for the class of every element; only forms would need it
    parser.set_element_class_lookup(lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement))
    try:
        return lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _is_hostile(tag: str) -> bool:
    """Quoted values may be long (an SVG path, an inlined image); it is names that cost."""
    long = len(tag) > _LONG_TAG and tag[0].isalpha()
    return long and len(_QUOTED.sub("", tag).split()) > _MOST_ATTRIBUTES


def drop_code(root: Element) -> None:
    """Take scripts and styles out, in place; data in JSON-LD stays. Half of a page is code."""
    for node in list(root.iter("script", "style")):
        if "ld+json" not in (node.get("type") or ""):
            node.drop_tree()


def text_of(element: Element) -> str:
    """The element's text on one line."""
    return squeeze("".join(element.itertext()))


def squeeze(text: str) -> str:
    """Fold all white space (also no-break spaces) into single spaces."""
    return " ".join(text.split())


def marks(element: Element) -> str:
    """Class and id of an element in lower case, for matching by name."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".lower()


def is_aside(element: Element, *, header_counts: bool = True) -> bool:
    """Say whether an element lies in what surrounds an article: menus, lists of other stories.

    Args:
        element: where to look from, upwards.
        header_counts: whether a page header (not one inside an article) surrounds too.
    """
    node = element
    while node is not None:
        tag = node.tag
        if tag in {"article", "main", "body", "html"} or _STORY.search(marks(node)):
            return False
        if tag in _ASIDE_TAGS or (tag == "header" and header_counts and not _in_article(node)):
            return True
        if _ASIDE.search(marks(node)):
            return True
        node = node.getparent()
    return False


def _in_article(node: Element) -> bool:
    return any(up.tag in {"article", "main"} for up in node.iterancestors())


def unfold_layout_tables(root: Element) -> None:
    """Turn tables that lay out the page into plain boxes, in place.

    Old sites put the whole page into a table; read as data, a story becomes one cell of it.
    """
    for table in list(root.iter("table")):
        if sum(1 for _ in table.iter("p", "h1")) >= 2:
            for node in table.iter("table", "tbody", "thead", "tr", "td", "th"):
                node.tag = "div"


def chunks(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield (element, text) in document order for every piece of visible text of a page."""
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag not in {"script", "style", "noscript", "template"} and node.text:
            text = squeeze(node.text)
            if text:
                yield node, text
        if node.tail and node.getparent() is not None:
            text = squeeze(node.tail)
            if text:
                yield node.getparent(), text
