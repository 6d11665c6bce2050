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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.normalise import strip_invisible
from nlp.privacy import contacts, numbers
from nlp.privacy.names import COMMON_GIVEN, NameFinder
from nlp.privacy.news_names import NewsNames
from nlp.privacy.news_words import NewsWords

if TYPE_CHECKING:
    from config import Config

TOKENS = ("[NIK]", "[KK]", "[NOP]", "[NIP]", "[HP]", "[TELP]", "[BPJS]", "[REK]", "[EMAIL]",
          "[PLAT]", "[ALAMAT]", "[NAMA]", "[AKUN]")  # fmt: skip
_CONTEXT = 64  # characters before a number that can say what it is
_BREAK = re.compile(r"[\d\]\n]")


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without personal data.

    Attributes:
        text: the text with each personal datum replaced by its token.
        counts: how often each token (``[NIK]``, ...) was put in.
    """

    text: str
    counts: dict[str, int] = field(default_factory=dict)


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
        self._public = frozenset(email.address.lower() for email in privacy.emails)
        self._hotlines = frozenset(_national(line.digits) for line in privacy.hotlines) - {""}
        officials = [name for official in privacy.officials for name in (official.name, *official.aliases)]
        programmes = [name for quick_win in config.quick_wins for name in quick_win.names]
        self._names = NameFinder(
            titles=privacy.titles,
            name_cues=privacy.name_cues,
            not_names=[*privacy.not_names, *_everyday_words(config)],
            programmes=programmes,
            places=_place_words(config),
            officials=officials,
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
        counts: Counter[str] = Counter()
        text = strip_invisible(text)
        text = self._contacts(text, counts)
        text = self._numbers(text, counts)
        text = _plates(text, counts)
        text = _addresses(text, counts)
        if kind in ("news", "video"):
            known = {name for other in same for name in self._news.announced(strip_invisible(other))}
            text = _replaced(text, self._news.find(text, known), counts)
        else:
            text = self._private_names(text, kind, counts)
        return Masked(text, dict(sorted(counts.items())))

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

    def _contacts(self, text: str, counts: Counter[str]) -> str:
        def email(match: re.Match[str]) -> str:
            if match.group().lower() in self._public:
                return match.group()
            counts["[EMAIL]"] += 1
            return "[EMAIL]"

        def profile(match: re.Match[str]) -> str:
            who = match.group("who")
            if who.lower().lstrip("@") in contacts.NOT_ACCOUNTS | self._public:
                return match.group()
            counts["[AKUN]"] += 1
            return match.group()[: -len(who)] + self._account(who)

        def handle(match: re.Match[str]) -> str:
            if match.group()[1:].lower() in self._public:
                return match.group()
            counts["[AKUN]"] += 1
            return self._account(match.group())

        if "@" in text or "(at)" in text.lower() or "[at]" in text.lower():
            text = contacts.EMAIL.sub(email, text)
            text = contacts.EMAIL_SPELT.sub(email, text)
        if "/" in text:
            text = contacts.PROFILE.sub(profile, text)
        if "@" in text:
            text = contacts.HANDLE.sub(handle, text)
        return contacts.COORDINATES.sub(_rounded, text)

    def _account(self, handle: str) -> str:
        # "@u-..." cannot be taken for a handle again: one letter before the hyphen is too short
        return "@" + self.pseudonym(handle, self._key) if self._key else "[AKUN]"

    def _numbers(self, text: str, counts: Counter[str]) -> str:
        def replace(match: re.Match[str]) -> str:
            run = match.group()
            if len(run) < 3:
                return run
            before = text[max(0, match.start() - _CONTEXT) : match.start()]
            plus = before.endswith("+")
            context = _BREAK.split(before)[-1].lower()
            hits = numbers.classify(run, context, self._hotlines)
            if not hits:
                return run
            parts, done = [], 0
            for start, end, token in hits:
                counts[token] += 1
                parts += [run[done:start], token]
                done = end
            parts.append(run[done:])
            return ("\0" if plus and hits[0][0] == 0 else "") + "".join(parts)

        masked = numbers.RUN.sub(replace, text)
        # the plus sign of "+62 812..." goes with its number
        return masked.replace("+\0", "").replace("\0", "")

    def _private_names(self, text: str, kind: str, counts: Counter[str]) -> str:
        spans = self._names.find(text, keep_officials=kind != "complaint")
        if not spans:
            return text
        names = {text[start:end] for start, end in spans}
        return _same_names(_replaced(text, spans, counts), names, counts)


def _replaced(text: str, spans: Sequence[tuple[int, int]], counts: Counter[str]) -> str:
    if not spans:
        return text
    counts["[NAMA]"] += len(spans)
    parts, done = [], 0
    for start, end in spans:
        parts += [text[done:start], "[NAMA]"]
        done = end
    return "".join(parts) + text[done:]


def _same_names(text: str, names: set[str], counts: Counter[str]) -> str:
    """Mask further mentions of a full name that was announced somewhere in the text."""
    for name in sorted(names, key=lambda name: (-len(name), name)):
        if " " in name and name in text:
            pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            text, times = pattern.subn("[NAMA]", text)
            counts["[NAMA]"] += times
    return text


def _plates(text: str, counts: Counter[str]) -> str:
    def announced(match: re.Match[str]) -> str:
        if contacts.PLATE_NOT.search(match.group("plate")):
            return match.group()
        counts["[PLAT]"] += 1
        return match.group("cue") + "[PLAT]"

    def plain(_: re.Match[str]) -> str:
        counts["[PLAT]"] += 1
        return "[PLAT]"

    return contacts.PLATE.sub(plain, contacts.PLATE_ANNOUNCED.sub(announced, text))


def _addresses(text: str, counts: Counter[str]) -> str:
    def whole(_: re.Match[str]) -> str:
        counts["[ALAMAT]"] += 1
        return "[ALAMAT]"

    def number(match: re.Match[str]) -> str:
        counts["[ALAMAT]"] += 1
        return match.group("street") + "[ALAMAT]"

    def block(match: re.Match[str]) -> str:
        if match.group("before"):
            return match.group()  # a stall in a market is a public place
        counts["[ALAMAT]"] += 1
        return "[ALAMAT]"

    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (contacts.STREET_NUMBER, number),
        (contacts.HOUSE_NUMBER, number),
        (contacts.ALLEY, whole),
        (contacts.BLOCK, block),
        (contacts.RT_RW, whole),
    )
    for pattern, replacement in steps:
        text = pattern.sub(replacement, text)
    return text


def _rounded(match: re.Match[str]) -> str:
    """Coordinates to three decimals, about 100 metres."""
    lat, lon = float(match.group("lat")), float(match.group("lon"))
    return f"{lat:.3f}{match.group('mid')}{lon:.3f}"


def _national(digits: str) -> str:
    return "0" + digits[2:] if digits.startswith("62") else digits


def _everyday_words(config: Config) -> Iterator[str]:
    """Slang and Javanese words, and agencies: capitalised often, names never."""
    lexicon = config.lexicon
    written = (word for word in (*lexicon.normalise, *lexicon.particles) if word not in COMMON_GIVEN)
    yield from (word for word in written if " " not in word)
    names = [name for opd in config.opd for name in opd.names]
    names += [name for quick_win in config.quick_wins for name in quick_win.names]
    yield from (name.lower() for name in names if " " not in name)


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
