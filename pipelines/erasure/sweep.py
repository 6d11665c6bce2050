"""The numbers half of the mask, as a scan: which cells hold a personal number or address.

Much of what the system keeps looks like one: platform ids have 15 to 19 digits as a NIK has 16,
a pseudonym can be read as a phone number. Columns of ids are not swept, and marks of our own
making are taken out of a text first; a scan says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from nlp.privacy import TOKENS, Masker

PAGE_COLUMN = "halaman"
RAW_COLUMN = "isi berkas mentah"
ID_COLUMNS = {RAW_COLUMN} | set(
    """doc_id external_id parent_id ticket_id run_id story_id lead_doc_id copy_of source_id original_id
    content_hash note_hash report_id alert_id doc_ids members notice address
    batch model_version version sha256 pdf_sha256 config_sha256 mark root_id earlier_id
    fingerprint words counts cursor etag table_uuid view_uuid schema_uuid data_file_id snapshot_id
    changes_made footer_size row_id sql path key_id""".split()  # noqa: SIM905
)
"""Columns of ids, digests and paths: they hold long numbers that are nobody's. A raw file that the
configuration keeps is full of numbers, as it should be: only subjects are looked for in it."""
ADDRESS_COLUMNS = frozenset({"url", "canonical_url", "aliases", "lead_url"})
"""Columns of web addresses: numbers of 15 digits and more in them are ids of platforms."""

_OURS = re.compile(
    r"(?<![^\W_])(?:u-[0-9a-f]{10}|\d-[0-9a-f]{24}|[0-9a-f]{12}-[0-9a-f]{6}"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32,64})(?![^\W_])"
)
_MOMENT = re.compile(
    r"(?<!\d)\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?(?!\d)"
)
_REAL = re.compile(r"(?<![\w.])-?(?:0|[1-9]\d{0,2})\.\d{5,17}(?:e-?\d+)?(?![\w.])")
# A row of a printed table: small numbers side by side, which are no groups of one number.
_TABLE_ROW = re.compile(r"(?<!\d)(\d{1,3}) (?=\d{1,3}(?!\d))")
_PLATFORM_ID = re.compile(r"(?<!\d)\d{15,}(?!\d)")
_MAYBE = re.compile(r"\d[^\d]{0,3}\d|@|[(\[]\s?at\s?[)\]]", re.IGNORECASE)

# In the bytes of a database cells have no borders: only what cannot be anything else counts.
_RESIDUE = (
    ("[NIK]", re.compile(rb"(?<![0-9A-Za-z.\-])(?:3[1-6]|1[1-9])\d{14}(?!\d)")),
    ("[HP]", re.compile(rb"(?<![0-9A-Za-z.\-])(?:\+62|62|0)8[1-9]\d{7,10}(?!\d)")),
    ("[EMAIL]", re.compile(rb"(?<![\w.+-])[a-z][\w.+-]{2,40}@[a-z][\w-]{2,40}(?:\.[a-z]{2,10}){1,3}")),
)


NUMBERS = frozenset(TOKENS) - {"[NAMA]", "[ALAMAT]"}
"""Tokens that a scan looks for: what can be told from other words without knowing whose it is."""


def numbers_of(masker: Masker) -> Callable[[str], dict[str, int]]:
    """A function that counts what the mask would take out of a text, names and houses left aside."""

    def numbers(text: str) -> dict[str, int]:
        return {token: n for token, n in masker.mask(text, "news").counts.items() if token in NUMBERS}

    return numbers


def swept(column: str) -> bool:
    """Whether a column may hold what a person wrote."""
    return column not in ID_COLUMNS


def sweep(column: str, text: str, numbers: Callable[[str], dict[str, int]]) -> dict[str, int]:
    """Count the personal numbers of a cell.

    Args:
        column: its name.
        text: its content.
        numbers: from `numbers_of`.

    Returns:
        Tokens such as ``[NIK]`` with their number; empty for a column of ids.
    """
    if column in ID_COLUMNS or not _MAYBE.search(text):
        return {}
    for pattern in (_OURS, _MOMENT, _REAL):
        text = pattern.sub("\n", text)
    if column == PAGE_COLUMN:
        text = _TABLE_ROW.sub(r"\1\n", text)
    if column in ADDRESS_COLUMNS or text.startswith(("http://", "https://")):
        text = _PLATFORM_ID.sub("\n", text)
    return numbers(text)


def residue(data: bytes, live: str) -> dict[str, int]:
    """Count what looks like personal numbers in a database's bytes and stands in none of its cells.

    That is what deleted and overwritten rows leave in free pages, in gaps and in the write-ahead log.

    Args:
        data: the file and its log.
        live: all its cells, each judged by its own column already.
    """
    found = {}
    for token, pattern in _RESIDUE:
        left = {value for value in pattern.findall(data) if value.decode("ascii", "replace") not in live}
        if left:
            found[token] = len(left)
    return found
