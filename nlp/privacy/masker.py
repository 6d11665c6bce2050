"""The one place that takes personal data out of a text.

Masking twice gives the same as masking once, and the counts say what was replaced. What it
looks for is listed in the table of tests (`tests/nlp/test_masking.py`); what must stay (money,
dates, codes, published hotlines) stands there too.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from nlp.normalise import strip_invisible
from nlp.privacy import contacts, name_cues, numbers, plates
from nlp.privacy.addresses import mask_addresses
from nlp.privacy.digits import RUN, shadow, spelt_numbers
from nlp.privacy.name_words import COMMON_GIVEN, NameWords
from nlp.privacy.names import NameFinder
from nlp.privacy.news_names import NewsNames
from nlp.privacy.news_words import NewsWords
from nlp.privacy.phones import national

if TYPE_CHECKING:
    from config import Config

TOKENS = ("[NIK]", "[KK]", "[NOP]", "[NIP]", "[HP]", "[TELP]", "[BPJS]", "[REK]", "[EMAIL]",
          "[PLAT]", "[ALAMAT]", "[NAMA]", "[AKUN]")  # fmt: skip
_CONTEXT, _AFTER = 64, 16  # characters before and after a number that can say what it is
_ROUNDS = 4
"""What was taken out may uncover what stands beside it: looked at again until nothing changes."""
_AND = re.compile(r"\s?(?:,|;|/|&|ke|dan|serta|sama|karo|lan|jadi|menjadi)?\s?")
_BREAK = re.compile(r"[\d\]\n]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data.

    Attributes:
        text: the text with each personal datum replaced by its token.
        counts: how often each token (``[NIK]``, ...) was put in.
        values: (token, original) of what was taken out, for keyed fingerprints; never shown.
    """

    text: str
    counts: dict[str, int] = field(default_factory=dict)
    values: tuple[tuple[str, str], ...] = field(default=(), repr=False, compare=False)


class _Tally:
    """Notes what is taken out."""

    def __init__(self) -> None:
        self.values: list[tuple[str, str]] = []

    def hit(self, token: str, original: str) -> str:
        self.values.append((token, original))
        return token

    def counts(self) -> dict[str, int]:
        return dict(sorted(Counter(token for token, _ in self.values).items()))


class Masker:
    """Masks personal data; see `mask`. Safe to share between threads.

    Args:
        config: hotlines, officials and titles of `config/privacy.yaml`; place names.
        key: secret for pseudonyms of account names inside texts. Without one they become
            ``[AKUN]``, so that nobody can be followed from text to text.
    """

    def __init__(self, config: Config, key: bytes | None = None) -> None:
        self._key = key
        privacy = config.privacy
        self._public = frozenset(
            [
                *(email.address.lower() for email in privacy.emails),
                *(one.handle.lower() for one in privacy.accounts),
            ]
        )
        self._hotlines = frozenset(national(line.digits) for line in privacy.hotlines) - {""}
        self._places = _place_words(config)
        officials = [name for official in privacy.officials for name in (official.name, *official.aliases)]
        programmes = [name for quick_win in config.quick_wins for name in quick_win.names]
        not_names = {word for phrase in privacy.not_names for word in phrase.split()[:1]}
        words = NameWords(
            not_names, _all_places(config), _towns(config), _organisations(config), _everyday_words(config)
        )
        self._names = NameFinder(
            words, privacy.titles, privacy.name_cues, programmes, privacy.expressions, officials
        )
        self._news = NewsNames(
            NewsWords(privacy.titles, _all_places(config), _organisations(config)), officials, programmes
        )

    def mask(self, text: str, kind: str, same: Sequence[str] = ()) -> Masked:
        """Replace personal data by tokens.

        Args:
            text: any text.
            kind: ``complaint``, ``news``, ``video``, ``social`` or ``comment``. In news and
                video texts only names of private persons go; in complaints even officials'.
            same: texts about the same persons (the article of a title): a name that they
                announce is masked here too. For news and video only.

        Returns:
            The masked text (invisible characters removed) and the number of each token.
        """
        tally = _Tally()
        text = strip_invisible(text)
        for _ in range(_ROUNDS):
            masked = self._once(text, kind, same, tally)
            unchanged, text = masked == text, masked
            if unchanged:
                break
        return Masked(text, tally.counts(), tuple(tally.values))

    def _once(self, text: str, kind: str, same: Sequence[str], tally: _Tally) -> str:
        text = self._contacts(text, tally)
        text = self._numbers(text, tally)
        text = plates.mask_plates(text, partial(tally.hit, "[PLAT]"))
        text = mask_addresses(text, partial(tally.hit, "[ALAMAT]"), self._places)
        if kind in ("news", "video"):
            known = {name for other in same for name in self._news.announced(strip_invisible(other))}
            text = _replaced(text, self._news.find(text, known), tally)
            return name_cues.NICKNAME.sub(lambda match: tally.hit("[NAMA]", match.group()), text)
        return self._private_names(text, kind, tally)

    def pseudonym(self, author: str, key: bytes) -> str:
        """Name an author without saying who it is.

        Returns:
            ``u-`` and ten hexadecimal digits; the same for the same author and key.

        Raises:
            ValueError: the key is empty, so that anybody could compute the pseudonym.
        """
        if not key:
            raise ValueError("a pseudonym needs a secret key: set one before importing authors")
        name = strip_invisible(author).strip().lstrip("@").casefold()
        return "u-" + hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:10]

    def _contacts(self, text: str, tally: _Tally) -> str:
        text = contacts.mask_emails(text, partial(tally.hit, "[EMAIL]"), self._public)

        def account(who: str) -> str:
            tally.hit("[AKUN]", who)
            return self._account(who)

        return contacts.round_coordinates(contacts.mask_accounts(text, account, self._public))

    def _account(self, handle: str) -> str:
        # "@u-..." cannot be taken for a handle again: one letter before the hyphen is too short
        return "@" + self.pseudonym(handle, self._key) if self._key else "[AKUN]"

    def _numbers(self, text: str, tally: _Tally) -> str:
        parts: list[str] = []
        done = 0
        for start, end, token in sorted([*spelt_numbers(text), *self._digit_spans(text)]):
            if start >= done:
                parts += [text[done:start], tally.hit(token, text[start:end])]
                done = end
        return "".join(parts) + text[done:] if parts else text

    def _digit_spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        seen = shadow(text)
        last, last_end = "", 0
        for match in RUN.finditer(seen):
            run, start = match.group(), match.start()
            if len(run) < 3:
                continue
            before = seen[max(0, start - _CONTEXT) : start]
            around = numbers.Around(
                _BREAK.split(before)[-1].lower(), seen[match.end() : match.end() + _AFTER].lower()
            )
            hits = numbers.classify(run, around, self._hotlines)
            for first, stop, token in hits:
                # the plus sign of "+62 812..." goes with its number
                plus = first == 0 and before.endswith("+")
                begin, end = start + first - plus, start + stop
                if {token, last} == {"[NIK]", "[KK]"} and _AND.fullmatch(seen, last_end, begin):
                    pass  # "KK lama ... ke ...": what was said of the first holds for both
                else:
                    last = token
                yield begin, end, last
                last_end = end

    def _private_names(self, text: str, kind: str, tally: _Tally) -> str:
        spans = self._names.find(text, keep_officials=kind != "complaint")
        if not spans:
            return text
        names = {text[start:end] for start, end in spans}
        return _same_names(_replaced(text, spans, tally), names, tally)


def _replaced(text: str, spans: Sequence[tuple[int, int]], tally: _Tally) -> str:
    parts, done = [], 0
    for start, end in spans:
        parts += [text[done:start], tally.hit("[NAMA]", text[start:end])]
        done = end
    return "".join(parts) + text[done:]


def _same_names(text: str, names: set[str], tally: _Tally) -> str:
    """Mask further mentions of a full name that was announced somewhere in the text."""
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if " " in name and name in text:
            pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            text = pattern.sub(lambda match: tally.hit("[NAMA]", match.group()), text)
    return text


def _everyday_words(config: Config) -> Iterator[str]:
    """Slang and Javanese words, and agencies: capitalised often, names never."""
    lexicon = config.lexicon
    written = (word for word in (*lexicon.normalise, *lexicon.particles) if word not in COMMON_GIVEN)
    yield from (word for word in written if " " not in word)
    names = [name for opd in config.opd for name in opd.names]
    names += [name for quick_win in config.quick_wins for name in quick_win.names]
    yield from (name.lower() for name in names if " " not in name)


def _towns(config: Config) -> Iterator[str]:
    """Names of the kecamatan and of neighbouring regencies and their kecamatan."""
    yield from (kecamatan.name.lower() for kecamatan in config.kecamatan)
    for regency, kecamatan in config.places.neighbours.items():
        yield from (name.lower() for name in (regency, *kecamatan))


def _place_words(config: Config) -> frozenset[str]:
    names: list[str] = []
    for kecamatan in config.kecamatan:
        names += [kecamatan.name, *kecamatan.aliases]
        for desa in kecamatan.desa:
            names += [desa.name, *desa.aliases]
    return frozenset(word for name in names for word in name.lower().split())


def _organisations(config: Config) -> Iterator[str]:
    """Words of offices' and programmes' names that could be taken for a person's."""
    names = [name for opd in config.opd for name in (opd.short, *opd.names)]
    names += [name for quick_win in config.quick_wins for name in quick_win.names]
    yield from (word for name in names for word in name.lower().split() if word not in COMMON_GIVEN)


def _all_places(config: Config) -> Iterator[str]:
    """Words of every place the configuration knows, here and elsewhere."""
    places = config.places
    yield from _place_words(config)
    names = [*places.landmarks, *places.famous_elsewhere, *places.far_places, *places.kawedanan]
    for regency, kecamatan in places.neighbours.items():
        names += [regency, *kecamatan]
    yield from (word for name in names for word in name.lower().split() if word.isalpha())
