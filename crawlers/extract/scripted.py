"""Pages that are empty until a browser runs their script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawlers.extract.tree import chunks

if TYPE_CHECKING:
    from crawlers.extract.tree import Element

# a script that leads elsewhere
_LEADS = re.compile(
    r"\b(?:window|document|self|top|parent)?\.?location(?:\.href)?\s*=[^=]|\blocation\.(?:replace|assign)\s*\(",
    re.IGNORECASE,
)
# a page that says so
_SAYS = re.compile(
    r"<noscript[^>]{0,200}>(?:(?!</noscript).){0,1000}?(?:javascript|java script)",
    re.IGNORECASE | re.DOTALL,
)
# the empty box into which the usual frameworks render
_BOX = re.compile(
    r"<div[^>]{0,200}\bid\s*=\s*[\"']?(?:root|app|__next|__nuxt|main-app)[\"']?[^>]{0,200}>\s*</div>",
    re.IGNORECASE,
)
_FIRST = 200_000
_RENDERED = 400  # characters of visible text; a loading page says less


def needs_script(page: str, root: Element, text: str) -> bool:
    """Say whether a page would have its story only in a browser.

    A page that shows menus and footers was rendered; that it has scripts too says nothing. What
    was taken for its story may be the hint to switch scripts on, which no browser shows.

    Args:
        page: HTML.
        root: the same, parsed.
        text: what was found as its story, if anything.
    """
    if len(text) > _RENDERED:
        return False
    shown = sum(len(piece) for _, piece in chunks(root))
    if shown > _RENDERED or (text and shown >= len(text)):
        return False
    head = page[:_FIRST]
    return "<script" in head.lower() and any(sign.search(head) for sign in (_LEADS, _SAYS, _BOX))
