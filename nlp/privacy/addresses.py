"""House addresses: RT/RW, house numbers, alleys, blocks, and the hamlet that goes with them.

Village and kecamatan stay, and so does a street without a number: they say where something is
wrong, not who lives there. A hamlet (dukuh) goes with an RT, a number or a word such as
"alamat"; alone it stays. Every pattern starts where a run of its characters starts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from nlp.privacy.digits import SMALL_NUMBER
from nlp.word_lists import word_list

Hit = Callable[[str], str]
"""Notes what was found and returns its token."""

_ALLEY_NAMES = "|".join(sorted(word_list("alley_names", __package__), key=lambda name: (-len(name), name)))
# "RT 3 hari tidak pulang" counts days, "RT 4 dan 5" counts RTs.
_NOT_COUNTED = r"(?!\s?(?:hari|minggu|bulan|bln|tahun|thn|jam|kali|x|orang|titik|rumah|ribu|juta|persen)\b)"
_MARK = r"\s{0,2}[.:\-]?\s?(?:ke[- ]?)?"
_NUM = rf"(?:0{{0,3}}{SMALL_NUMBER})"
_RT = rf"(?<![\w\[])R\.?T\.?{_MARK}{_NUM}"
_RW = rf"R\.?W\.?{_MARK}{_NUM}"
_NUMBER = r"(?:no|nomor|nomer)\s?[.:]?\s?\d{1,4}\s?(?:[A-Za-z](?![\w]))?(?:\s?[/-]\s?\d{1,3})?"
_HOUSE = rf"(?:,?\s?(?:no\.?\s?rumah\s?[.:]?\s?\d{{1,4}}[A-Za-z]?|{_NUMBER})(?!\w))?"
_NOT_HAMLET = r"(?!(?:desa|ds|kec|kel|rt|rw|kab|kecamatan|kelurahan|no|nomor|ini|itu|kami|saya)\b)"
_NAME = rf"{_NOT_HAMLET}[^\W\d_]{{3,24}}"
_HAMLET = rf"(?:dukuh|dkh|dk|dusun|dsn|kampung|kp|lingkungan)\.?\s{_NAME}(?:\s{_NAME})?"
_BEFORE_RT = rf"(?:(?<!\w){_HAMLET}(?:\s?[,/]\s?|\s))?"
_AFTER_RT = rf"(?:,?\s{_HAMLET})?"

RT_RW = re.compile(
    rf"{_BEFORE_RT}(?:{_RT}(?!\w)\s?[/,.-]?\s?{_RW}(?!\w){_HOUSE}|{_RT}\s?/\s?0{{0,3}}\d{{1,2}}(?![\w/]){_HOUSE}"
    rf"|{_RT}{_NOT_COUNTED}(?!\w){_HOUSE}|(?<![\w\[]){_RW}{_NOT_COUNTED}(?!\w){_HOUSE}){_AFTER_RT}",
    re.IGNORECASE,
)
HAMLET_AT_HOME = re.compile(
    r"(?<!\w)(?P<at>(?:alamat(?:nya)?|alamatku|tinggal|rumah(?:ku|e)?(?:\s(?:saya|kami))?|omah(?:ku|e)?|domisili|dalem)"
    rf"\s?:?\s?(?:(?:di|ning|nang|neng|teng|wonten)\s)?)(?P<hamlet>{_HAMLET}?)(?=\s?,|\s(?:desa|ds|kec|kel)\b|\s?$)",
    re.IGNORECASE | re.MULTILINE,
)
_STREET_WORDS = (
    r"jl|jln|jalan|gg|gang|dk|dukuh|dusun|dsn|perum|perumahan|perumnas|villa|griya|cluster|komplek|"
    r"kompleks|ruko"
)
STREET_NUMBER = re.compile(
    rf"(?<!\w)(?P<street>(?:{_STREET_WORDS})\.?\s(?:[^\W_][\w.'-]{{0,24}},?\s){{1,5}}?)(?P<number>{_NUMBER})(?!\w)",
    re.IGNORECASE,
)
BARE_NUMBER = re.compile(
    r"(?<!\w)(?P<street>(?:[Jj]l|[Jj]ln|[Jj]alan|JL|JALAN)\.?\s(?:[A-Z][\w.'-]{1,24}\s){1,4})"
    r"(?P<number>\d{1,3}[A-D]?)(?=\s[A-Z]|\s?[,.;\n]|\s?$)"
)
HOUSE_NUMBER = re.compile(
    rf"(?<!\w)(?P<street>(?:rumah|rumahku|omahku|rumah\s(?:saya|kami)|alamat|kontrakan|kos|kost|sebelah|depan|belakang|samping|seberang)\s)(?P<number>{_NUMBER})(?!\w)",
    re.IGNORECASE,
)
ALLEY = re.compile(
    rf"(?<!\w)(?:[Gg]ang|GANG|[Gg]g|GG)\.?\s(?:(?!(?i:rusak|sempit|buntu|desa|motor|kecil|mobil|depan|ini|itu|yang)\b)"
    rf"(?:[A-Z][\w']{{1,24}}|[IVX]{{1,4}}|\d{{1,2}})|(?i:{_ALLEY_NAMES}))(?:\s(?:[IVX]{{1,4}}|\d{{1,3}}))?(?!\w)"
    rf"(?:\s(?i:{_NUMBER})(?!\w))?"
)
BLOCK = re.compile(
    r"(?<!\w)(?P<before>(?:(?:kios|los|lapak|pasar)\s(?:[^\W_]{1,20}\s){0,2})?)"
    r"(?:[Bb]lok|BLOK|[Bb]lock)\s?[A-Za-z]{1,2}(?:\s?[-./ ]?\s?\d{1,3}(?:\s?/\s?\d{1,3})?"
    r"(?:,?\s?(?i:no)\s?[.:]?\s?\d{1,3})?|,?\s?(?i:no)\s?[.:]?\s?\d{1,3})(?!\w)"
)
_NUMBERED = re.compile(r"no(?:m[oe]r)?\s?[.:]?\s?\d")
_RT_OR_RW = re.compile(r"r\.?[tw](?![a-hj-su-z])")
_HAMLET_WORD = re.compile(r"d(?:ukuh|kh?|usun|sn)\W|k(?:ampung|p)\W|lingkungan")
JOINED = re.compile(r"\[ALAMAT\](?:,?\s?\[ALAMAT\])+")


def mask_addresses(text: str, hit: Hit, places: Collection[str] = ()) -> str:
    """Replace addresses.

    Args:
        text: any text.
        hit: called with each address that goes; returns what stands in its place.
        places: words of place names, lower case: "gang Juwana" is some alley in Juwana.
    """

    def number(match: re.Match[str]) -> str:
        return match.group("street") + hit(match.group("number"))

    def hamlet(match: re.Match[str]) -> str:
        return match.group("at") + hit(match.group("hamlet"))

    def whole(match: re.Match[str]) -> str:
        return hit(match.group())

    def alley(match: re.Match[str]) -> str:
        words = match.group().lower().split()
        return match.group() if len(words) > 1 and words[1] in places else hit(match.group())

    def block(match: re.Match[str]) -> str:
        # a stall in a market is a public place
        return match.group() if match.group("before") else hit(match.group())

    # most texts hold no address: a cheap look saves the patterns
    lower = text.lower()
    steps = (
        ("gang" in lower or "gg" in lower, ALLEY, alley),
        ("blo" in lower, BLOCK, block),
        (_NUMBERED.search(lower), STREET_NUMBER, number),
        ("jl" in lower or "jalan" in lower, BARE_NUMBER, number),
        (_NUMBERED.search(lower), HOUSE_NUMBER, number),
        (_RT_OR_RW.search(lower), RT_RW, whole),
        (_HAMLET_WORD.search(lower), HAMLET_AT_HOME, hamlet),
    )
    for likely, pattern, put in steps:
        if likely:
            text = pattern.sub(put, text)
    return JOINED.sub("[ALAMAT]", text) if "[ALAMAT]" in text else text
