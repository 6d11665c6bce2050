"""Change one value of a configuration file from outside an editor: only its line, comments kept.

The changed file is loaded together with its neighbours, by the real loader, before it takes the old
one's place; a change that does not fit is never written. The file before stays as a dated copy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from config.errors import ConfigError
from config.putting import put_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

Scalar = str | int | float | bool


def change_value(folder: Path, name: str, place: Sequence[str], value: Scalar, now: datetime) -> Path:
    """Put another value at a place of a file.

    Args:
        folder: the configuration folder; made if it is not there, with a copy of the bundled file.
        name: of the file, e.g. ``alerts.yaml``.
        place: keys from the outside in; in a list, the id of an entry (``sources, warta, status``).
        value: text, number or truth value.
        now: the moment, for the name of the copy.

    Returns:
        The file that was written.

    Raises:
        ConfigError: the result would not be a right configuration, or the place is not in the file;
            nothing was changed.
        OSError: the folder cannot be written to.
    """
    return put_file(folder, name, lambda text: with_value(text, name, place, value), keep_at=now)


def with_value(text: str, name: str, place: Sequence[str], value: Scalar) -> str:
    """The text of a file with another value at a place. Pure.

    Raises:
        ConfigError: there is no such place, or no single value stands there.
    """
    *outer, last = place
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    for key in outer:
        node = _inside(node, key, name)
    written = yaml.safe_dump(value, allow_unicode=True, width=4096).splitlines()[0]
    if not isinstance(node, yaml.MappingNode):
        raise _missing(name, last)
    for key, found in node.value:
        if key.value == last:
            if not isinstance(found, yaml.ScalarNode):
                raise _missing(name, last)
            return text[: found.start_mark.index] + written + text[found.end_mark.index :]
    if node.flow_style or not node.value:
        raise _missing(name, last)
    begin = node.value[-1][0].start_mark  # a new line before the last key, as far in as that one
    at = begin.index - begin.column
    if text[at : begin.index].strip():  # the entry's dash stands there
        raise _missing(name, last)
    return f"{text[:at]}{' ' * begin.column}{last}: {written}\n{text[at:]}"


def _inside(node: yaml.Node | None, key: str, name: str) -> yaml.Node:
    if isinstance(node, yaml.MappingNode):
        for one, value in node.value:
            if one.value == key:
                found: yaml.Node = value
                return found
    if isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            if any(one.value == "id" and value.value == key for one, value in entry.value):
                item: yaml.Node = entry
                return item
    raise _missing(name, key)


def _missing(name: str, key: str) -> ConfigError:
    return ConfigError(
        name, None, key, f"'{key}' tidak ditemukan sebagai satu nilai; ubah berkasnya langsung"
    )
