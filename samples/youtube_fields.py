"""The API's ``fields`` parameter: ``items(id,snippet/title),nextPageToken``."""

from __future__ import annotations

from typing import Any

Tree = dict[str, "Tree"]


def select(data: dict[str, Any], fields: str) -> dict[str, Any]:
    """Keep only the named fields of a response.

    Args:
        data: the whole response.
        fields: the selector; ``*`` means everything below.

    Returns:
        A new response.
    """
    kept: dict[str, Any] = _keep(data, parse(fields))
    return kept


def parse(fields: str) -> Tree:
    """Read a selector into a tree; an empty subtree means everything below.

    Args:
        fields: e.g. ``a,b/c,items(id,snippet(title))``.

    Returns:
        Nested dictionaries by field name.
    """
    tree: Tree = {}
    for part in _split(fields):
        head, slash, tail = part.partition("/")
        bracket = head.find("(")
        if bracket >= 0:
            head, inner = part[:bracket], part[bracket + 1 : part.rindex(")")]
            child = parse(inner)
        else:
            child = parse(tail) if slash else {}
        tree.setdefault(head.strip(), {}).update(child)
    return tree


def _split(fields: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for position, character in enumerate(fields):
        depth += (character == "(") - (character == ")")
        if character == "," and depth == 0:
            parts.append(fields[start:position])
            start = position + 1
    parts.append(fields[start:])
    return [part for part in parts if part.strip()]


def _keep(value: Any, tree: Tree) -> Any:  # noqa: ANN401 - JSON is any
    if not tree or "*" in tree:
        return value
    if isinstance(value, list):
        return [_keep(one, tree) for one in value]
    if isinstance(value, dict):
        return {key: _keep(value[key], below) for key, below in tree.items() if key in value}
    return value
