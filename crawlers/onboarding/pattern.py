"""The regular expression that a site's article addresses share, derived from examples. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

ANY = r"[^/?#]+"
_ENOUGH = 0.85  # share of the examples a pattern must match
_MOST_WRONG = 0.1  # share of what it matches that may be other links
_FEWEST = 3  # fewer examples than this show no pattern
_MOST_HYPHENS = 3
# What a part of a path can be, most telling first: (recognised by, written as).
_PARTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"20\d\d$"), r"20\d\d"),
    (re.compile(r"\d\d?$"), r"\d\d?"),
    (re.compile(r"\d+$"), r"\d+"),
    (re.compile(r"([a-z]{1,3})-\d{3,}$"), r"{0}-\d+"),
    (re.compile(r"\d{2,}-\D"), rf"\d+-{ANY}"),
    (re.compile(r".*-\d{4,}$"), rf"{ANY}-\d+"),
    (re.compile(r".*\.(s?html?|php|aspx?)$"), rf"{ANY}\.{{0}}"),
)
_SLUG, _WORD = "slug", "word"

Shape = tuple[str, ...]


def derive_pattern(articles: Sequence[str], others: Sequence[str] = ()) -> str | None:
    """Derive the pattern of a site's article addresses.

    Args:
        articles: absolute addresses of articles of one site.
        others: absolute addresses of other pages of it, which the pattern must leave alone.

    Returns:
        A regular expression for `re.search` on absolute addresses, or None when the examples
        are too few or too different, or no pattern keeps the other pages out.
    """
    examples = list(dict.fromkeys(articles))
    hosts = Counter(_host(url) for url in examples)
    if len(examples) < _FEWEST or not hosts:
        return None
    host, _ = hosts.most_common(1)[0]
    groups: dict[Shape, list[list[str]]] = defaultdict(list)
    for url in examples:
        if _host(url) == host:
            groups[_shape(url)].append(_parts(url))
    few = max(2, len(examples) // 10)
    kept = [(shape, group) for shape, group in groups.items() if len(group) >= few]
    kept.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    # more than a few shapes side by side are no pattern but a list
    paths = list(dict.fromkeys(_regex(shape, group) for shape, group in kept))[:3]
    if not paths:
        return None
    either = paths[0] if len(paths) == 1 else f"(?:{'|'.join(paths)})"
    pattern = rf"^https?://(?:www\.)?{_quote(host)}/{either}"
    return pattern if _good(pattern, examples, others) else None


def _good(pattern: str, articles: Sequence[str], others: Sequence[str]) -> bool:
    found = re.compile(pattern)
    right = sum(1 for url in articles if found.search(url))
    wrong = sum(1 for url in set(others) - set(articles) if found.search(url))
    return right >= _ENOUGH * len(articles) and wrong <= _MOST_WRONG * (right + wrong)


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _parts(url: str) -> list[str]:
    parts = urlsplit(url)
    found = [part for part in parts.path.split("/") if part]
    keys = [f"?{name}" for name, value in parse_qsl(parts.query) if value.isdigit()]
    return found + keys[:1] if not found or found[-1].endswith(".php") else found


def _shape(url: str) -> Shape:
    parts = _parts(url)
    kinds = [_kind(part) for part in parts]
    telling = any(kind not in {_SLUG, _WORD} for kind in kinds)
    for place in range(len(kinds)):
        last = place == len(kinds) - 1
        if kinds[place] in {_SLUG, _WORD}:
            # a writer's name or a section stays a word however many hyphens it has; a headline
            # stays a headline even when it is one word, where something else marks the article
            kinds[place] = (_SLUG if telling else kinds[place]) if last else _WORD
    return tuple(kinds)


def _kind(part: str) -> str:
    if part.startswith("?"):
        return rf"\{part}=\d+"
    for recognised, written in _PARTS:
        match = recognised.match(part)
        if match:
            return written.format(*match.groups()) if match.groups() else written
    return _SLUG if part.count("-") >= 2 else _WORD


def _regex(shape: Shape, group: Sequence[Sequence[str]]) -> str:
    written = []
    words_differ = False
    telling = any(kind not in {_SLUG, _WORD} for kind in shape)
    for place, kind in enumerate(shape):
        values = {parts[place] for parts in group}
        if kind == _WORD:
            # one value on every example is part of the address; several are sections or names
            same = len(values) == 1
            words_differ = words_differ or not same
            written.append(_quote(next(iter(values))) if same else ANY)
        elif kind == _SLUG:
            fixed = telling or (shape[0] == _WORD and not words_differ)
            hyphens = 0 if fixed else min(_MOST_HYPHENS, *(value.count("-") for value in values), 9)
            written.append(rf"{ANY}(?:-{ANY}){{{hyphens}}}" if hyphens else ANY)
        else:
            written.append(kind)
    if written and written[-1].startswith(r"\?"):
        return "/".join(written[:-1]) + written[-1] + "$"
    return "/".join(written) + r"/?(?:\?|$)"


def _quote(text: str) -> str:
    return re.escape(text).replace(r"\-", "-")
