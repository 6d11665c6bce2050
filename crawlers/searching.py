"""Whose article a news search has found, and whether it may be fetched and kept. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.discovery import may_keep, owner_of
from crawlers.urls import site_of
from crawlers.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config import Source


class Search:
    """The rules of one source that finds articles of others by a news search.

    Args:
        source: a source with a `news_search` entry.
        sources: all configured sources, whatever their status.
    """

    def __init__(self, source: Source, sources: Sequence[Source]) -> None:
        self._source, self._sources = source, sources
        self._entries = [entry for entry in source.discover if entry.news_search]

    def refusal(self, url: str) -> Verdict | None:
        """Say why what lies at an address is not taken; None when it may be.

        Args:
            url: where the redirects ended, or, before anything is fetched, the outlet's address.
        """
        if any(
            may_keep(url, str(entry.news_search), self._sources, any_host=entry.any_host)
            for entry in self._entries
        ):
            return None
        if any(site_of(url) == site_of(str(entry.news_search)) for entry in self._entries):
            return Verdict("no_way_out", "Tautan mesin pencari tidak berujung di situs medianya.", "retry")
        owner = owner_of(url, self._sources)
        if owner is not None:
            return Verdict(
                "outlet_blocked", f"Sumber '{owner.id}' ditandai blocked; tulisannya tidak diambil."
            )
        detail = f"Media {site_of(url)} belum terdaftar sebagai sumber; `pati sources add` menambahkannya."
        return Verdict("unknown_outlet", detail)

    def owner(self, url: str) -> Source:
        """Return the configured source that an article belongs to, else the search itself."""
        return owner_of(url, self._sources) or self._source


def searches(sources: Sequence[Source], known: Sequence[Source]) -> dict[str, Search]:
    """Return the search rules of those sources that have any, by source id."""
    return {s.id: Search(s, known) for s in sources if any(entry.news_search for entry in s.discover)}
