"""How a record that was not kept can be tried once more, told from its source and its key. Pure."""

from __future__ import annotations

import re
from typing import Final, Literal

from config.sources import Source

Way = Literal["address", "entry", "file", "batch"]
"""Fetch its address; read the page that lists again; read the file again; load the batch again."""

ON_WEB: Final = frozenset({"feed", "sitemap", "wordpress", "listing", "news_search", "laporgub"})
DAMAGED: Final = "damaged_batch"
_MASKED: Final = re.compile(r"\[[A-Z]+\]")


class NoWayError(ValueError):
    """It cannot be tried again one by one; the text is one Indonesian sentence that says what to do."""


def way_back(source: Source | None, reason: str, key: str) -> Way:
    """How to try a rejected record again.

    Args:
        source: its source as configured; None if it is not (any more).
        reason: why it was rejected.
        key: its address, ticket or place in a file, masked.

    Raises:
        NoWayError: there is no way.
    """
    if reason == DAMAGED:
        return "batch"
    if reason == "erased":
        raise NoWayError("Isi ini dihapus atas permintaan subjek data dan tidak diambil lagi.")
    if source is None:
        raise NoWayError(
            "Ini dari impor berkas atau sumber yang dilepas; perbaiki berkasnya, lalu `pati import` lagi."
        )
    if source.status != "active" or source.permission == "blocked":
        raise NoWayError("Sumber ini sedang tidak diambil; aktifkan dahulu di Pengaturan.")
    if _MASKED.search(key):
        raise NoWayError("Alamat ini disamarkan karena memuat data pribadi, jadi tidak dapat dibuka lagi.")
    if key.startswith(("http://", "https://")) and any(one.method in ON_WEB for one in source.discover):
        return "entry" if any(one.target == key for one in source.discover) else "address"
    if any(one.method == "folder" for one in source.discover):
        return "file"
    raise NoWayError(
        "Kanal ini tidak dapat diminta satu per satu; isinya ditanyakan lagi pada jalan berikutnya."
    )
