"""Who is to be found: what people write on a request, turned into what the system may hold of it.

Little of a person reaches the disk: numbers and names are masked before they are stored, and an
author is kept as a keyed pseudonym. So a request is looked for in two ways: by the pseudonyms of
every spelling of it, and by the value itself, which a mask may have missed.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from config import Config
from nlp.privacy import Masker

Kind = Literal["nik", "hp", "email", "nama", "akun", "samaran", "tiket"]

PSEUDONYM = re.compile(r"u-[0-9a-f]{10}")
MIN_HUNTED = 5
"""A shorter ticket or account name would also be found inside ordinary text."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"\+?[\d\s().\-/]+")
_PHONE = re.compile(r"(?:0|62)?(?=[2-9])\d{7,12}")
_SPACES = re.compile(r"\s+")


class SubjectError(ValueError):
    """A subject that cannot be looked for; the text is one Indonesian sentence without the value."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One person or ticket of a request.

    Attributes:
        kind: what the value was taken for.
        fingerprint: keyed digest of the value (16 hexadecimal digits): names the request in a
            certificate without saying who it was.
        pseudonyms: what the author's name may have become, in every spelling.
        words: a full name's words, lower case; empty unless it is a name of several words.
        digits: a number's digits as they may be written (national and international form).
        literals: an address, account, pseudonym or ticket as written, lower case.
        ticket: the value as a ticket or platform id.
    """

    kind: Kind
    fingerprint: str
    pseudonyms: frozenset[str]
    words: tuple[str, ...] = ()
    digits: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    ticket: str | None = None

    @property
    def hunted(self) -> bool:
        """Whether the value itself is looked for in texts, not only what the system made of it."""
        return bool(self.words or self.digits or self.literals)


def subject(value: str, config: Config, key: bytes) -> Subject:
    """Understand one value of a request.

    Args:
        value: a NIK, phone number, e-mail address, name, account, pseudonym or ticket.
        config: whose officials may not be erased.
        key: of pseudonyms.

    Raises:
        SubjectError: it is empty, too short, or names a public official.
    """
    plain = _SPACES.sub(" ", value).strip()
    if len(plain) < 3:
        raise SubjectError("Subjek kosong atau terlalu pendek; tulis NIK, nomor HP, nama, atau nomor aduan.")
    masker = Masker(config)
    if PSEUDONYM.fullmatch(plain.lower()):
        low = plain.lower()
        return Subject("samaran", fingerprint(low, key), frozenset({low}), literals=(low,))
    kind = _kind(plain)
    pseudonyms = frozenset(masker.pseudonym(one, key) for one in spellings(plain, kind))
    mark = fingerprint(_canonical(plain, kind), key)
    digits = re.sub(r"\D", "", plain)
    found = tuple(sorted(pseudonyms))
    if kind == "nama":
        _no_official(plain, config)
        words = tuple(plain.casefold().split())
        return Subject(kind, mark, pseudonyms, words if len(words) > 1 else (), literals=found)
    if kind == "nik":
        return Subject(kind, mark, pseudonyms, digits=(digits,), literals=found, ticket=digits)
    if kind == "hp":
        ticket = digits if plain.isdigit() else None
        return Subject(kind, mark, pseudonyms, digits=_both_forms(digits), literals=found, ticket=ticket)
    if kind == "email":
        return Subject(kind, mark, pseudonyms, literals=(plain.lower(), *found))
    name = plain.lstrip("@")
    telling = len(name) >= MIN_HUNTED and not name.isalpha()
    literals = (name.lower(), *found) if telling or kind == "akun" else found
    return Subject(kind, mark, pseudonyms, literals=literals, ticket=name)


def fingerprint(value: str, key: bytes) -> str:
    """A keyed digest of a value: 16 hexadecimal digits, the same for the same value and key."""
    return hmac.new(key, b"subject\x1f" + value.encode(), hashlib.sha256).hexdigest()[:16]


def spellings(value: str, kind: Kind) -> Iterator[str]:
    """Ways in which the same author may have been written where a pseudonym was made of it."""
    yield value
    digits = re.sub(r"\D", "", value)
    if kind == "nik":
        yield digits
    if kind == "hp":
        national = _national(digits)
        rest = national[1:]
        yield from (national, rest, f"62{rest}", f"+62{rest}", f"+62 {rest}")
        # as the address book of a phone shows a number that has no name
        for mark in ("-", " "):
            for sizes in ((3, 4), (3, 3)):
                head, middle = rest[: sizes[0]], rest[sizes[0] : sum(sizes)]
                tail = rest[sum(sizes) :]
                yield f"+62 {head}{mark}{middle}{mark}{tail}"
                yield f"0{head}{mark}{middle}{mark}{tail}"
                yield f"+62{mark}{head}{mark}{middle}{mark}{tail}"
            yield f"0{rest[:3]}{mark}{rest[3:7]}{mark}{rest[7:]}"


def _kind(value: str) -> Kind:
    if _EMAIL.fullmatch(value):
        return "email"
    digits = re.sub(r"\D", "", value)
    if _NUMBER.fullmatch(value):
        if len(digits) == 16:
            return "nik"
        if _PHONE.fullmatch(digits) and (digits[0] in "06" or value[0] == "+" or digits[0] == "8"):
            return "hp"
        return "tiket"
    if value.startswith("@"):
        return "akun"
    code = " " not in value and any(char.isdigit() or char == "_" for char in value)
    return "tiket" if code else "nama"


def _canonical(value: str, kind: Kind) -> str:
    digits = re.sub(r"\D", "", value)
    if kind == "nik":
        return digits
    return _national(digits) if kind == "hp" else value.lstrip("@").casefold()


def _national(digits: str) -> str:
    if digits.startswith("62"):
        return "0" + digits[2:]
    return digits if digits.startswith("0") else "0" + digits


def _both_forms(digits: str) -> tuple[str, ...]:
    national = _national(digits)
    return national, "62" + national[1:], national[1:]


def _no_official(name: str, config: Config) -> None:
    known = {
        one.casefold() for official in config.privacy.officials for one in (official.name, *official.aliases)
    }
    if name.casefold() in known:
        raise SubjectError(
            "Nama ini terdaftar sebagai pejabat publik di privacy.yaml; penghapusan berita tentang jabatan "
            "publik bukan hak subjek data. Hapus dari daftar itu dulu bila memang keliru."
        )
