"""E-mail addresses, account names and coordinates.

Every pattern starts where a run of its characters starts (a look-behind), so that no text can
make the search quadratic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

_ENDING = r"(?:com|net|org|id|(?:co|go|sch|ac|or|web|desa)\s?\.\s?id)"
_DOT = r"(?:\s?\.\s?|\s?[(\[]\s?(?:dot|titik)\s?[)\]]\s?|\s(?:dot|titik)\s)"
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# An address in words: warga at contoh dot id, warga(at)contoh.id.
_EMAIL_SPELT = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{2,64}}(?:\s?[(\[]\s?(?:at|a)\s?[)\]]\s?[\w-]{{2,64}}{_DOT}|"
    rf"\s(?:at|et)\s[\w-]{{2,64}}\s(?:dot|titik)\s|\s?@\s[\w-]{{2,64}}{_DOT}|@[\w-]{{2,64}},\s?|@[\w-]{{2,64}}(?:\s\.\s?|\s?\.\s)){_ENDING}(?!\w)",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@./\]-])@(?=[\d_.]{0,24}[A-Za-z])[A-Za-z0-9_][\w.]{1,29}(?<!\.)")
# "ig: warga_contoh": an account without its mark; it must look like one, not like a word.
_HANDLE_NAMED = re.compile(
    r"(?<!\w)(?P<cue>(?:ig|instagram|tiktok|tik\s?tok|twitter|telegram|tele|line|username|user|akun|fb)\s?[:=]?\s)"
    r"(?P<who>(?=\w{0,24}(?:[\d_]|\.\w))[a-z][\w.]{3,29}(?<!\.))(?![\w@/:])",
    re.IGNORECASE,
)
_HANDLE_HINT = re.compile(r"(?<=[\w])[\d_.](?=\w)|\w\d")
"""What an account has and a word has not: a digit, an underscore or a dot inside."""
_PROFILE = re.compile(
    r"(?<![\w-])(?:facebook|fb|instagram|tiktok|twitter|x|threads|t|youtube)\.(?:com|net|me)/(?:(?:channel|c|user)/)?"
    r"(?P<who>profile\.php\?id=\d+|@?[\w.]{2,50})(?P<post>/(?:status|video|videos|posts|photo|photos|reel|p)/[\w.?=&%-]+)?",
    re.IGNORECASE,
)
# First path parts of social sites that are not somebody's account.
_NOT_ACCOUNTS = frozenset(
    """watch reel reels p groups group share sharer photo photos photo.php permalink.php story.php events
    pages hashtag explore search i intent home login video videos tv stories v tag discover live
    media posts s shorts playlist feed results embed""".split()  # noqa: SIM905
)

_DECIMALS = re.compile(r"\d\.\d{4}")
_COORDINATES = re.compile(
    r"(?<![\d.])(?P<lat>-?[0-9]{1,2}\.\d{4,15})(?P<mid>\s?[,;]\s?)(?P<lon>1[0-4]\d\.\d{4,15})(?![\d.])"
)

_AT = ("@", "(a", "[a", "( a", "[ a", " at ", " et ")


def mask_emails(text: str, hit: Callable[[str], str], public: Collection[str]) -> str:
    """Replace e-mail addresses, also those in words.

    Args:
        text: any text.
        hit: notes what was found and returns what stands in its place.
        public: office addresses that stay, lower case.
    """

    def email(match: re.Match[str]) -> str:
        return match.group() if match.group().lower() in public else hit(match.group())

    lower = text.lower()
    if not any(mark in lower for mark in _AT):
        return text
    return _EMAIL_SPELT.sub(email, _EMAIL.sub(email, text))


def mask_accounts(text: str, account: Callable[[str], str], public: Collection[str]) -> str:
    """Replace names of accounts: handles, profile addresses, "ig: ...".

    Args:
        text: any text.
        account: notes an account and returns what stands in its place.
        public: offices' own accounts that stay, lower case.
    """

    def profile(match: re.Match[str]) -> str:
        who = match.group("who")
        name = who.lower().lstrip("@")
        if name in _NOT_ACCOUNTS or name in public:
            return match.group()
        # the address of a post leads to its author as well
        return match.group()[: match.start("who") - match.start()] + account(who)

    def handle(match: re.Match[str]) -> str:
        return match.group() if match.group()[1:].lower() in public else account(match.group())

    def named(match: re.Match[str]) -> str:
        who = match.group("who")
        return match.group() if who.lower() in public else match.group("cue") + account(who)

    if "/" in text:
        text = _PROFILE.sub(profile, text)
    if "@" in text:
        text = _HANDLE.sub(handle, text)
    return _HANDLE_NAMED.sub(named, text) if _HANDLE_HINT.search(text) else text


def round_coordinates(text: str) -> str:
    """Coordinates to three decimals, about 100 metres."""
    return _COORDINATES.sub(_rounded, text) if _DECIMALS.search(text) else text


def _rounded(match: re.Match[str]) -> str:
    lat, lon = float(match.group("lat")), float(match.group("lon"))
    return f"{lat:.3f}{match.group('mid')}{lon:.3f}"
