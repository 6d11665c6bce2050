"""What a page says about itself in JSON-LD: the object of its own article."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from crawlers.extract.tree import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawlers.extract.tree import Element

_ARTICLE = re.compile(r"(?:News)?Article$|^BlogPosting$|^Report(?:age\w*)?$|^LiveBlogPosting$")
_PAGE = re.compile(r"^(?:Web|Item|About)Page$")
_DEEPEST = 6
_WRAPPING = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*$")
_SPARE_COMMA = re.compile(r",(?=\s*[}\]])")
_DATE = re.compile(r'"datePublished"\s*:\s*\[?\s*"([^"]{8,40})"')
_AUTHOR = re.compile(r'"author"\s*:\s*\[?\s*\{[^{}]{0,300}?"name"\s*:\s*"([^"]{2,80})"')
_WORD = re.compile(r"\w+")


def find_article(root: Element, titles: Iterable[str] = ()) -> dict[str, Any]:
    """Return the page's own article object, or an empty mapping.

    Sites print raw line breaks, spare commas and unescaped quotes into their JSON. What can be
    read after small repairs is read; from a block that stays broken only the date and the author
    are taken, and only if it speaks of one article.

    Args:
        root: the page.
        titles: what the page calls itself elsewhere; chooses among several articles.

    Returns:
        The article; names of authors given by reference are filled in. Without an article, the
        date and author of the page object, as type ``WebPage``.
    """
    items: list[dict[str, Any]] = []
    broken: list[str] = []
    for block in root.iter("script"):
        if "ld+json" in (block.get("type") or ""):
            text = block.text_content()
            data = _load(text)
            if data is None:
                broken.append(text)
            items += _objects(data, 0)
    named = {item["@id"]: item for item in items if isinstance(item.get("@id"), str) and "name" in item}
    article = _choose([i for i in items if is_article(i)], list(titles)) or _salvaged(broken)
    if not article:
        page = next((i for i in items if _has_type(i, _PAGE) and i.get("datePublished")), {})
        article = {k: page[k] for k in ("@type", "datePublished", "author") if k in page}
    return {**article, "author": _resolved(article["author"], named)} if "author" in article else article


def is_article(item: dict[str, Any]) -> bool:
    """Say whether an object is an article (and not only the page around one)."""
    return _has_type(item, _ARTICLE)


def text_field(item: dict[str, Any], name: str) -> str | None:
    """Return one text field, also when it is wrapped in a list."""
    values = _strings(item.get(name))
    return squeeze(html.unescape(values[0])) or None if values else None


def names(item: dict[str, Any], field: str) -> list[str]:
    """Return the names in a field such as `author`: texts, objects or lists of either."""
    return [squeeze(html.unescape(n)) for n in _names(item.get(field)) if squeeze(n)]


def keywords(item: dict[str, Any]) -> list[str]:
    """Return the article's keywords, given as a list or with commas."""
    values = _strings(item.get("keywords"))
    return [squeeze(word) for value in values for word in value.split(",") if squeeze(word)]


def _load(text: str) -> Any:  # noqa: ANN401 - JSON is any
    plain = _WRAPPING.sub("", text).strip().rstrip(";")
    for attempt in (plain, _SPARE_COMMA.sub("", plain), html.unescape(plain)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _choose(articles: list[dict[str, Any]], titles: list[str]) -> dict[str, Any]:
    """The first article, unless another one carries the page's title and the first does not."""
    if len(articles) < 2:
        return articles[0] if articles else {}
    wanted = [set(_WORD.findall(t.lower())) for t in titles]

    def fit(item: dict[str, Any]) -> float:
        words = set(_WORD.findall((text_field(item, "headline") or text_field(item, "name") or "").lower()))
        return max((len(words & w) / len(words | w) for w in wanted if words), default=0.0)

    best = max(articles, key=fit)
    return best if fit(best) > 0.5 > fit(articles[0]) else articles[0]


def _salvaged(blocks: list[str]) -> dict[str, Any]:
    for text in blocks:
        dates = set(_DATE.findall(text))
        if re.search(r'"@type"\s*:\s*\[?\s*"(?:News)?Article"', text) and len(dates) == 1:
            authors = _AUTHOR.findall(text)
            return {"@type": "NewsArticle", "datePublished": dates.pop(), "author": authors[:1]}
    return {}


def _resolved(author: Any, named: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON is any
    if isinstance(author, list):
        return [_resolved(one, named) for one in author]
    if isinstance(author, dict) and "name" not in author:
        known = named.get(str(author.get("@id")))
        return known or author
    return author


def _has_type(item: dict[str, Any], pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(kind) for kind in _strings(item.get("@type")))


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON is any
    """Walk to the objects that speak of this page; a list's items speak of others."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
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
