"""Which run of digits is a person's number, and which is money, a date or a code.

A run is digit groups joined by at most two separator characters ("3318 0000 0000 0000",
"0812-0000-0000", "33.18.010.001.002.0034.0"). `classify` looks at the groups, their separators
and the words before the run, and says which stretches of groups to replace. One pass, linear.

The shapes come from the public formats: NIK and KK 16 digits (region, birth date, serial), NIP
18 digits starting with the birth date, NOP 18 digits starting with the region, mobile numbers
08xx with 10 to 13 digits, BPJS 13 digits starting with zeros.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

_SEPARATOR = r"[ \t\u00a0.,\-\u2010-\u2015_/()]"
RUN = re.compile(rf"(?:\((?=\d{{3,4}}\)))?\d+(?:{_SEPARATOR}{{1,2}}\d+)*")
_PIECES = re.compile(r"(\d+)([^\d]*)")

_ID_WORDS = re.compile(r"\b(?:nik|no\.?\s?ktp|ktp|n\.i\.k|e-?ktp|identitas)\b")
_KK_WORDS = re.compile(r"\b(?:no\.?\s?kk|nomor kk|kk|nkk|kartu keluarga)\b")
_NIP_WORDS = re.compile(r"\b(?:nip|n\.i\.p|nomor induk pegawai)\b")
_NOP_WORDS = re.compile(r"\b(?:nop|n\.o\.p|pbb|sppt|objek pajak|obyek pajak)\b")
_BPJS_WORDS = re.compile(r"\b(?:bpjs|kis|jkn|noka)\b")
_BANK_WORDS = re.compile(
    r"\b(?:no\.?\s?rek|norek|rek|rekening|bri|bca|bni|btn|bsi|mandiri|bank\s\w+|dana|ovo|gopay|"
    r"shopeepay|debit|atm|transfer|tf)\b"
)
_PHONE_WORDS = re.compile(
    r"\b(?:hp|hape|wa|whatsapp|whats app|telp|telpon|telepon|tlp|no\.?\s?hp|hub|hubungi|"
    r"kontak|call|ponsel|sms|nomor saya|nomer saya|nomorku)\b"
)
_MONEY_WORDS = re.compile(r"(?:\brp\.?|\bidr|\busd|\$)\s*$")

# Two-digit province codes that open a NIK.
_PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(first, last + 1)
)
# How people break 16 digits when they write them by hand.
_ID_SHAPES = frozenset(
    {(4, 4, 4, 4), (6, 6, 4), (6, 10), (12, 4), (8, 8), (2, 2, 2, 6, 4), (6, 2, 2, 2, 4),
     (2, 2, 2, 2, 2, 2, 4), (4, 2, 6, 4), (6, 4, 6), (5, 5, 6), (4, 4, 8), (8, 4, 4), (3, 3, 3, 3, 4),
     (4, 3, 3, 3, 3), (4, 12), (6, 6, 2, 2)}
)  # fmt: skip
_NOP_SHAPE = (2, 2, 3, 3, 3, 4, 1)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of digits inside a run: its offsets in the run, its digits, what follows it."""

    start: int
    end: int
    digits: str
    after: str


def groups_of(run: str) -> list[Group]:
    """Split a run into digit groups; digits of every script become ASCII digits."""
    found = []
    for match in _PIECES.finditer(run):
        digits = "".join(str(int(char)) for char in match.group(1))
        found.append(Group(match.start(1), match.end(1), digits, match.group(2)))
    return found


def classify(run: str, before: str, hotlines: Collection[str]) -> list[tuple[int, int, str]]:
    """Find the stretches of a run that are personal numbers.

    Args:
        run: a match of `RUN`.
        before: the words right before it, lower case, cut at the last digit or token.
        hotlines: published numbers as digits in national form (`0811...`), which stay.

    Returns:
        (start, end, token) within the run, in order, not overlapping.
    """
    groups = groups_of(run)
    if _is_amount(groups, before):
        return []
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(groups):
        hit = _match(groups, at, before if at == 0 else "", hotlines)
        if hit is None:
            at += 1
            continue
        count, token = hit
        if token:
            start = 0 if at == 0 else groups[at].start  # an opening bracket goes with its number
            found.append((start, groups[at + count - 1].end, token))
        at += count
    return found


def _match(groups: list[Group], at: int, before: str, hotlines: Collection[str]) -> tuple[int, str] | None:
    """Longest personal number that starts at group `at`: (groups used, token or "" to keep)."""
    return (
        _nop_or_nip(groups, at, before)
        or _phone(groups, at, before, hotlines)
        or _sixteen(groups, at, before)
        or _bound(groups, at, before)
        or _oversized(groups[at], before)
    )


def _is_amount(groups: list[Group], before: str) -> bool:
    """Whether the run is money or a number written with thousands separators."""
    if any(len(group.digits) >= 16 for group in groups):
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
    return any(
        words.search(before) for words in (_ID_WORDS, _KK_WORDS, _BANK_WORDS, _PHONE_WORDS, _BPJS_WORDS)
    )


def _take(groups: list[Group], at: int, total: int) -> int | None:
    """How many groups from `at` hold exactly `total` digits, or None.

    A comma, slash or bracket between groups lists several numbers: they are not added up.
    """
    seen = 0
    for index in range(at, len(groups)):
        seen += len(groups[index].digits)
        if seen == total:
            return index - at + 1
        if seen > total or any(mark in groups[index].after for mark in ",/()"):
            return None
    return None


def _nop_or_nip(groups: list[Group], at: int, before: str) -> tuple[int, str] | None:
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
    if count == 1 or nop_words or nip_words or (dated and shape in {(8, 6, 1, 3), (8, 6, 4)}):
        if nip_words or (dated and not nop_words):
            return count, "[NIP]"
        return count, "[NOP]" if nop_words or digits.startswith("33") else "[NIP]"
    return None


def _sixteen(groups: list[Group], at: int, before: str) -> tuple[int, str] | None:
    count = _take(groups, at, 16)
    if count is None:
        return None
    taken = groups[at : at + count]
    shape = tuple(len(group.digits) for group in taken)
    digits = "".join(group.digits for group in taken)
    by_kk, by_id = _last(_KK_WORDS, before), _last(_ID_WORDS, before)
    by_bank = _last(_BANK_WORDS, before)
    shaped = shape in _ID_SHAPES or set(shape) in ({1}, {2})
    regional = (shaped and digits[:2] in _PROVINCES) or digits[:4] == "3318"
    if not (count == 1 or regional or by_kk >= 0 or by_id >= 0 or by_bank >= 0):
        return None
    if by_bank > max(by_kk, by_id):
        return count, "[REK]"
    return count, "[KK]" if by_kk > by_id else "[NIK]"


def _phone(groups: list[Group], at: int, before: str, hotlines: Collection[str]) -> tuple[int, str] | None:
    count, digits = _dialled(groups, at)
    national = "0" + digits[2:] if digits.startswith("62") else digits
    for used in range(min(4, len(groups) - at), 0, -1):
        joined = "".join(group.digits for group in groups[at : at + used])
        if ("0" + joined[2:] if joined.startswith("62") else joined) in hotlines:
            return used, ""
    called = _PHONE_WORDS.search(before) is not None
    if national[:2] == "08" and national[2:3] != "0" and 9 <= len(national) <= 14:
        by_bank = _BANK_WORDS.search(before) is not None and not called and len(groups) == 1
        return count, "[REK]" if by_bank and _account_only(before) else "[HP]"
    if digits[:1] == "8" and digits[1:2] not in ("", "0") and 9 <= len(digits) <= 12 and called:
        return count, "[HP]"
    if national[:1] == "0" and national[1:2] in "234567" and 9 <= len(national) <= 12:
        return count, "[TELP]"
    if called and at == 0 and 5 <= len(digits) <= 13 and count == len(groups):
        if len(digits) >= 9:
            return count, "[HP]"
        return (count, "[TELP]") if len(digits) in (6, 7) else None
    return None


def _account_only(before: str) -> bool:
    return re.search(r"\b(?:rek|rekening|norek)\b[^a-z]*$", before) is not None


def _dialled(groups: list[Group], at: int) -> tuple[int, str]:
    """Groups that read as one dialled number: the same separators, at most 14 digits."""
    digits = groups[at].digits
    count = 1
    while at + count < len(groups) and len(digits) < 10:
        following = groups[at + count]
        between = groups[at + count - 1].after
        if len(digits) + len(following.digits) > 14 or "," in between or "/" in between:
            break
        digits += following.digits
        count += 1
    rest = groups[at + count : at + count + 1]
    # "0812-3400-00-99": the tail belongs to it when it is joined by a hyphen and fits
    hyphens = count > 1 and groups[at + count - 1].after == groups[at].after == "-"
    if rest and hyphens and len(digits) + len(rest[0].digits) <= 13:
        return count + 1, digits + rest[0].digits
    return count, digits


def _bound(groups: list[Group], at: int, before: str) -> tuple[int, str] | None:
    """Numbers that only their context marks: BPJS cards and bank accounts."""
    digits = groups[at].digits
    thirteen = _take(groups, at, 13)
    if thirteen and (_BPJS_WORDS.search(before) or (thirteen == 1 and digits.startswith("000"))):
        return thirteen, "[BPJS]"
    if at == 0 and _BANK_WORDS.search(before):
        total = sum(len(group.digits) for group in groups)
        joined = all(group.after.strip() in ("-", "", ".") for group in groups)
        if 10 <= total <= 16 and joined:
            return len(groups), "[REK]"
        if 10 <= len(digits) <= 16:
            return 1, "[REK]"
    return None


def _oversized(group: Group, before: str) -> tuple[int, str] | None:
    """No unbroken run of 16 or more digits is ever left standing, whatever it may be."""
    if len(group.digits) < 16:
        return None
    return 1, "[KK]" if _last(_KK_WORDS, before) > _last(_ID_WORDS, before) else "[NIK]"


def _last(pattern: re.Pattern[str], text: str) -> int:
    position = -1
    for match in pattern.finditer(text):
        position = match.start()
    return position
