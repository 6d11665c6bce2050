"""A site nobody has configured yet: look at it, write it down, keep pages to test it by."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from config import Config, Source
from config.edit import entry_text, put_source
from crawlers.onboarding import OnboardingError, SiteReport
from crawlers.onboarding.identify import address_of
from crawlers.onboarding.judge import readiness
from crawlers.onboarding.propose import PROBED, entry
from crawlers.urls import site_of
from pipelines.child_process import ChildError, child
from pipelines.progress import Progress
from pipelines.settings import Settings

if TYPE_CHECKING:
    from crawlers.onboarding.fixtures import Difference

_DRAFT = ".baru"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person decides about a source.

    Attributes:
        id: its key, or None for the one proposed.
        name: its name, or None for the one proposed.
        active: collect from it at once.
        replace: it takes the place of the entry for the same site.
    """

    id: str | None = None
    name: str | None = None
    active: bool = False
    replace: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a source that was added.

    Attributes:
        source_id: its key.
        path: the file it was written to.
        yaml: its entry.
        pages: how many pages its regression fixture holds.
    """

    source_id: str
    path: Path
    yaml: str
    pages: int


def fixture_folder(settings: Settings, source_id: str) -> Path:
    """Where a source's regression fixture is."""
    return settings.home / "fixtures" / source_id


def fixtures(settings: Settings) -> list[str]:
    """Ids of the sources that have a regression fixture."""
    folder = settings.home / "fixtures"
    found = folder.iterdir() if folder.is_dir() else iter(())
    return sorted(path.name for path in found if path.is_dir() and not path.name.startswith("."))


def address_in(config: Config, text: str) -> str:
    """The address a person means: a source's own when the text is its id."""
    return next((source.url for source in config.sources if source.id == text and source.url), text)


def look(settings: Settings, address: str, progress: Progress, *, keep: bool = False) -> SiteReport:
    """Look at a site in a process of its own.

    Args:
        settings: where everything is.
        address: web address, or the id of a source.
        progress: who is told how far it is.
        keep: keep pages for `add`.

    Raises:
        OnboardingError: the site cannot be looked at.
    """
    url = address_of(address_in(settings.config, address))
    known = same_site(settings.config, url)
    order = {
        "address": url,
        "taken": [source.id for source in settings.config.sources],
        "known": _ways_in(known) if known else {},
        "keep": str(fixture_folder(settings, _DRAFT)) if keep else None,
    }
    found: SiteReport | None = None
    try:
        with child(settings, "pipelines.site_process", order, "sources.stderr.log") as lines:
            for line in lines:
                found = _told(json.loads(line), progress) or found
    except ChildError as error:
        raise OnboardingError(
            f"Pemeriksaan berhenti dengan kode {error.code}; rinciannya di {error.log}."
        ) from error
    if found is None:
        raise OnboardingError("Pemeriksaan berhenti tanpa hasil; coba lagi.")
    return found


def same_site(config: Config, url: str) -> Source | None:
    """The source that is the same site already, if one is."""
    return next((s for s in config.sources if s.url and site_of(s.url) == site_of(url)), None)


def refuse_known(config: Config, address: str, wish: Wish) -> Source | None:
    """Refuse a source that is there already, unless it is to be replaced.

    Args:
        config: the configuration in force.
        address: web address, or the id of a source.
        wish: what a person decided.

    Returns:
        The entry that will be replaced, or None.

    Raises:
        OnboardingError: the site or the id is in the file already, or the id is no id.
    """
    if wish.id and not re.fullmatch(r"[a-z][a-z0-9_]*", wish.id):
        raise OnboardingError(f"Id '{wish.id}' tidak sah; pakai huruf kecil, angka, dan garis bawah.")
    url = address_of(address_in(config, address))
    known = same_site(config, url)
    if known is not None and not wish.replace:
        raise OnboardingError(
            f"Situs {site_of(url)} sudah ada di sources.yaml sebagai '{known.id}' (status {known.status}); "
            "pakai --replace untuk memperbarui entrinya."
        )
    taken = {source.id for source in config.sources} - ({known.id} if known else set())
    if wish.id in taken:
        raise OnboardingError(f"Id '{wish.id}' sudah dipakai sumber lain; pilih --id yang lain.")
    return known


def proposal_yaml(settings: Settings, report: SiteReport, *, active: bool) -> str:
    """The entry to paste into ``sources.yaml``."""
    known = same_site(settings.config, report.proposal.url)
    return entry_text(entry(report, active=active, known=known), 2)


@contextmanager
def adding(settings: Settings) -> Iterator[None]:
    """Keep two people from adding sources at the same moment.

    Raises:
        OnboardingError: somebody else is at it.
    """
    settings.home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.home / "sources.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise OnboardingError("Penambahan sumber lain sedang berjalan; tunggu sampai selesai.") from None
    try:
        yield
    finally:
        lock.release()
        shutil.rmtree(fixture_folder(settings, _DRAFT), ignore_errors=True)


def add(settings: Settings, report: SiteReport, wish: Wish) -> Added:
    """Write a source into ``sources.yaml`` and keep its pages.

    Args:
        settings: where everything is.
        report: what `look` found, with pages kept.
        wish: what a person decided.

    Raises:
        OnboardingError: it is there already, or nothing of it can be read.
        ConfigError: the entry does not fit the configuration; nothing was changed.
    """
    if readiness(report) == "belum":
        raise OnboardingError(
            f"{report.proposal.url} belum dapat ditambahkan: tidak ada tulisan yang dapat dibaca."
        )
    known = refuse_known(settings.config, report.proposal.url, wish)
    values = entry(report, active=wish.active, source_id=wish.id, name=wish.name, known=known)
    source_id = str(values["id"])
    folder = settings.config_dir or settings.home / "config"
    path = put_source(folder, values, replaces=known.id if known else None)
    pages = 0
    draft, kept = fixture_folder(settings, _DRAFT), fixture_folder(settings, source_id)
    if draft.is_dir():
        pages = len(list(draft.glob("*.html.gz")))
        shutil.rmtree(kept, ignore_errors=True)
        draft.rename(kept)
    return Added(source_id, path, entry_text(values, 2), pages)


def recheck(
    settings: Settings, source_ids: Sequence[str], *, accept: bool
) -> dict[str, tuple[int, list[Difference]]]:
    """Read the kept pages of sources again; see `crawlers.onboarding.fixtures.compare`."""
    from crawlers.onboarding.fixtures import compare

    found = compare([fixture_folder(settings, one) for one in source_ids], accept=accept)
    return dict(zip(source_ids, found, strict=True))


def _ways_in(source: Source) -> dict[str, list[str]]:
    """The ways in of a source's entry that a look at its site can try, by method."""
    ways: dict[str, list[str]] = {}
    for one in source.discover:
        if one.method in PROBED:
            ways.setdefault(one.method, []).append(one.target)
    return ways


def _told(line: dict[str, object], progress: Progress) -> SiteReport | None:
    if "error" in line:
        raise OnboardingError(str(line["error"]))
    if "report" in line:
        return TypeAdapter(SiteReport).validate_python(line["report"])
    if "step" in line:
        total = line["total"]
        progress.begin(str(line["step"]), total if isinstance(total, int) else None)
    else:
        progress.advance()
    return None
