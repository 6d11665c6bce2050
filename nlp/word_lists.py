"""Grammar word lists shipped with the rules, one word per line in a folder `words`.

What an analyst would change stands in `config/`; these are closed classes of the language.
"""

from __future__ import annotations

from importlib.resources import files

_PACKAGE = "nlp"


def word_list(name: str, package: str | None = None) -> frozenset[str]:
    """Read `words/<name>.txt` of a package (`nlp`); lines starting with ``#`` are remarks."""
    return frozenset(word_list_lines(name, package))


def word_list_lines(name: str, package: str | None = None) -> tuple[str, ...]:
    """Read `words/<name>.txt` in its order, without remarks and empty lines."""
    text = (files(package or _PACKAGE) / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
