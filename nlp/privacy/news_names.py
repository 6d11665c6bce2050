"""Names of private persons in news: found by what stands around them, in one pass.

A name goes when a cue says that a citizen is meant: a verb of speech before it, a description
("warga Desa ..."), an age or a verb after it. It stays when a public office stands right before
or after it, or when it is on the list of officials. The words are in `nlp/words/`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from nlp.privacy.news_mentions import NAMES, Found, Run, Span, mentions
from nlp.privacy.news_words import Kind, NewsWords

_INITIAL = r"[A-Z]\.(?=\s?[A-Z])"
_SHORT = r"(?:(?<=\b[A-Z][a-z])|(?<=\b[A-Z][a-z][a-z])(?=\.\s[A-Z])|(?<=\bMoch))\."  # "Hj.", "Moh. Ali"
_PART = rf"(?:{_INITIAL}|[A-Z][^\W\d_]*(?:['’][^\W\d_]+)?(?:{_SHORT})?)"  # noqa: RUF001 - apostrophe
_RUN = re.compile(rf"(?<![\w\[@#/.\-]){_PART}(?:[ \u00a0]{_PART}){{0,11}}(?![\w\-\]])")
_LOWER = re.compile(r"[^\W\d_]+")
_AGE = re.compile(r"\s?\((\d{1,3})(?:\s?(?:tahun|thn|th))?[,)]|,? (\d{1,3}) tahun\b|, (\d{2}),")
_DEGREE = re.compile(r"(?:,? (?:S|M|A|Dr|Drs|Sp)\.?[A-Z][A-Za-z.]{0,6})+")
_LEFT = 110  # characters before a name that can say who it is
_RIGHT = 90
_SENTENCE = re.compile(r"[.!?:;\n“”\"»)](?=\s|$|[“”\"])")
_QUOTED = re.compile(r"[”\"'’,?!.»][\s]{1,2}\Z")  # noqa: RUF001 - typographic quotes
_SPEAKER = re.compile(r"([a-z]+)(?: lagi| pula)? (?:oleh )?\Z")
_WHO = re.compile(r",? yang [a-z]")
_OLDEST = 115
_MAX_WORDS = 4
_SECOND_NAMES = frozenset(("hakim", "imam", "raja", "ratu"))
"""Offices that are also the second part of a name."""
_DOCTOR = re.compile(r"(?<!\w)(?:dr|drg|ir|drs|dra|h|hj|kh)\.?\s?\Z")


class NewsNames:
    """Finds private persons' names in news; linear in the length of the text.

    Args:
        words: the word lists.
        officials: names that stay, lower case.
        programmes: names of programmes that begin like a person's, lower case.
    """

    def __init__(self, words: NewsWords, officials: Iterable[str], programmes: Collection[str]) -> None:
        self._words = words
        self._officials = frozenset(tuple(name.lower().split()) for name in officials)
        self._programmes = frozenset(tuple(name.lower().split()) for name in programmes)

    def find(self, text: str, known: Collection[tuple[str, ...]] = ()) -> list[Span]:
        """Where private names stand.

        Args:
            text: a title or an article.
            known: names announced elsewhere, e.g. in the article of this title; see `announced`.

        Returns:
            (start, end) of each name, in order, not overlapping.
        """
        runs = list(self._runs(text))
        found = self._announced(text, runs)
        return mentions(runs, Found(found.private | set(known), found.public), self._words)

    def announced(self, text: str) -> frozenset[tuple[str, ...]]:
        """The private names that cues in a text announce, each as a tuple of its words."""
        found = self._announced(text, list(self._runs(text)))
        return frozenset(found.private - found.public)

    def _runs(self, text: str) -> Iterator[Run]:
        kind = self._words.kind
        for match in _RUN.finditer(text):
            words = tuple(match.group().replace("\u00a0", " ").split(" "))
            kinds = tuple(map(kind, words))
            if Kind.UNKNOWN in kinds or Kind.GIVEN in kinds:
                yield Run(words, kinds, match.start())

    def _announced(self, text: str, runs: list[Run]) -> Found:
        found = Found()
        ended = -1  # where the last private name ended
        for run in runs:
            for first, last in self._candidates(run):
                start, end = run.text_span(first, last)
                with_other = ended >= 0 and text[ended:start] == " dan "
                self._judge(text, run, first, last, found, with_other=with_other)
                if run.words[first:last] in found.private:
                    ended = end
        return found

    def _candidates(self, run: Run) -> Iterator[tuple[int, int]]:
        """Stretches of a run that can be names, as (first word, after the last)."""
        kinds = run.kinds
        at, size = 0, len(kinds)
        while at < size:
            last = at
            while last < size and (
                kinds[last] in NAMES
                or (
                    kinds[at] is Kind.GIVEN
                    and (kinds[last] is Kind.ORDINARY or run.words[last].lower() in _SECOND_NAMES)
                    and not self._words.is_verb(run.words[last].lower())
                )
            ):
                last += 1
            if at < last <= at + _MAX_WORDS:
                yield at, last
            at = max(last, at + 1)

    def _judge(self, text: str, run: Run, first: int, last: int, found: Found, *, with_other: bool) -> None:
        """Decide about one name of a run; `with_other`: a private name and "dan" stand before it."""
        name = run.words[first:last]
        lower = tuple(word.lower().rstrip(".") for word in name)
        if lower in self._programmes:
            return
        end = run.text_span(first, last)[1]
        degree = _DEGREE.match(text, end)
        after = text[degree.end() if degree else end :][:_RIGHT] if last == len(run.words) else ""
        described = self._described(after)
        before = self._before(text, run, first)
        if (
            self._is_official(lower)
            or described == "office"
            or (before == "office" and described != "citizen")
        ):
            found.public.add(name)
        elif with_other or self._private(text, run, first, last, before, described, after):
            found.private.add(name)

    def _is_official(self, lower: tuple[str, ...]) -> bool:
        return lower in self._officials or any(set(lower) <= set(name) for name in self._officials)

    def _private(
        self,
        text: str,
        run: Run,
        first: int,
        last: int,
        before: str | None,
        described: str | None,
        after: str,
    ) -> bool:
        """Whether the evidence suffices for a name of that form."""
        kinds = run.kinds[first:last]
        given, full = kinds[0] is Kind.GIVEN, _full(kinds)
        clear = self._clear(run, first, last)
        if clear is None or not (clear or described == "citizen"):
            return False
        if clear and (before == "speech" or (given and after.startswith(" alias "))):
            return True
        if _age(after) or described == "citizen":
            return full or len(kinds) == 1 or before is not None
        whole = last == len(run.words)
        alone = len(kinds) == 1 and whole and not first
        if first and run.words[first - 1].lower() in self._words.spoken and (whole or given):
            return True
        if before == "citizen":
            return full or (given and whole) or (alone and self._in_apposition(text, run.start, after))
        acts = described == "somebody" or self._acts(after)
        if alone and self._words.only_name(run.words[first]):
            return acts or _WHO.match(after) is not None
        return acts and full

    def _clear(self, run: Run, first: int, last: int) -> bool | None:
        """What the other words of the run allow.

        Returns:
            True: they may stand before a name. False: an office or a place precedes it, so that
            only a clear description tells. None: they make it the name of something else.
        """
        lead, kinds = run.words[:first], run.kinds[:first]
        if any(word.lower().rstrip(".") in self._words.not_before for word in lead):
            return None
        somewhere = (Kind.PLACE, Kind.ORGANISATION)
        person = run.kinds[first] is Kind.GIVEN and _full(run.kinds[first:last])
        if not person and any(kind in somewhere for kind in run.kinds[last:]):
            return None  # "Relawan Muria Pati": an organisation
        if all(
            word.lower() in self._words.before or word.lower() in self._words.citizens or kind is Kind.TITLE
            for word, kind in zip(lead, kinds, strict=True)
        ):
            return True
        return False if all(kind in somewhere for kind in kinds) else None

    def _in_apposition(self, text: str, start: int, after: str) -> bool:
        """Whether the name stands between a comma and a full stop or a comma and a verb."""
        return text[max(0, start - 2) : start] == ", " and (
            after[:1] == "." or (after[:1] == "," and self._acts(after))
        )

    def _described(self, after: str) -> str | None:
        """What the words after a name say: ``office``, ``citizen``, ``somebody``, or nothing."""
        age = _AGE.match(after)
        rest = after[age.end() :] if age else after
        opening = re.match(r"(?:, ?| ?\(| (?=selaku|sebagai|yang))", rest) or (age and re.match(r" ?", rest))
        if not opening:
            return None
        rest = _SENTENCE.split(rest[opening.end() :], maxsplit=1)[0]
        words = _LOWER.findall(rest.split(",", 1)[0])[:8]
        lower = [word.lower() for word in words]
        at = 0
        while at < len(lower) and lower[at] in self._words.fillers:
            at += 1
        if at >= len(lower):
            return None
        role = self._words.role(lower, at)
        if role == "citizen" and len(lower) > at + 1 and self._subject(lower[at + 1 :]) and at == 0:
            return None  # "..., warga diminta waspada" begins a clause of its own
        if role:
            return role if role == "office" or words[at][0].islower() else None
        named = (
            words[0][0].islower()
            and lower[0] not in self._words.description_stops
            and ("," in opening.group())
        )
        return "somebody" if named else None

    def _subject(self, words: list[str]) -> bool:
        """Whether a verb follows at once: the word before is a subject, not a description."""
        for word in words[:5]:
            if self._words.is_verb(word):
                return True
            if word not in self._words.lead:
                return False
        return False

    def _acts(self, after: str) -> bool:
        """Whether a lower-case verb follows: "mengaku", "masih menekuni", ", menyayangkan"."""
        match = re.match(r",? ", after)
        if not match:
            return False
        words = _LOWER.findall(after[match.end() :])[:5]
        return bool(words) and words[0][0].islower() and self._subject(words)

    def _before(self, text: str, run: Run, first: int) -> str | None:
        """What stands before a name: ``office``, ``citizen``, ``speech``, or nothing."""
        lead = [word.lower().rstrip(".") for word in run.words[:first]]
        for at in range(len(lead) - 1, -1, -1):
            role = self._words.role(lead, at)
            if role == "office" or (role and lead[at] in self._words.direct):
                return role
        run_start = run.start
        left = text[max(0, run_start - _LEFT) : run_start]
        if all(
            word in self._words.before or kind is Kind.TITLE
            for word, kind in zip(lead, run.kinds, strict=False)
        ):
            if lead and lead[0] in self._words.naming:
                return "speech"
            speaker = _SPEAKER.search(left[-40:])
            if speaker and self._speaks(speaker.group(1), left[: len(left) - len(speaker.group())]):
                return "speech"
        return self._clause_role(left, lead)

    def _speaks(self, verb: str, left: str) -> bool:
        base = verb.removesuffix("nya")
        if verb in self._words.naming:
            return True
        return base in self._words.speech and (not left or _QUOTED.search(left) is not None)

    def _clause_role(self, left: str, lead: list[str]) -> str | None:
        """The role named in the clause that ends at the name."""
        if not left.endswith((" ", "\u00a0")):
            return None
        left = _DOCTOR.sub("", left)
        clause = _SENTENCE.split(left.rstrip())[-1]
        comma = clause.endswith(",")
        words = [word.lower() for word in _LOWER.findall(clause)] + lead
        if not comma:
            return self._adjacent_role(words)
        acted = False
        for at in range(len(words) - 1, max(-1, len(words) - 13), -1):
            role = self._words.role(words, at)
            if role == "office" and not acted:
                return "office"
            if role == "citizen":
                return "citizen"
            acted = acted or self._words.is_verb(words[at])
        return None

    def _adjacent_role(self, words: list[str]) -> str | None:
        """Without a comma only the words right before the name count, up to a verb."""
        if words and words[-1] in self._words.direct and self._words.role(words, len(words) - 1) == "citizen":
            return "citizen"
        for at in range(len(words) - 1, max(-1, len(words) - 8), -1):
            if self._words.is_verb(words[at]) or words[at] in self._words.description_stops:
                return None
            role = self._words.role(words, at)
            if role:
                return role if role == "office" else None
        return None


def _full(kinds: tuple[Kind, ...]) -> bool:
    """Whether several words are surely a person's: all names, or a common given name first."""
    return len(kinds) > 1 and (kinds[0] is Kind.GIVEN or all(kind in NAMES for kind in kinds))


def _age(after: str) -> bool:
    match = _AGE.match(after)
    number = next((group for group in match.groups() if group), None) if match else None
    return number is not None and 2 < int(number) < _OLDEST
