"""Sastrawi's stemmer, with the passes left out that cannot find anything.

It looks for a prefix three times, forty rules each, and again for every suffix that it puts back, also
where a word begins like none of its rules: four fifths of the time that a name or a misspelt word takes.
What a rule took away it finds by compiling what is left as a regular expression, one per word: it is cut out
as letters here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

# Every prefix and infix rule of PySastrawi 1.2 begins so: di- ke- se- be- te- me- pe- ku- kau-, and
# -er- -el- -em- -in- after the first consonant.
_BEGINS = re.compile(r"be|te|me|pe|di|ke|se|ku|kau|[b-df-hj-np-tv-z](?:er|el|em|in)[aiueo]")


def quick(dictionary: Any) -> Any:  # noqa: ANN401 - the library has no types
    """A stemmer that says what Sastrawi's says.

    Args:
        dictionary: the roots, of a Sastrawi stemmer.
    """
    # imported here: `nlp` stays cheap to import
    from Sastrawi.Stemmer.Context.Context import Context
    from Sastrawi.Stemmer.Stemmer import Stemmer

    class Passes(Context):  # type: ignore[misc]
        """The steps of one word."""

        def init_visitors(self) -> None:
            self.visitors = rules.visitors
            self.suffix_visitors, self.prefix_visitors = suffixes, prefixes

        def accept_prefix_visitors(self, visitors: Sequence[Any]) -> None:
            if _BEGINS.match(self.current_word):
                super().accept_prefix_visitors(visitors)

        def remove_prefixes(self) -> None:
            for _ in range(3):
                before = len(self.removals)
                self.accept_prefix_visitors(self.prefix_visitors)
                # what left the word as it is will do so again
                if len(self.removals) == before or self.dictionary.contains(self.current_word):
                    return

    class Quick(Stemmer):  # type: ignore[misc]
        """Sastrawi's, with those steps."""

        def stem_singular_word(self, word: str) -> str:
            steps = Passes(word, self.dictionary, self.visitor_provider)
            steps.execute()
            return str(steps.result)

    stemmer = Quick(dictionary)
    rules = stemmer.visitor_provider
    suffixes, prefixes = _cutting(rules)
    return stemmer


def _cutting(rules: Any) -> tuple[list[Any], list[Any]]:  # noqa: ANN401 - the library has no types
    """The library's rules for suffixes and for prefixes, which cut letters."""
    from Sastrawi.Stemmer.Context.Removal import Removal

    class Ending:
        """A rule for suffixes."""

        def __init__(self, rule: Any, affix: str) -> None:  # noqa: ANN401 - the library has no types
            self._rule, self._affix = rule, affix

        def visit(self, context: Any) -> None:  # noqa: ANN401 - same
            word = context.current_word
            left = self._rule.remove(word)
            if left != word:
                taken = word.replace(left, "", 1)
                context.add_removal(Removal(self, word, left, taken, self._affix))
                context.current_word = left

    class Beginning:
        """A rule for prefixes and infixes that tries several readings."""

        def __init__(self, rule: Any) -> None:  # noqa: ANN401 - same
            self._readings = rule.disambiguators

        def visit(self, context: Any) -> None:  # noqa: ANN401 - same
            word, left = context.current_word, None
            for reading in self._readings:
                left = reading.disambiguate(word)
                if context.dictionary.contains(left):
                    break
            if left is not None:
                context.add_removal(Removal(self, word, left, word.replace(left, "", 1), "DP"))
                context.current_word = left

    suffixes = [
        Ending(rule, affix) for rule, affix in zip(rules.suffix_visitors, ("P", "PP", "DS"), strict=True)
    ]
    plain, *several = rules.prefix_visitors
    return suffixes, [plain, *map(Beginning, several)]
