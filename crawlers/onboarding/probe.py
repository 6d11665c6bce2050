"""Looking at a site: which ways lead to its articles, and what its pages give."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from protego import Protego

from crawlers.net.robots import MOST_BYTES
from crawlers.onboarding import family as families
from crawlers.onboarding.identify import address_of
from crawlers.onboarding.judge import coverage
from crawlers.onboarding.lists import is_front
from crawlers.onboarding.model import OnboardingError, Robots, SiteReport
from crawlers.onboarding.propose import Findings, choose, propose
from crawlers.onboarding.sampling import take_samples
from crawlers.onboarding.ways import Named, find_ways
from crawlers.urls import clean_url, site_of
from crawlers.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawlers.onboarding.desk import Desk
    from crawlers.onboarding.fetch import Answer
    from crawlers.onboarding.front import Front
    from crawlers.onboarding.sampling import Kept

_UNREACHED = {
    "no_host", "timeout", "refused", "fetch_failed", "too_large", "redirect_loop", "bad_certificate",
    "host_rests", "host_cap",
}  # fmt: skip
WHY_NOT = {
    "robots": "Situs melarang perayap kita lewat robots.txt, jadi tidak diambil.",
    "blocked": "Situs menolak permintaan kita{status}; mintalah izin atau umpan RSS kepada pengelolanya, "
    "jangan mencari jalan memutar.",
    "challenge": "Situs dijaga pemeriksaan bot sehingga tidak dapat dibaca; mintalah umpan RSS kepada "
    "pengelolanya.",
    "no_host": "Nama situs tidak ditemukan; periksa ejaan alamatnya.",
    "timeout": "Situs tidak menjawab sampai batas waktu; coba lagi nanti.",
    "refused": "{detail}",
    "bad_certificate": "{detail}",
    "robots_unreadable": "robots.txt situs ini sedang tidak terbaca, jadi belum jelas apakah boleh; coba "
    "lagi nanti.",
    "host_rests": "Situs meminta jeda yang panjang; coba lagi nanti.",
    "fetch_failed": "Situs tidak dapat dihubungi; mungkin sedang mati, coba lagi nanti. ({detail})",
    "gone": "Halaman ini tidak ada{status}; periksa alamatnya.",
    "unreadable": "Halaman muka tidak dapat dibaca dalam batas waktu dan memori.",
    "other": "Alamat ini bukan halaman web (HTML), umpan, atau peta situs.",
}
"""What to tell a person when the address itself cannot be read, by reason."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a site brings home.

    Attributes:
        report: what was found out.
        kept: pages for the source's regression fixture.
    """

    report: SiteReport
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look at.

    Attributes:
        address: what a person gave: a front page, a section, a feed or a sitemap.
        taken: ids of sources in use.
        known: ways in that stand in the source's entry already, by method.
    """

    address: str
    taken: frozenset[str] = frozenset()
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)


async def look_at(desk: Desk, wish: Wish, most_samples: int) -> Look:
    """Look at a site.

    Args:
        desk: the tools.
        wish: what to look at.
        most_samples: how many article pages to read.

    Raises:
        OnboardingError: the address cannot be read at all.
    """
    asked = address_of(wish.address)
    desk.tell("Membaca robots.txt dan halaman muka", None)
    robots = await _robots(desk, asked)
    answer = await _page(desk, asked)
    if site_of(answer.url) != site_of(asked):
        desk.note("alamat", asked, f"dialihkan ke {answer.url}", works=True)
        robots = await _robots(desk, answer.url)
    given = await desk.front(answer)
    home, front = await _home(desk, answer, given)
    desk.tell("Mencari umpan, peta situs, dan daftar", None)
    chosen = {method: list(urls) for method, urls in wish.known.items()}
    kind = "listing" if given.kind == "html" else given.kind
    chosen.setdefault(kind, []).insert(0, answer.url)
    named = Named(front.feeds, robots.sitemaps, chosen)
    ways = await find_ways(desk, home, front, named)
    samples, kept = await take_samples(desk, ways.newest(choose(ways.endpoints)), most_samples)
    ways.learn(samples, desk.now)
    wordpress = any(one.method == "wordpress" for one in ways.endpoints)
    family = families.by_id("wordpress" if wordpress else front.family)
    found = Findings(_site_url(home, answer), front.name, robots, ways.endpoints, coverage(samples))
    report = SiteReport(
        asked=asked,
        family=family.id,
        family_name=family.name,
        robots=robots,
        tried=tuple(desk.tried),
        samples=samples,
        coverage=found.coverage,
        proposal=propose(found, desk.ctx.config.opd, wish.taken),
        requests=desk.fetcher.spent,
        checked_at=desk.now.astimezone(UTC),
    )
    return Look(report, kept)


async def _robots(desk: Desk, url: str) -> Robots:
    address = urljoin(url, "/robots.txt")
    answer = await desk.fetcher.get(address, robots_txt=True)
    if isinstance(answer, Verdict):
        if answer.reason in _UNREACHED:
            raise OnboardingError(_why(answer))
        absent = not answer.strike or answer.reason == "blocked"  # 4xx: RFC 9309, 2.3.1.3
        desk.note("robots.txt", address, "tidak ada; semuanya boleh" if absent else answer.detail)
        return Robots("tidak ada" if absent else "tidak terbaca")
    crawl = desk.ctx.config.crawl
    rules = Protego.parse(answer.body[:MOST_BYTES].decode("utf-8", "replace"))
    delay = rules.crawl_delay(crawl.user_agent)
    if crawl.obey_robots and not rules.can_fetch(url, crawl.user_agent):
        raise OnboardingError(WHY_NOT["robots"])
    named = (clean_url(one, url) for one in rules.sitemaps)
    desk.note("robots.txt", address, f"ada; minta jeda {delay:g} detik" if delay else "ada", works=True)
    return Robots("ada", delay, tuple(one for one in named if one))


async def _page(desk: Desk, url: str) -> Answer:
    answer = await desk.fetcher.get(url)
    if isinstance(answer, Verdict):
        raise OnboardingError(_why(answer))
    return answer


async def _home(desk: Desk, answer: Answer, front: Front) -> tuple[Answer, Front]:
    """The page whose head speaks for the site: what was asked for, or the root of a feed's site."""
    if front.kind in {"feed", "sitemap"}:
        answer = await _page(desk, urljoin(answer.url, "/"))
        front = await desk.front(answer)
    if front.kind != "html":
        raise OnboardingError(WHY_NOT.get(front.kind, WHY_NOT["other"]))
    return answer, front


def _site_url(home: Answer, answer: Answer) -> str:
    """The address to write down: a section stays one, a front page loses what it redirects to."""
    parts = urlsplit(home.url)
    root = f"{parts.scheme}://{parts.netloc}"
    return root if home is not answer or is_front(home.url) else home.url.rstrip("/")


def _why(verdict: Verdict) -> str:
    words = WHY_NOT.get(verdict.reason, "Situs tidak dapat dibaca. {detail}")
    status = verdict.detail.partition("(HTTP ")[2].partition(")")[0]
    return words.format(status=f" (HTTP {status})" if status else "", detail=verdict.detail)
