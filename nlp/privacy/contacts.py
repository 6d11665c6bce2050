"""E-mail addresses, account names, number plates, house addresses and coordinates.

Every pattern starts where a run of its characters starts (a look-behind), so that no text can
make the search quadratic.
"""

from __future__ import annotations

import re

EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
EMAIL_SPELT = re.compile(
    r"(?<![\w.+-])[\w.+-]{2,64}\s?[(\[]\s?at\s?[)\]]\s?[\w-]{2,64}(?:\.|\s?[(\[]\s?dot\s?[)\]]\s?)[a-z]{2,10}",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w@./\]-])@[A-Za-z0-9_][\w.]{1,29}(?<!\.)")
PROFILE = re.compile(
    r"(?<![\w-])(?:facebook|fb|instagram|tiktok|twitter|x|threads|t)\.(?:com|net|me)/"
    r"(?P<who>profile\.php\?id=\d+|@?[\w.]{2,50})",
    re.IGNORECASE,
)
# First path parts of social sites that are not somebody's account.
NOT_ACCOUNTS = frozenset(
    """watch reel reels p groups group share sharer photo photos photo.php permalink.php story.php events
    pages hashtag explore search i intent home login video videos tv stories v tag discover live
    media posts s""".split()  # noqa: SIM905
)

_PLATE_AREAS = "K|H|AA|AB|AD|AE|AG|B|BE|BG|BK|BL|D|DA|DK|E|F|G|KB|KT|L|M|N|P|R|S|T|W|Z"
# The local letter with three or four figures is a plate by itself; fewer figures, other areas
# with one letter at the end, and lower case need a word that announces a plate.
PLATE = re.compile(
    rf"(?<![\w-])(?:K[ .-]?\d{{3,4}}[ .-]?[A-Z]{{1,3}}|"
    rf"(?:{_PLATE_AREAS})[ .-]?\d{{4}}[ .-]?[A-Z]{{2,3}})(?![\w-])"
)
PLATE_ANNOUNCED = re.compile(
    r"(?<!\w)(?P<cue>(?:plat|pelat|nopol|no\.?\s?pol|nomor\s+polisi|nomor\s+kendaraan|plat\s+nomor|"
    r"motor|mobil|truk|truck|bus|vario|beat|supra|avanza|pickup|pick\s?up)\s*(?:nomor|no\.?|nya|bernopol)?\s*:?\s*)"
    rf"(?P<plate>(?:{_PLATE_AREAS})[ .-]?\d{{1,4}}[ .-]?[A-Z]{{1,3}})(?![\w-])",
    re.IGNORECASE,
)
# Units after a figure that make "K 500 rb" money, not a plate.
PLATE_NOT = re.compile(
    r"(?:rb|jt|km|kg|kk|rt|rw|ha|cm|mm|th|thn|bln|jam|org|kva|wat|gb|mb|m)$", re.IGNORECASE
)

_RT = r"(?<![\w\[])R\.?T\.?\s{0,2}[.:]?\s?0{0,3}\d{1,2}"
_RW = r"R\.?W\.?\s{0,2}[.:]?\s?0{0,3}\d{1,2}"
_NUMBER = r"(?:no|nomor|nomer)\.?\s?\d{1,4}\s?[A-Za-z]?(?:\s?[/-]\s?\d{1,3})?"
_HOUSE = rf"(?:,?\s?{_NUMBER}(?!\w))?"
RT_RW = re.compile(
    rf"{_RT}\s?[/,.-]?\s?{_RW}(?!\w){_HOUSE}|{_RT}\s?/\s?0{{0,3}}\d{{1,2}}(?![\w/]){_HOUSE}"
    rf"|{_RT}(?!\w){_HOUSE}|(?<![\w\[]){_RW}(?!\w){_HOUSE}",
    re.IGNORECASE,
)
STREET_NUMBER = re.compile(
    r"(?<!\w)(?P<street>(?:jl|jln|jalan|gg|gang|dk|dukuh|dusun|dsn)\.?\s(?:[^\W_][\w.'-]{0,24},?\s){1,5}?)"
    rf"(?P<number>{_NUMBER})(?!\w)",
    re.IGNORECASE,
)
HOUSE_NUMBER = re.compile(
    rf"(?<!\w)(?P<street>(?:rumah|rumahku|rumah\s+saya|alamat|kontrakan|kos)\s)(?P<number>{_NUMBER})(?!\w)",
    re.IGNORECASE,
)
ALLEY = re.compile(
    r"(?<!\w)(?:[Gg]ang|GANG|[Gg]g|GG)\.?\s(?!(?i:rusak|sempit|buntu|desa|motor|kecil|mobil|depan)\b)"
    r"(?:[A-Z][\w']{1,24}|[IVX]{1,4}|\d{1,2})(?:\s(?:[IVX]{1,4}|\d{1,3}))?(?!\w)"
)
BLOCK = re.compile(
    r"(?<!\w)(?P<before>(?:(?:kios|los|lapak|pasar)\s(?:[^\W_]{1,20}\s){0,2})?)"
    r"(?:[Bb]lok|BLOK|[Bb]lock)\s?[A-Za-z]{1,2}\s?[-./ ]?\s?\d{1,3}(?:\s?(?:[Nn]o|NO)\.?\s?\d{1,3})?(?!\w)"
)
COORDINATES = re.compile(
    r"(?<![\d.])(?P<lat>-?[0-9]{1,2}\.\d{4,15})(?P<mid>\s?[,;]\s?)(?P<lon>1[0-4]\d\.\d{4,15})(?![\d.])"
)
