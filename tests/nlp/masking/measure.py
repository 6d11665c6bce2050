"""Measures a masker on the corpus: `python -m tests.nlp.masking.measure [--show]`."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.nlp.masking.corpus import PARTS, Line, read

Mask = Callable[[str, str], str]
_WORD = re.compile(r"\w+")
_LONG = 4
"""A piece this long is looked for anywhere; a shorter one only as a whole word."""


@dataclass(slots=True)
class Figures:
    """What a masker did with a list of texts.

    Attributes:
        found: data removed completely, by token.
        total: data in the texts, by token.
        n_lines: texts with personal data.
        n_exact: of these, masked exactly as expected, with the right token.
        n_kept: texts without personal data.
        n_spoilt: of these, changed.
        misses: (line, what the masker made of it) where something leaked.
        spoilt: the same where something was masked that must stay.
    """

    found: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    n_lines: int = 0
    n_exact: int = 0
    n_kept: int = 0
    n_spoilt: int = 0
    misses: list[tuple[Line, str]] = field(default_factory=list)
    inexact: list[tuple[Line, str]] = field(default_factory=list)
    spoilt: list[tuple[Line, str]] = field(default_factory=list)

    def recall(self, token: str) -> float:
        """Share of the data of one type that was removed completely."""
        return self.found[token] / self.total[token]

    @property
    def false_rate(self) -> float:
        """Share of the texts without personal data that were changed."""
        return self.n_spoilt / self.n_kept


def measure(lines: Sequence[Line], mask: Mask) -> Figures:
    """Mask every line and compare."""
    figures = Figures()
    for line in lines:
        out = mask(line.text, line.kind)
        if not line.spans:
            figures.n_kept += 1
            if out != line.expected:
                figures.n_spoilt += 1
                figures.spoilt.append((line, out))
            continue
        figures.n_lines += 1
        leaks = 0
        for token, original in line.spans:
            figures.total[token] += 1
            if leaked(original, out, line.expected):
                leaks += 1
            else:
                figures.found[token] += 1
        if leaks:
            figures.misses.append((line, out))
        if out == line.expected:
            figures.n_exact += 1
        elif not leaks:
            figures.inexact.append((line, out))
    return figures


def leaked(original: str, out: str, expected: str) -> bool:
    """Whether a piece of the datum stands in the output more often than it should."""
    out, expected = _plain(out), _plain(expected)
    for piece in _WORD.findall(_plain(original)):
        if len(piece) >= _LONG:
            if out.count(piece) > expected.count(piece):
                return True
        elif len(piece) > 1 and _words(out)[piece] > _words(expected)[piece]:
            return True
    return False


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u200b", "").lower()


def masker() -> Mask:
    """The masker as it is installed, with the bundled configuration."""
    from config import load_config
    from nlp.privacy import Masker

    installed = Masker(load_config())
    return lambda text, kind: installed.mask(text, kind).text


def table(figures: Figures) -> str:
    """The figures as lines for people."""
    rows = [
        f"  {token:<10} {figures.found[token]:>4} / {figures.total[token]:<4} {figures.recall(token):.4f}"
        for token in sorted(figures.total)
    ]
    rows += [
        f"  exact lines {figures.n_exact} / {figures.n_lines}",
        f"  spoilt {figures.n_spoilt} / {figures.n_kept} = {figures.false_rate:.4f}",
    ]
    return "\n".join(rows)


def main() -> None:
    """Print the figures of both parts; `--show` also prints the tuning part's failures."""
    mask = masker()
    for part in PARTS:
        figures = measure(read(part), mask)
        print(part)  # noqa: T201 - a command
        print(table(figures))  # noqa: T201 - a command
        if "--show" in sys.argv and part == "tuning":
            for name in ("misses", "inexact", "spoilt"):
                for line, out in getattr(figures, name):
                    print(f"{name} {line.place}\n   {line.text!r}\n   {out!r}\n   {line.expected!r}")  # noqa: T201


if __name__ == "__main__":
    main()
