"""What a source should be called, and whose it is, from its address and name. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawlers.onboarding.model import OnboardingError
from crawlers.urls import clean_url

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from config import Opd, SourceKind

# The last parts of host names, which say nothing about who it is.
_SUFFIXES = frozenset({
    "com", "net", "org", "id", "co", "go", "or", "ac", "sch", "web", "my", "biz", "info", "desa",
    "localhost", "local", "test", "example", "blogspot", "wordpress",
})  # fmt: skip
_NOT_ID = re.compile(r"[^a-z0-9]+")
_GOVERNMENT = re.compile(
    r"\b(?:pemerintah|pemkab|pemprov|dinas|badan|sekretariat|kecamatan|kelurahan|desa|humas|kominfo|"
    r"diskominfo|kabupaten)\b",
    re.IGNORECASE,
)


def address_of(text: str) -> str:
    """The address a person meant: a missing ``https://`` is put in front.

    Raises:
        OnboardingError: it is no web address.
    """
    text = text.strip()
    cleaned = clean_url(text if "://" in text else f"https://{text}")
    if cleaned is None or "." not in (urlsplit(cleaned).hostname or ""):
        raise OnboardingError(f"'{text}' bukan alamat web; contoh yang benar: https://contoh.id")
    return cleaned


def id_from(url: str, taken: Collection[str] = ()) -> str:
    """Make a key for a source out of its host.

    Args:
        url: its home page.
        taken: keys in use; the suffix of the host, then a number, keeps them apart.
    """
    host = (urlsplit(url).hostname or "sumber").lower()
    labels = [_NOT_ID.sub("_", label).strip("_") for label in host.split(".") if label != "www"]
    tail = 0
    while tail < len(labels) - 1 and labels[-1 - tail] in _SUFFIXES:
        tail += 1
    stem = _lettered("_".join(labels[: len(labels) - tail]))
    choices = [stem, _lettered("_".join(labels))] + [f"{stem}_{n}" for n in range(2, 100)]
    return next(choice for choice in choices if choice not in taken)


def kind_from(host: str, name: str) -> SourceKind:
    """Say whether a site is the press or an office: by its domain, else by its name."""
    if re.search(r"(?:^|\.)(?:go|desa)\.id$", host.lower()) or _GOVERNMENT.search(name):
        return "government"
    return "news"


def office_from(host: str, name: str, offices: Sequence[Opd]) -> str | None:
    """Find the office that runs a government site, by its name or the first part of its host.

    Args:
        host: host name.
        name: the site's name.
        offices: all offices.

    Returns:
        An id, or None when the name fits no office or several equally well.
    """
    first = host.lower().split(".")[0]
    by_host = [office.id for office in offices if office.id == first]
    if by_host:
        return by_host[0]
    fits = {
        office.id: max((len(n) for n in office.names if _names(n, name)), default=0) for office in offices
    }
    best = max(fits.values(), default=0)
    winners = [office_id for office_id, length in fits.items() if length == best]
    return winners[0] if best and len(winners) == 1 else None


def _names(office: str, site: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(office)}(?!\w)", site, re.IGNORECASE))


def _lettered(text: str) -> str:
    return text if text[:1].isalpha() else f"s_{text}"
