"""The most telling words of one text, as people wrote them.

Stop words and numbers stay out, except words that carry a complaint ("belum", "tidak") when
they belong to a phrase of the topic. What is left is ranked by how often its stem occurs and
how early; trending over many texts is the business of the marts, not of this module.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nlp.word_lists import word_list

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from nlp.reading import Reading

MAX_KEYWORDS = 8
_READ = 400
STOP_WORDS = word_list("stop_words")


def keywords(reading: Reading, avoid: Collection[str] = ()) -> tuple[str, ...]:
    """Pick keywords.

    Args:
        reading: the text.
        avoid: lower-case words to leave out (place names have their own field).

    Returns:
        At most `MAX_KEYWORDS` words in lower case, best first.
    """
    shown: dict[str, Counter[str]] = {}
    score: Counter[str] = Counter()
    low = reading.words.low
    for formal, stem, origin in _content(reading):
        written = low[origin]
        if formal in avoid or written in avoid:
            continue
        shown.setdefault(stem, Counter())[formal] += 1
        score[stem] += 3 if origin < reading.title_words else 1
    first = {stem: place for place, stem in enumerate(shown)}
    best = sorted(score, key=lambda stem: (-score[stem], first[stem]))[:MAX_KEYWORDS]
    return tuple(max(shown[stem], key=lambda word: (shown[stem][word], word)) for stem in best)


def _content(reading: Reading) -> Sequence[tuple[str, str, int]]:
    rows = zip(reading.formal[:_READ], reading.stems[:_READ], reading.origin[:_READ], strict=True)
    return [row for row in rows if len(row[0]) > 2 and row[0].isalpha() and row[0] not in STOP_WORDS]
