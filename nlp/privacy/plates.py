"""Number plates of vehicles.

Every pattern starts where a run of its characters starts (a look-behind), so that no text can
make the search quadratic.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nlp.stem import is_root

_PLATE_AREAS = "K|H|AA|AB|AD|AE|AG|B|BE|BG|BK|BL|D|DA|DK|E|F|G|KB|KT|L|M|N|P|R|S|T|W|Z"
# The local letter with three or four figures is a plate by itself; fewer figures, other areas
# with one letter at the end, and lower case need a word that announces a plate.
_PLATE = re.compile(
    rf"(?<![\w-])(?:K[ .-]{{0,2}}\d{{3,4}}[ .-]{{0,2}}[A-Z]{{1,3}}|"
    rf"(?:{_PLATE_AREAS})[ .-]{{0,2}}\d{{4}}[ .-]{{0,2}}[A-Z]{{2,3}})(?![\w-])"
)
# In lower case four figures are needed, and letters that are no word ("k 2026 ini").
_SMALL = re.compile(r"(?<![\w.,-])k ?\d{4} ?(?P<letters>[a-z]{2,3})(?![\w-])")
_END = re.compile(r"\d[ .-]{0,2}[A-Za-z]{1,3}(?![\w-])")
"""What every plate ends with."""
_NOT_LETTERS = frozenset(
    "dan ini itu per org kpd utk yg tdk dgn sdh blm pcs lbr bks bgks jt rb an ke di ya ga gak km".split()  # noqa: SIM905
)
_WORDS = ("plat", "pelat", "nopol", "no", "stnk")
_ANNOUNCED = re.compile(
    r"(?<!\w)(?P<cue>(?:plat|plate|pelat|nopol|nopole|no\.?\s?pol|nomor\s+polisi|nomor\s+kendaraan|plat\s+nom[eo]r|stnk|"
    r"motor|motore|mobil|truk|truck|bus|vario|beat|supra|scoopy|avanza|innova|xenia|pickup|pick\s?up)"
    r"\s{0,2}(?:nomor|nomer|nmr|no\.?|nya|e|bernopol|bernomor|putih|hitam|merah|plat)?\s{0,2}\.?:?\s{0,2})"
    rf"(?P<plate>(?:{_PLATE_AREAS})[ .-]{{0,2}}\d{{1,4}}[ .-]{{0,2}}[A-Z]{{1,3}})(?![\w-])",
    re.IGNORECASE,
)
# Units after a figure that make "K 500 rb" money, not a plate.
_NOT = re.compile(
    r"(?<=[\d .-])(?:rb|jt|km|kg|kk|rt|rw|ha|cm|mm|th|thn|bln|jam|org|kva|wat|gb|mb|m|cc|ton|kw|x)$",
    re.IGNORECASE,
)


def mask_plates(text: str, hit: Callable[[str], str]) -> str:
    """Replace number plates.

    Args:
        text: any text.
        hit: notes what was found and returns what stands in its place.
    """

    def announced(match: re.Match[str]) -> str:
        cue, plate = match.group("cue").lower(), match.group("plate")
        if not cue.startswith(_WORDS) and _NOT.search(plate):
            return match.group()
        return match.group("cue") + hit(plate)

    def small(match: re.Match[str]) -> str:
        letters = match.group("letters").lower()
        if _NOT.search(match.group()) or is_root(letters) or letters in _NOT_LETTERS:
            return match.group()
        return hit(match.group())

    if not _END.search(text):
        return text
    text = _ANNOUNCED.sub(announced, text)
    text = _PLATE.sub(lambda match: hit(match.group()), text)
    return _SMALL.sub(small, text)
