"""Words: slang and Javanese to formal Indonesian, negation, and words that carry a judgement."""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from config.base import Phrase, Strict

Weight = Annotated[float, Field(gt=0, le=3)]


class WordGroup(Strict):
    """Words and phrases of one weight.

    Attributes:
        weight: strength, above 0 up to 3.
        words: lower case.
    """

    weight: Weight
    words: tuple[Phrase, ...]


class NormaliseFile(Strict):
    """``normalise.yaml``: everyday spelling to formal Indonesian.

    Attributes:
        slang: formal word to its slang forms, abbreviations and misspellings.
        javanese: Indonesian word to its Javanese forms (ngoko, krama, the Pati dialect).
        javanese_markers: words that show a text is Javanese.
        javanese_suffixes: endings that show it, e.g. the Pati possessive ``-em``.
        particles: words without meaning of their own; dropped.
    """

    slang: dict[Phrase, tuple[Phrase, ...]]
    javanese: dict[Phrase, tuple[Phrase, ...]]
    javanese_markers: tuple[Phrase, ...]
    javanese_suffixes: tuple[Phrase, ...] = ()
    particles: tuple[Phrase, ...] = ()


class LexiconFile(Strict):
    """``lexicon.yaml``: words that carry a judgement about a service; attributes as `Lexicon`."""

    negators: tuple[Phrase, ...]
    negation_scope: Annotated[int, Field(ge=1, le=6)] = 3
    clause_breakers: tuple[Phrase, ...]
    not_negation: tuple[Phrase, ...] = ()
    not_yet: tuple[Phrase, ...] = ()
    lack: tuple[Phrase, ...] = ()
    intensifiers: tuple[Phrase, ...] = ()
    softeners: tuple[Phrase, ...] = ()
    positive: tuple[WordGroup, ...]
    negative: tuple[WordGroup, ...]
    mock_praise: tuple[Phrase, ...]
    praise_openers: tuple[Phrase, ...] = ()
    mock_details: tuple[Phrase, ...] = ()
    relief: tuple[Phrase, ...] = ()
    thanks: tuple[Phrase, ...] = ()
    exculpation: tuple[Phrase, ...] = ()
    questions: tuple[Phrase, ...] = ()
    idioms: tuple[Phrase, ...] = ()
    event_words: tuple[Phrase, ...] = ()
    unreliable_emoji: tuple[str, ...] = ()


class Lexicon(Strict):
    """Both word files, ready for use. All words lower case.

    Attributes:
        slang: slang word or phrase to formal Indonesian.
        javanese: Javanese word or phrase to Indonesian.
        javanese_markers: words that show a text is Javanese.
        javanese_suffixes: endings that show it.
        particles: words without meaning of their own.
        negators: words that turn what follows.
        negation_scope: how many tokens a negator reaches.
        clause_breakers: words that end its reach.
        not_negation: phrases with a negator in them that negate nothing.
        not_yet: words for "not yet"; before a wished-for act they make a complaint.
        lack: words for "less" or "lacking".
        intensifiers: words that strengthen the next judgement.
        softeners: words that weaken it.
        positive: word or phrase to weight (> 0).
        negative: word or phrase to weight (> 0; the sign is the caller's).
        mock_praise: whole phrases that look like praise and are not.
        praise_openers: praise that mockery often starts with ("mantap pak").
        mock_details: absurd details that give mockery away ("kolam lele").
        relief: relief about an event, which is no praise of anybody.
        thanks: words of thanks.
        exculpation: phrases that take the blame off the regency.
        questions: words that make a question of the text.
        idioms: phrases whose words must not be read one by one ("tagihan jalan terus").
        event_words: sad or violent events; their sadness is no judgement of a service.
        unreliable_emoji: emoji that say nothing about polarity in complaints.
    """

    slang: dict[str, str]
    javanese: dict[str, str]
    javanese_markers: tuple[str, ...]
    javanese_suffixes: tuple[str, ...]
    particles: tuple[str, ...]
    negators: tuple[str, ...]
    negation_scope: int
    clause_breakers: tuple[str, ...]
    not_negation: tuple[str, ...]
    not_yet: tuple[str, ...]
    lack: tuple[str, ...]
    intensifiers: tuple[str, ...]
    softeners: tuple[str, ...]
    positive: dict[str, float]
    negative: dict[str, float]
    mock_praise: tuple[str, ...]
    praise_openers: tuple[str, ...]
    mock_details: tuple[str, ...]
    relief: tuple[str, ...]
    thanks: tuple[str, ...]
    exculpation: tuple[str, ...]
    questions: tuple[str, ...]
    idioms: tuple[str, ...]
    event_words: tuple[str, ...]
    unreliable_emoji: tuple[str, ...]

    @cached_property
    def normalise(self) -> dict[str, str]:
        """Slang and Javanese in one table; where both know a word, slang wins."""
        return {**self.javanese, **self.slang}

    @classmethod
    def of(cls, words: LexiconFile, spelling: NormaliseFile) -> "Lexicon":
        """Join the two files."""
        fields = {name: getattr(words, name) for name in LexiconFile.model_fields}
        fields |= {name: getattr(spelling, name) for name in NormaliseFile.model_fields}
        for table in ("slang", "javanese"):
            forms: dict[str, tuple[str, ...]] = fields[table]
            fields[table] = {form: word for word, found in forms.items() for form in found}
        for side in ("positive", "negative"):
            groups: tuple[WordGroup, ...] = fields[side]
            fields[side] = {word: group.weight for group in groups for word in group.words}
        return cls.model_construct(**fields)  # both files are checked already
