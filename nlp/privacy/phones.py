"""Telephone numbers among digit groups: mobile numbers and landlines, however they are broken up."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nlp.privacy.digits import Group

_LONG_ENOUGH, _LONGEST = 10, 14
_AREA_OF_THREE = ("021", "022", "024", "031", "061")
_LISTING = ",/;|"
"""Marks that join the parts of one number only while it is too short to be one."""


def phone(
    groups: Sequence[Group], at: int, *, called: bool, hotlines: Collection[str], ends: bool = False
) -> tuple[int, str] | None:
    """The telephone number that starts at group `at`.

    Args:
        groups: all groups of a run.
        at: where to look.
        called: a word before the run says that it is a telephone number.
        hotlines: published numbers as digits in national form.
        ends: no word follows the run, so that a last short group belongs to the number.

    Returns:
        Groups used and token (empty: a published number, which stays), or None.
    """
    for used in range(min(4, len(groups) - at), 0, -1):
        if national("".join(group.digits for group in groups[at : at + used])) in hotlines:
            return used, ""
    if _is_date(groups, at) or (not called and _is_clock(groups, at)):
        return None
    count, digits = _dialled(groups, at, last=ends and called)
    number = national(digits)
    if number[:2] == "08" and number[2:3] != "0" and 9 <= len(number) <= _LONGEST:
        return count, "[HP]"
    if digits[:1] == "8" and digits[1:2] not in ("", "0") and 9 <= len(digits) <= 12 and called:
        return count, "[HP]"
    if number[:1] == "0" and number[1:2] in "234567" and 9 <= len(number) <= 12 and _has_area(groups[at]):
        return count, "[TELP]"
    if (
        called
        and at == 0
        and not (len(digits) == 13 and digits.startswith("000"))
        and 5 <= len(digits) <= 13
        and count == len(groups)
    ):
        if len(digits) >= 9:
            return count, "[HP]"
        return (count, "[TELP]") if len(digits) in (6, 7) and not digits.startswith("1500") else None
    return None


def national(digits: str) -> str:
    """A number in national form: ``08...`` for ``628...``, ``+62 08...`` and ``00628...``."""
    bare = digits.removeprefix("00") if digits.startswith("0062") else digits
    if bare.startswith("62"):
        return "0" + bare[2:].removeprefix("0")
    return digits


def _dialled(groups: Sequence[Group], at: int, *, last: bool) -> tuple[int, str]:
    """Groups that read as one dialled number of at most 14 digits; `last`: take a last short group, too."""
    digits = groups[at].digits
    count = 1
    while at + count < len(groups) and len(national(digits)) < _LONG_ENOUGH:
        following, between = groups[at + count], groups[at + count - 1].after
        if len(national(digits)) + len(following.digits) > _LONGEST:
            break
        if any(mark in between for mark in _LISTING) and (len(digits) >= 9 or len(groups[at].digits) < 3):
            break
        digits += following.digits
        count += 1
    while at + count < len(groups) and count > 1:
        tail, between = groups[at + count].digits, groups[at + count - 1].after
        if not _goes_on(groups, at, count, between) or len(digits) + len(tail) > 13:
            break
        digits += tail
        count += 1
    ending = groups[at + count :] if last and count > 1 else ()
    if (
        len(ending) == 1
        and len(digits) + len(ending[0].digits) <= _LONGEST - 1
        and groups[at + count - 1].after == groups[at].after
    ):
        return count + 1, digits + ending[0].digits
    return count, digits


def _goes_on(groups: Sequence[Group], at: int, count: int, between: str) -> bool:
    """Whether the next group belongs to a number that could already be complete.

    "0812-3400-00-99": the same mark goes on. "0813 00 00 10 14": so does the rhythm.
    """
    if between != groups[at].after:
        return False
    tail, last = groups[at + count].digits, groups[at + count - 1].digits
    if between.strip():
        return between not in _LISTING and len(tail) <= 4
    return len(tail) == len(last) <= 3


def _has_area(first: Group) -> bool:
    """Whether a group can begin a landline number: an area code alone, or with its number."""
    digits = national(first.digits) if first.digits.startswith("62") else first.digits
    return len(digits) >= 4 or digits in (*_AREA_OF_THREE, "0", "62")


def _is_date(groups: Sequence[Group], at: int) -> bool:
    """Day, month and year: "08-11-2026", "08/11/26 0812..."."""
    if at + 2 >= len(groups):
        return False
    day, month, year = (group.digits for group in groups[at : at + 3])
    marks = groups[at].after, groups[at + 1].after
    if marks[0] != marks[1] or marks[0] not in ("-", "/", ".") or not (len(day) <= 2 and len(month) <= 2):
        return False
    full = len(year) == 4 and year[:2] in ("19", "20")
    return 1 <= int(month) <= 12 and 1 <= int(day) <= 31 and (full or (len(year) == 2 and marks[0] == "/"))


def _is_clock(groups: Sequence[Group], at: int) -> bool:
    """Hours and minutes: "08.15 09.30", "08:15"."""
    if at + 1 >= len(groups) or groups[at].after not in (".", ":"):
        return False
    hour, minute = groups[at].digits, groups[at + 1].digits
    if not (len(hour) == len(minute) == 2 and int(hour) < 25 and int(minute) < 60):
        return False
    return groups[at + 1].after != groups[at].after
