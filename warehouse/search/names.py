"""From what people call a topic, an office, a place to its code."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from warehouse.search.errors import QueryError

_FIXED = {
    "kind": {
        "news": ["news", "berita"], "video": ["video"], "comment": ["comment", "komentar"],
        "social": ["social", "media sosial", "medsos"], "complaint": ["complaint", "aduan"],
    },
    "sentiment": {"negatif": ["negatif"], "netral": ["netral"], "positif": ["positif"]},
}  # fmt: skip
_CALLED = {
    "topic": "Topik", "opd": "OPD", "kecamatan": "Kecamatan", "source": "Sumber", "kind": "Jenis",
    "sentiment": "Nada",
}  # fmt: skip


def code(field: str, text: str, names: Mapping[str, Mapping[str, list[str]]]) -> str:
    """The code of a value of a filter.

    Args:
        field: as in the index.
        text: code or name, in any case; a name may be cut where no other begins like it.
        names: names of the lake: field to code to names.

    Raises:
        QueryError: it is not known, or more than one could be meant.
    """
    known = {
        _plain(name): key
        for key, called in (_FIXED.get(field) or names.get(field, {})).items()
        for name in called
    }
    wanted = _plain(text)
    if wanted in known:
        return known[wanted]
    begun = {key for name, key in known.items() if wanted and name.startswith(wanted)}
    if len(begun) == 1:
        return begun.pop()
    near = get_close_matches(wanted, known, n=3) or sorted(begun)[:3]
    hint = f"; mungkin maksud Anda {', '.join(near)}" if near else ""
    raise QueryError(f"{_CALLED[field]} '{text[:60]}' tidak dikenal{hint}.")


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("_", " ").replace("-", " ").split())
