"""Change ``sources.yaml`` as a careful person would: only the lines concerned, comments kept.

The changed file is loaded together with its neighbours, by the real loader, before it takes the
old one's place; a change that does not fit is never written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from config.errors import ConfigError
from config.putting import put_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

NAME = "sources.yaml"


def put_source(folder: Path, values: Mapping[str, Any], *, replaces: str | None = None) -> Path:
    """Add a source to the folder's ``sources.yaml``, or replace one.

    A file in a configuration folder replaces the bundled one as a whole, so a folder without
    one gets a copy of the bundled list first.

    Args:
        folder: the configuration folder; made if it is not there.
        values: keys and values of the entry, in the order to write them.
        replaces: id of the entry whose place it takes; None to add one at the end.

    Returns:
        The file that was written.

    Raises:
        ConfigError: the result would not be a right configuration; nothing was changed.
        OSError: the folder cannot be written to.
    """
    return put_file(folder, NAME, lambda text: with_source(text, values, replaces=replaces))


def with_source(text: str, values: Mapping[str, Any], *, replaces: str | None = None) -> str:
    """The text of ``sources.yaml`` with an entry added or replaced. Pure.

    Raises:
        ConfigError: the list is not written as one source for each dash, or the entry to
            replace is not in it.
    """
    listed = _list_of(text)
    if not listed.value:
        start, end = listed.start_mark.index, listed.end_mark.index
        return text[:start].rstrip(" ") + "\n" + entry_text(values, 2) + text[end:].lstrip("\n")
    if listed.flow_style:
        message = "daftar 'sources' ditulis dalam kurung siku; tulis satu sumber per tanda '-' dahulu"
        raise ConfigError(NAME, listed.start_mark.line + 1, "sources", message)
    new = entry_text(values, listed.start_mark.column)
    lines = text.splitlines(keepends=True)
    if replaces is None:
        return text.rstrip("\n") + "\n" + new
    start, end = _lines_of(listed, replaces, lines)
    return "".join(lines[:start]) + new + "".join(lines[end:])


def entry_text(values: Mapping[str, Any], indent: int) -> str:
    """An entry as the file has them.

    Args:
        values: keys and values in order.
        indent: spaces before the dash.
    """
    text = yaml.dump(
        [dict(values)], Dumper=_Indented, allow_unicode=True, sort_keys=False, width=4096,
        default_flow_style=False,
    )  # fmt: skip
    return "".join(" " * indent + line for line in text.splitlines(keepends=True))


def _list_of(text: str) -> yaml.SequenceNode:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        root = None
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "sources" and isinstance(value, yaml.SequenceNode):
                return value
    raise ConfigError(NAME, None, "sources", "daftar 'sources' tidak ditemukan")


def _lines_of(listed: yaml.SequenceNode, source_id: str, lines: list[str]) -> tuple[int, int]:
    """First line of an entry and the one after its last, comments above the next left out."""
    starts = [item.start_mark.line for item in listed.value] + [len(lines)]
    for place, item in enumerate(listed.value):
        if any(key.value == "id" and value.value == source_id for key, value in item.value):
            end = starts[place + 1]
            while lines[end - 1].strip() == "" or lines[end - 1].lstrip().startswith("#"):
                end -= 1
            return starts[place], end
    raise ConfigError(NAME, None, source_id, f"sumber '{source_id}' tidak ditemukan")


class _Indented(yaml.SafeDumper):
    """Writes lists inside mappings indented, as the bundled file has them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - overrides
        super().increase_indent(flow, False)  # noqa: FBT003 - same
