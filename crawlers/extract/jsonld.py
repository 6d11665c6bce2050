"""What a page says about itself in JSON-LD: the first article-like object."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from crawlers.extract.tree import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawlers.extract.tree import Element

_ARTICLE = re.compile(r"(?:News)?Article$|^BlogPosting$|^Report(?:age\w*)?$|^LiveBlogPosting$")
_DEEPEST = 6


def find_article(root: Element) -> dict[str, Any]:
    """Return the page's article object, or an empty mapping.

    Broken blocks are skipped: many sites print raw line breaks inside JSON strings, which is
    read all the same, and some print half a block, which is not.
    """
    for block in root.iter("script"):
        if "ld+json" not in (block.get("type") or ""):
            continue
        try:
            data = json.loads(block.text_content().strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(data, 0):
            if any(_ARTICLE.search(kind) for kind in _strings(item.get("@type"))):
                return item
    return {}


def text_field(item: dict[str, Any], name: str) -> str | None:
    """Return one text field, also when it is wrapped in a list."""
    values = _strings(item.get(name))
    return squeeze(values[0]) or None if values else None


def names(item: dict[str, Any], field: str) -> list[str]:
    """Return the names in a field such as `author`: texts, objects or lists of either."""
    return [squeeze(n) for n in _names(item.get(field)) if squeeze(n)]


def keywords(item: dict[str, Any]) -> list[str]:
    """Return the article's keywords, given as a list or with commas."""
    values = _strings(item.get("keywords"))
    return [squeeze(word) for value in values for word in value.split(",") if squeeze(word)]


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON is any
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _objects(data.get(name), depth + 1)


def _names(value: Any) -> Iterator[str]:  # noqa: ANN401 - JSON is any
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _strings(value.get("name"))
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)


def _strings(value: Any) -> list[str]:  # noqa: ANN401 - JSON is any
    if isinstance(value, str):
        return [value]
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []
