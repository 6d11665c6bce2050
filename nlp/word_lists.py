"""Grammar word lists shipped with the rules, one word per line in `nlp/words/`.

What an analyst would change stands in `config/`; these are closed classes of the language.
"""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


def word_list(name: str) -> frozenset[str]:
    """Read `nlp/words/<name>.txt`; lines starting with ``#`` are remarks."""
    return frozenset(word_list_lines(name))


def word_list_lines(name: str) -> tuple[str, ...]:
    """Read `nlp/words/<name>.txt` in its order, without remarks and empty lines."""
    lines = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
