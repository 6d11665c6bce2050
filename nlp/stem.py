"""Stems of Indonesian words, through one memo for the whole process.

Stemming groups forms of one word ("diperbaiki", "perbaikan") for topic phrases and search
terms. It is not used for sentiment: measured on SmSA it lowers it. The dictionary is loaded at
the first word, so that importing `nlp` stays cheap.
"""

from __future__ import annotations

import threading
from typing import Any

from nlp.quick_stemmer import quick

_MEMO_LIMIT = 200_000
_MAX_WORD = 30  # longer strings are no Indonesian words; the stemmer's affix search is not linear

_memo: dict[str, str] = {}
_lock = threading.Lock()
_engine: list[Any] = []


def stem(word: str) -> str:
    """Return the stem of a lower-case word; an unknown word returns itself."""
    found = _memo.get(word)
    if found is None:
        found = _stem(word)
    return found


def is_root(word: str) -> bool:
    """Whether a lower-case word is a root of the Indonesian dictionary."""
    if not _engine:
        _load()
    return word in _engine[1]


def _stem(word: str) -> str:
    if len(word) < 5 or len(word) > _MAX_WORD or not (word.isascii() and word.isalpha()):
        return word
    if not _engine:
        _load()
    with _lock:  # the stemmer keeps state while it works
        found = str(_engine[0].stem(word)) or word
        if len(_memo) >= _MEMO_LIMIT:
            _memo.clear()
        _memo[word] = found
    return found


def _load() -> None:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    with _lock:
        if not _engine:
            factory = StemmerFactory()
            plain = factory.create_stemmer().delegatedStemmer
            _engine.extend((quick(plain.dictionary), frozenset(factory.get_words())))
