"""Number words and lists as the Indonesian spelling rules (EYD) have them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import format as fmt

WORDS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
         "sebelas", "dua belas")  # fmt: skip


def number_word(n: int) -> str:
    """A small number as a word, a larger one in digits: ``empat``, ``1.234``."""
    return WORDS[n] if 0 <= n < len(WORDS) else fmt.number(n)


def one_or(n: int) -> str:
    """``satu`` for one, digits for all others: numbers that are compared stand in digits."""
    return "satu" if n == 1 else fmt.number(n)


def series(parts: Sequence[str]) -> str:
    """``A``, ``A dan B``, ``A, B, dan C``."""
    if len(parts) < 2:
        return "".join(parts)
    if len(parts) == 2:
        return f"{parts[0]} dan {parts[1]}"
    return f"{', '.join(parts[:-1])}, dan {parts[-1]}"
