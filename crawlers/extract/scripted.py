"""Pages that are empty until a browser runs their script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawlers.extract.tree import parse, squeeze

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
_SILENT = {"script", "style", "noscript", "template", "title"}
_FIRST = 200_000
_RENDERED = 400  # characters of visible text; a loading page says less


def needs_script(page: str, text: str) -> bool:
    """Say whether a page would have its story only in a browser.

    A page that shows menus and footers was rendered; that it has scripts too says nothing. What
    was taken for its story may be the hint to switch scripts on, which no browser shows.

    Args:
        page: HTML.
        text: what was found as its story, if anything.
    """
    head = page[:_FIRST]
    if len(text) > _RENDERED or "<script" not in head.lower():
        return False
    if not any(sign.search(head) for sign in (_LEADS, _SAYS, _BOX)):
        return False
    root = parse(page)
    shown = _shown(root) if root is not None else 0
    return shown <= _RENDERED and (not text or shown < len(text))


def _shown(root: Element) -> int:
    """Count the characters that stand on the page before any script has run."""
    shown = 0
    for node in root.iter():
        if node.tag not in _SILENT:
            shown += len(squeeze(node.text or ""))
        shown += len(squeeze(node.tail or ""))
    return shown
