"""Which sites belong to a source. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawlers.urls import site_of

if TYPE_CHECKING:
    from config import Source

# a news search is read at the search engine, which is nobody's own site
_OWN_METHODS = ("feed", "sitemap", "wordpress", "listing", "laporgub")


def sites_of(source: Source) -> set[str]:
    """Name the sites of a source: its home page's and those it is read from."""
    addresses = [source.url, *(d.target for d in source.discover if d.method in _OWN_METHODS)]
    return {site_of(address) for address in addresses if address} - {""}


def on_own_site(source: Source, url: str) -> bool:
    """Say whether an address lies on one of the source's own sites, or above or below one.

    An article elsewhere may be a partner's, or a clone of the outlet; it never stands for the
    outlet's own.
    """
    site = site_of(url)
    return any(f".{site}".endswith(f".{own}") or f".{own}".endswith(f".{site}") for own in sites_of(source))
