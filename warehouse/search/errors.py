"""What can go wrong with the search index, in words a person can act on."""

from __future__ import annotations

from warehouse.errors import LakeError

REBUILD = "`pati search --rebuild` membuatnya dari gudang data."


class SearchIndexError(LakeError):
    """Base: the index cannot be used; everything else can."""


class IndexMissingError(SearchIndexError):
    """There is no index yet."""

    def __init__(self) -> None:
        super().__init__(f"Indeks pencarian belum ada; {REBUILD}")


class IndexDamagedError(SearchIndexError):
    """There is one, but it cannot be read."""

    def __init__(self, cause: object) -> None:
        first = (str(cause).splitlines() or ["tidak terbaca"])[0]
        super().__init__(f"Indeks pencarian rusak ({first[:200]}); {REBUILD}")


class IndexOutdatedError(SearchIndexError):
    """Another version of the program, or other word lists, made it."""

    def __init__(self) -> None:
        super().__init__(f"Indeks pencarian dibuat dengan aturan kata yang lain; {REBUILD}")


class IndexBusyError(SearchIndexError):
    """Somebody else is writing it."""

    def __init__(self) -> None:
        super().__init__("Indeks pencarian sedang ditulis proses lain; tunggu sampai selesai lalu ulangi.")


class QueryError(ValueError):
    """A question that cannot be understood; the text is one Indonesian sentence."""
