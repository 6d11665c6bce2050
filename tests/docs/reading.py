"""What a Markdown page holds that can be wrong: blocks of commands, links, pictures, names of files."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.conftest import ROOT

PAGES = sorted(
    [
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "deploy").glob("*.md"),
    ]
)
SHELLS = ("console", "bash", "sh")
_MARK = re.compile(r"<!--\s*(uji|pasang|layanan)\s*-->")
_COMMENT = re.compile(r"(?:^|\s)#\s.*$")
_CODE = re.compile(r"^#+\s|[`*_]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a terminal.

    Attributes:
        page: of which file.
        line: first line of its text, counted from 1.
        text: as it stands there.
        mark: the comment before it: ``uji`` (run it and compare), ``pasang`` (installs something),
            ``layanan`` (asks the system for a service), or empty.
        heading: the heading it stands under.
    """

    page: Path
    line: int
    text: str
    mark: str
    heading: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def said(self) -> list[tuple[str, str]]:
        """Commands that begin with ``$ ``, each with the output below it."""
        found = []
        for part in re.split(r"^\$ ", self.text, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
        return found

    @property
    def commands(self) -> list[str]:
        """All commands: lines that begin with ``$ `` if there are any, else all lines."""
        lines = [command for command, _ in self.said] or self.text.replace("\\\n", " ").splitlines()
        return [bare for line in lines if (bare := _COMMENT.sub("", line).strip())]


@cache
def tokens(page: Path) -> list[Token]:
    """The parsed page."""
    return MarkdownIt("commonmark").enable("table").parse(page.read_text(encoding="utf-8"))


def blocks(page: Path) -> list[Block]:
    """All terminal blocks of a page, in order."""
    found, mark, heading, before = [], "", "", None
    for token in tokens(page):
        if token.type == "inline" and before == "heading_open":
            heading = token.content
        if token.type == "fence" and token.info.split()[:1] and token.info.split()[0] in SHELLS:
            line = token.map[0] + 2 if token.map else 0
            found.append(Block(page, line, token.content, mark, heading))
        if token.type == "html_block":
            seen = _MARK.fullmatch(token.content.strip())
            mark = seen.group(1) if seen else ""
        elif token.type in ("fence", "heading_open", "paragraph_open"):
            mark = ""
        before = token.type
    return found


def inline(page: Path) -> Iterator[Token]:
    """All inline tokens of a page."""
    for token in tokens(page):
        yield from token.children or ()


def links(page: Path) -> list[str]:
    """Targets of links and pictures."""
    found = []
    for token in inline(page):
        target = token.attrGet("href" if token.type == "link_open" else "src")
        if token.type in ("link_open", "image") and target:
            found.append(str(target))
    return found


def code(page: Path) -> list[str]:
    """Everything that stands between back ticks."""
    return [token.content for token in inline(page) if token.type == "code_inline"]


@cache
def anchors(page: Path) -> frozenset[str]:
    """Names of headings as GitHub makes them."""
    found, before = set(), None
    for token in tokens(page):
        if token.type == "inline" and before == "heading_open":
            plain = "".join(child.content for child in token.children or ())
            found.add(re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-"))
        before = token.type
    return frozenset(found)


def spoken(command: str) -> list[list[str]]:
    """The commands that one line stands for: ``pati user list | disable NAME`` are two. Pure."""
    first, *others = command.split(" | ")
    words = shlex.split(first)
    stem = words[: next((n for n, word in enumerate(words) if n > 0 and _is_argument(word)), len(words))]
    if len(stem) < 3:
        return [words, *(shlex.split(other) for other in others)]
    return [words, *([*stem[:2], *shlex.split(other)] for other in others)]


def _is_argument(word: str) -> bool:
    return word.startswith("-") or word != word.lower()
