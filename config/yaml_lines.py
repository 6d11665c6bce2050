"""YAML for analysts: plain data plus the line of every key.

The text is parsed into a node tree (PyYAML, the C parser where it is installed) and turned
into plain data here rather than by PyYAML, for three reasons: a duplicate key is an error, the
words ``no``, ``on`` and ``yes`` stay words (YAML 1.1 makes them booleans, and they are in our
word lists), and the tree keeps the line numbers for later checks.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from config.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+\Z")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TAG = "tag:yaml.org,2002:"
_SCALARS = frozenset(
    _TAG + name for name in ("str", "null", "bool", "int", "float", "timestamp", "merge", "value")
)
_COLLECTIONS = frozenset({_TAG + "seq", _TAG + "map"})
# What PyYAML says, in words an analyst can act on. Looked up by substring, first hit wins.
_SYNTAX = {
    "cannot start any token": "ada tab atau tanda yang tidak boleh mengawali nilai; pakai spasi "
    "untuk indentasi dan apit nilainya dengan tanda kutip",
    "mapping values are not allowed": "tanda titik dua tidak pada tempatnya; periksa indentasi "
    "atau apit nilainya dengan tanda kutip",
    "could not find expected ':'": "tanda titik dua sesudah kunci tidak ada",
    "found unexpected end of stream": "tanda kutip belum ditutup",
    "expected ',' or ']'": "daftar [ ... ] belum ditutup atau koma di antaranya kurang",
    "expected ',' or '}'": "isian { ... } belum ditutup atau koma di antaranya kurang",
    "found another document": "berkas hanya boleh berisi satu dokumen; hapus baris '---'",
    "undefined alias": "rujukan '*' menunjuk nama yang tidak ada",
    "did not find expected key": "indentasi tidak sejajar dengan baris di atasnya, atau ada tanda "
    "kutip yang keliru",
    "expected <block end>": "indentasi tidak sejajar dengan baris di atasnya",
    "'-' indicator": "indentasi tanda '-' tidak sejajar",
    "block sequence entries are not allowed": "tanda '-' tidak pada tempatnya",
    "<document start>": "ada teks di luar 'kunci: nilai'",
}


@dataclass(frozen=True, slots=True)
class YamlFile:
    """One parsed file.

    Attributes:
        name: file name as people know it, e.g. ``sources.yaml``.
        path: where it was read.
        data: its content as dicts, lists and scalars.
        root: the node tree, kept for line numbers.
        sha256: of the file's bytes, hexadecimal.
    """

    name: str
    path: Path
    data: Any
    root: yaml.Node
    sha256: str

    def line(self, loc: Sequence[str | int]) -> int:
        """Line (from 1) of the place `loc`, a path of keys and list positions.

        Where a part of the path is not in the file (a missing key), it is the line of the
        deepest part that is.
        """
        node: yaml.Node = self.root
        line = 1
        for part in loc:
            found = _child(node, part)
            if found is None:
                break
            line, node = found
        return line

    def error(self, loc: Sequence[str | int], key: str | None, message: str) -> ConfigError:
        """A `ConfigError` about the place `loc` in this file."""
        return ConfigError(self.name, self.line(loc), key, message, path=str(self.path))


def _child(node: yaml.Node, part: str | int) -> tuple[int, yaml.Node] | None:
    """Line and value node of key or position `part` under `node`."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(part):
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        item = node.value[part]
        return item.start_mark.line + 1, item
    return None


def read_yaml(path: Path, name: str | None = None) -> YamlFile:
    """Read one YAML file.

    Args:
        path: the file.
        name: what to call it in errors; its own name by default.

    Raises:
        ConfigError: the file cannot be read, is not UTF-8, is not YAML, is empty, or holds the
            same key twice in one mapping.
    """
    name = name or path.name
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = f"berkas tidak bisa dibaca ({error.strerror})"
        raise ConfigError(name, None, None, reason, path=str(path)) from error
    return parse_yaml(raw, name, path)


def parse_yaml(raw: bytes, name: str, path: Path) -> YamlFile:
    """Parse YAML bytes; arguments, result and errors as for `read_yaml`."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        reason = "ada huruf yang bukan UTF-8; simpan ulang berkas ini sebagai UTF-8"
        raise ConfigError(name, line, None, reason, path=str(path)) from error
    loader = _LOADER(text)
    try:
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        raise _syntax_error(error, name, path) from error
    finally:
        loader.dispose()
    if root is None:
        reason = "berkas kosong; isi atau hapus berkas ini"
        raise ConfigError(name, 1, None, reason, path=str(path))
    data = _Builder(name, path).build(root)
    return YamlFile(name, path, data, root, hashlib.sha256(raw).hexdigest())


def _syntax_error(error: yaml.YAMLError, name: str, path: Path) -> ConfigError:
    """A YAML parser's complaint as a `ConfigError` in Indonesian."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else None
    said = " ".join(str(getattr(error, part, None) or "") for part in ("context", "problem"))
    for sign, meaning in _SYNTAX.items():
        if sign in said:
            return ConfigError(name, line, None, f"tulisan YAML salah: {meaning}", path=str(path))
    said = said.strip() or str(error).splitlines()[0]
    return ConfigError(name, line, None, f"tulisan YAML salah ({said})", path=str(path))


class _Builder:
    """Turns nodes into plain data."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.path = path
        self.open: set[int] = set()  # containers being built: an alias to one would never end

    def fail(self, node: yaml.Node, key: str | None, message: str) -> ConfigError:
        line = node.start_mark.line + 1
        return ConfigError(self.name, line, key, message, path=str(self.path))

    def unsupported(self, node: yaml.Node) -> ConfigError:
        kind = node.tag.replace(_TAG, "!!")
        return self.fail(node, kind, f"tanda '{kind}' tidak didukung; hapus tanda itu")

    def build(self, node: yaml.Node) -> Any:  # noqa: ANN401 - YAML holds anything
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if node.tag not in _COLLECTIONS:
            raise self.unsupported(node)
        if id(node) in self.open:
            raise self.fail(node, None, "rujukan '*' berputar ke dirinya sendiri")
        self.open.add(id(node))
        try:
            if isinstance(node, yaml.MappingNode):
                return self.mapping(node)
            return [self.build(item) for item in node.value]
        finally:
            self.open.discard(id(node))

    def mapping(self, node: yaml.MappingNode) -> dict[str, Any]:
        out: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.fail(key_node, None, "kunci harus berupa teks")
            key = key_node.value  # always text: the dictionary key 2 is the word "2"
            line = key_node.start_mark.line + 1
            if key in out:
                message = f"kunci '{key}' ditulis dua kali (pertama di baris {first[key]})"
                raise self.fail(key_node, key, message)
            first[key] = line
            out[key] = self.build(value_node)
        return out

    def scalar(self, node: yaml.ScalarNode) -> str | int | float | bool | None:
        value: str = node.value
        kind: str = node.tag
        if kind == _TAG + "str":
            return value
        if kind not in _SCALARS:
            raise self.unsupported(node)
        plain: str | int | float | bool | None = value
        if kind == _TAG + "null" and value in _NULL:
            plain = None
        elif kind == _TAG + "bool" and value.lower() in {"true", "false"}:
            plain = value.lower() == "true"
        elif kind == _TAG + "int" and _INT.match(value):
            plain = int(value)
        elif kind == _TAG + "float" and _FLOAT.match(value):
            plain = float(value)
        return plain
