"""From what works on a site to the entry for ``sources.yaml``. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from crawlers.onboarding import identify
from crawlers.onboarding.judge import missing, scope_of
from crawlers.onboarding.model import Proposal
from crawlers.onboarding.pace import rounded

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from config import Opd, Source, SourceKind, SourceStatus
    from crawlers.onboarding.model import Coverage, Endpoint, Robots, SiteReport

_ZONE = "Asia/Jakarta"
_HERE = ZoneInfo(_ZONE)
PROBED = ("feed", "wordpress", "sitemap", "listing")
"""Ways in that a look at a site can try."""
_LOOKED = "Diperiksa otomatis"
_ORDER = ("id", "name", "kind", "url", "scope", "discover", "permission", "status", "timezone",
          "expected_per_week", "opd", "clone_of", "note")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Findings:
    """What the probe hands over.

    Attributes:
        url: home page, after redirects.
        name: the site's name.
        robots: what robots.txt says.
        endpoints: ways in that work, one of each method at most, unordered.
        coverage: what the sample gave.
    """

    url: str
    name: str
    robots: Robots
    endpoints: Sequence[Endpoint]
    coverage: Coverage


def propose(found: Findings, offices: Sequence[Opd], taken: Collection[str]) -> Proposal:
    """Put a proposal together.

    Args:
        found: what the probe found.
        offices: the register of offices.
        taken: ids of sources in use.
    """
    host = (urlsplit(found.url).hostname or "").lower()
    name = found.name or host
    kind = identify.kind_from(host, name)
    office = identify.office_from(host, name, offices) if kind == "government" else None
    scope, sure = scope_of(found.coverage, local_by_nature=office is not None)
    chosen = choose(found.endpoints)
    said = list(missing(found.coverage, found.robots, chosen))
    if kind == "government" and office is None:
        said.append("OPD pengelola belum diketahui; isi 'opd' bila situs ini milik satu OPD.")
    if not sure:
        said.append("Lingkup belum pasti; dipasang 'general' supaya tiap tulisan diperiksa.")
    share = 1.0
    if scope == "general" and found.coverage.body:
        share = found.coverage.about / found.coverage.body
    rate = pace(chosen)
    return Proposal(
        id=identify.id_from(found.url, taken),
        name=name,
        kind=kind,
        url=found.url,
        scope=scope,
        scope_sure=sure,
        endpoints=chosen,
        permission="rss_public" if chosen and chosen[0].method == "feed" else "robots_ok",
        opd=office,
        per_week=rounded(rate * share if rate is not None else None),
        missing=tuple(said),
    )


def choose(endpoints: Sequence[Endpoint]) -> tuple[Endpoint, ...]:
    """Choose the ways in that are worth a request every time.

    A feed is cheapest (it can be asked for changes only); one more way goes back further, so
    that nothing is missed when the feed has rolled over: what a person named, else the
    WordPress API, else a sitemap, else a listing.
    """
    by_method = {one.method: one for one in endpoints}
    feed = by_method.get("feed")
    deepest = [by_method[m] for m in ("wordpress", "sitemap", "listing") if m in by_method]
    deep = next((one for one in deepest if one.chosen), deepest[0] if deepest else None)
    if deep is not None and deep.method == "sitemap" and not deep.deeper and "listing" in by_method:
        # a news sitemap covers two days: the listing is what reaches back
        return tuple(one for one in (feed or deep, by_method["listing"]) if one is not None)
    return tuple(one for one in (feed, deep) if one is not None)


def pace(chosen: Sequence[Endpoint]) -> float | None:
    """Items in a week, by the chosen way in that looks back furthest."""
    rates = [(one.oldest, one.per_week) for one in chosen if one.oldest and one.per_week is not None]
    return min(rates)[1] if rates else None


def entry(
    report: SiteReport,
    *,
    active: bool,
    source_id: str | None = None,
    name: str | None = None,
    known: Source | None = None,
) -> dict[str, Any]:
    """Build the entry for ``sources.yaml``.

    Args:
        report: what was found out.
        active: collect from it; otherwise `investigating`.
        source_id: a person's choice of key.
        name: a person's choice of name.
        known: the entry it takes the place of; what a person decided there stays.

    Returns:
        Keys and values in the order in which the file has them.
    """
    found = report.proposal
    kind: SourceKind = known.kind if known else found.kind
    status: SourceStatus = "active" if active else "investigating"
    values: dict[str, Any] = {
        "id": source_id or (known.id if known else found.id),
        "name": name or (known.name if known else found.name),
        "kind": kind,
        "url": found.url,
        "scope": known.scope if known and not found.scope_sure else found.scope,
        "discover": [*map(_discover, found.endpoints), *_kept(known)],
        "permission": known.permission if known else found.permission,
        "status": status,
        "timezone": known.timezone if known and known.timezone != _ZONE else None,
        "expected_per_week": found.per_week or (known.expected_per_week if known else None),
        "clone_of": known.clone_of if known else None,
        "opd": (known.opd if known else None) or (found.opd if kind == "government" else None),
        "note": note(report, known.note if known else ""),
    }
    return {key: values[key] for key in _ORDER if values[key] is not None}


def note(report: SiteReport, before: str = "") -> str:
    """One line for the next person: when it was looked at, what it is, what is missing.

    Args:
        report: what was found out.
        before: what stood there; what a person wrote stays, an earlier look is replaced.
    """
    found = report.coverage
    day = report.checked_at.astimezone(_HERE).strftime("%d-%m-%Y")
    said = f"{_LOOKED} {day}: {report.family_name}; {found.body} dari {found.n} contoh terbaca."
    return " ".join(filter(None, [before.partition(_LOOKED)[0].strip(), said, *report.proposal.missing]))


def _kept(known: Source | None) -> list[dict[str, Any]]:
    """Ways in that a look at a web site cannot find: channels, folders, searches."""
    others = (one for one in (known.discover if known else ()) if one.method not in PROBED)
    return [one.model_dump(exclude_none=True, mode="json") for one in others]


def _discover(one: Endpoint) -> dict[str, str]:
    values: dict[str, str] = {one.method: one.url}
    if one.link_pattern:
        values["link_pattern"] = one.link_pattern
    return values
