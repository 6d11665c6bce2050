"""Which run of digits is a person's number, and which is money, a date or a code.

A run is digit groups joined by at most three separator characters ("3318 0000 0000 0000",
"0812-0000-0000", "33.18.010.001.002.0034.0"). `classify` looks at the groups, their separators
and the words around the run, and says which stretches of groups to replace. One pass, linear.

The shapes come from the public formats: NIK and KK 16 digits (region, birth date, serial), NIP
18 digits starting with the birth date, NOP 18 digits starting with the region, mobile numbers
08xx with 10 to 13 digits, BPJS Kesehatan 13 digits starting with zeros, BPJS Ketenagakerjaan 11.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from nlp.privacy.digits import Group, groups_of
from nlp.privacy.phones import phone

_ID_WORDS = re.compile(
    r"\b(?:nik(?:ku|nya|ne)?|no\.?\s?ktp|ktp|n\.i\.k|e-?ktp|identitas|induk kependudukan)\b"
)
_KK_WORDS = re.compile(r"\b(?:no\.?\s?kk|nomor kk|kk(?:nya|ne|ku|e)?|nkk|kartu keluarga(?:nya|ku|ne)?)\b")
_NIP_WORDS = re.compile(r"\b(?:nip(?:ppk|nya)?|n\.i\.p|nomor induk pegawai)\b")
_NOP_WORDS = re.compile(r"\b(?:nop|n\.o\.p|pbb|sppt|objek pajak|obyek pajak)\b")
_BPJS_WORDS = re.compile(r"\b(?:bpjs|kis|jkn|noka|no\.? kartu)\b")
_WORKER_WORDS = re.compile(r"\b(?:kpj|bpjstk|jamsostek|jht|bpjs\s?tk|bpjs ketenagakerjaan)\b")
_BANKS = (
    r"bri|bca|bni|btn|bsi|bpd|mandiri|seabank|bank\s(?!data|sampah)\w+|dana|ovo|gopay|"
    r"shopeepay|bankjateng|briva"
)
_BANK_WORDS = re.compile(
    rf"\b(?:no\.?\s?rek|norek|rek|rekening|tabungan|virtual account|va|debit|atm|transfer|tf|{_BANKS})\b"
)
_BANK_AFTER = re.compile(rf"\s?\(?\s?(?:{_BANKS})\b")
_PHONE_WORDS = re.compile(
    r"\b(?:hp(?:ne|nya|ku)?|hape|wa(?:ku|nya|ne)?|whatsapp|whats app|telp|telpon|telpun|telepon|tlp|fax|"
    r"no\.?\s?hp|hub|hubungi|kontak|call|ponsel|sms|cp|contact person|"
    r"nomor saya|nomer saya|nomorku|nomerku|nomer)\b"
)
_GOES_ON = re.compile(r"\s?\w")
_MONEY_WORDS = re.compile(r"(?:\brp\.?|\bidr|\busd|\$)\s*$")

_ADDRESS = re.compile(r"\w\.(?:com|id|net|org|me)/\S*$")
# Two-digit province codes that open a NIK.
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 97))
    for code in range(first, last + 1)
)
# How people break 16 digits when they write them by hand.
_ID_SHAPES = frozenset(
    {(4, 4, 4, 4), (6, 6, 4), (6, 10), (12, 4), (8, 8), (2, 2, 2, 6, 4), (6, 2, 2, 2, 4),
     (2, 2, 2, 2, 2, 2, 4), (4, 2, 6, 4), (6, 4, 6), (5, 5, 6), (4, 4, 8), (8, 4, 4), (3, 3, 3, 3, 4),
     (4, 3, 3, 3, 3), (4, 12), (6, 6, 2, 2)}
)  # fmt: skip
_NOP_SHAPE = (2, 2, 3, 3, 3, 4, 1)
_NIP_SHAPES = {(8, 6, 1, 3), (8, 6, 4)}
_HERE = "3318"
OVERSIZE = 15
"""An unbroken run of so many digits is never left standing, whatever it may be."""


@dataclass(frozen=True, slots=True)
class Around:
    """The words around a run, lower case, cut at the nearest digit or token."""

    before: str
    after: str = ""


def classify(run: str, around: Around, hotlines: Collection[str]) -> list[tuple[int, int, str]]:
    """Find the stretches of a run that are personal numbers.

    Args:
        run: a match of `nlp.privacy.digits.RUN`.
        around: the words right before and after it.
        hotlines: published numbers as digits in national form (`0811...`), which stay.

    Returns:
        (start, end, token) within the run, in order, not overlapping.
    """
    groups = groups_of(run)
    if _is_amount(groups, around.before):
        return []
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(groups):
        here = around if not found else Around("", around.after)
        hit = _match(groups, at, here, hotlines)
        if hit is None:
            at += 1
            continue
        count, token = hit
        if token:
            start = 0 if at == 0 else groups[at].start  # an opening bracket goes with its number
            found.append((start, groups[at + count - 1].end, token))
        at += count
    return found


def _match(
    groups: Sequence[Group], at: int, around: Around, hotlines: Collection[str]
) -> tuple[int, str] | None:
    """Longest personal number that starts at group `at`: (groups used, token or "" to keep)."""
    before = around.before
    found = _nop_or_nip(groups, at, before)
    if found is None:
        called = _PHONE_WORDS.search(before) is not None
        found = phone(groups, at, called=called, hotlines=hotlines, ends=not _GOES_ON.match(around.after))
        if found and found[1] == "[HP]" and found[0] == 1 and not called and _account_only(before):
            found = 1, "[REK]"  # an account may begin with 08, too
    return (
        found
        or _sixteen(groups, at, before)
        or _bound(groups, at, around)
        or _partial(groups, at, before)
        or _oversized(groups[at], before)
    )


def _is_amount(groups: Sequence[Group], before: str) -> bool:
    """Whether the run is money or a number written with thousands separators."""
    if any(len(group.digits) >= OVERSIZE for group in groups):
        return False
    if _MONEY_WORDS.search(before):
        return True
    if len(groups) < 2 or groups[0].digits.startswith("0") or len(groups[0].digits) > 3:
        return False
    whole = groups
    if groups[-2].after == "," and len(groups[-1].digits) <= 2:
        whole = groups[:-1]
    if len({g.after for g in whole[:-1]}) > 1 or (len(whole) > 1 and whole[0].after not in ".,"):
        return False
    thousands = all(len(g.digits) == 3 for g in whole[1:])
    return thousands and not _names_a_person(before)


def _names_a_person(before: str) -> bool:
    words = (_ID_WORDS, _KK_WORDS, _BANK_WORDS, _PHONE_WORDS, _BPJS_WORDS)
    return any(pattern.search(before) for pattern in words)


def _take(groups: Sequence[Group], at: int, total: int) -> int | None:
    """How many groups from `at` hold exactly `total` digits, or None.

    A comma, slash or bracket after a long group lists several numbers: they are not added up.
    """
    seen = 0
    for index in range(at, len(groups)):
        group = groups[index]
        seen += len(group.digits)
        if seen == total:
            return index - at + 1
        listed = any(mark in group.after for mark in ",/();|") and (
            len(group.digits) > 6 or "," in group.after
        )
        if seen > total or listed:
            return None
    return None


def _nop_or_nip(groups: Sequence[Group], at: int, before: str) -> tuple[int, str] | None:
    count = _take(groups, at, 18)
    if count is None:
        return None
    taken = groups[at : at + count]
    shape = tuple(len(group.digits) for group in taken)
    digits = "".join(group.digits for group in taken)
    if shape == _NOP_SHAPE:
        return count, "[NOP]"
    dated = digits[:2] in ("19", "20") and digits[4:6] <= "12" and digits[6:8] <= "31"
    nop_words, nip_words = _NOP_WORDS.search(before), _NIP_WORDS.search(before)
    if count == 1 or nop_words or nip_words or (dated and shape in _NIP_SHAPES) or digits[:4] == _HERE:
        if nip_words or (dated and not nop_words):
            return count, "[NIP]"
        return count, "[NOP]" if nop_words or digits.startswith("33") else "[NIP]"
    return None


def _sixteen(groups: Sequence[Group], at: int, before: str) -> tuple[int, str] | None:
    """A NIK or KK; one digit too many or too few makes it no less personal."""
    for total in (16, 15, 17):
        count = _take(groups, at, total)
        if count is None:
            continue
        taken = groups[at : at + count]
        shape = tuple(len(group.digits) for group in taken)
        digits = "".join(group.digits for group in taken)
        by_kk, by_id = _last(_KK_WORDS, before), _last(_ID_WORDS, before)
        by_bank = _last(_BANK_WORDS, before)
        shaped = total == 16 and (shape in _ID_SHAPES or set(shape) in ({1}, {2}))
        regional = (shaped and digits[:2] in _PROVINCES) or digits[:4] == _HERE
        named = by_kk >= 0 or by_id >= 0 or by_bank >= 0
        if not (count == 1 or regional or (named and total == 16)):
            continue
        if by_bank > max(by_kk, by_id):
            return count, "[REK]"
        if total == OVERSIZE and not named and _ADDRESS.search(before):
            return None
        return count, "[KK]" if by_kk > by_id else "[NIK]"
    return None


def _bound(groups: Sequence[Group], at: int, around: Around) -> tuple[int, str] | None:
    """Numbers that only their context marks: BPJS cards and bank accounts."""
    digits, before = groups[at].digits, around.before
    if _WORKER_WORDS.search(before) and (count := _take(groups, at, 11)):
        return count, "[BPJS]"
    thirteen = _take(groups, at, 13)
    if thirteen and (_BPJS_WORDS.search(before) or (thirteen == 1 and digits.startswith("000"))):
        return thirteen, "[BPJS]"
    last = at + 1 == len(groups)
    if _BANK_WORDS.search(before) or (last and _BANK_AFTER.match(around.after)):
        rest = groups[at:]
        total = sum(len(group.digits) for group in rest)
        if re.search(r"\bkode (?:rekening|akun|kegiatan)\b", before):
            return None  # an account of the budget
        joined = all(group.after.strip() in ("-", "", ".") for group in rest)
        if 10 <= total <= 16 and joined:
            return len(rest), "[REK]"
        if 10 <= len(digits) <= 16:
            return 1, "[REK]"
    return None


def _partial(groups: Sequence[Group], at: int, before: str) -> tuple[int, str] | None:
    """The first ten to fourteen digits of a NIK: they say place and date of birth already."""
    digits = groups[at].digits
    named = re.search(r"\b(?:nik|ktp)\b[^.;]{0,24}$", before)
    if named and 10 <= len(digits) <= 14 and digits[:2] in _PROVINCES:
        return 1, "[NIK]"
    return None


def _oversized(group: Group, before: str) -> tuple[int, str] | None:
    if len(group.digits) < OVERSIZE or (len(group.digits) == OVERSIZE and _ADDRESS.search(before)):
        return None
    return 1, "[KK]" if _last(_KK_WORDS, before) > _last(_ID_WORDS, before) else "[NIK]"


def _account_only(before: str) -> bool:
    return re.search(r"\b(?:rek|rekening|norek)\b[^a-z]*$", before) is not None


def _last(pattern: re.Pattern[str], text: str) -> int:
    position = -1
    for match in pattern.finditer(text):
        position = match.start()
    return position
