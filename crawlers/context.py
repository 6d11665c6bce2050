"""What a crawl is given, and what it says about each source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from config import Config
    from crawlers.items import Document


def identity(key: str) -> str:
    """Mask nothing; the default of `CrawlContext.mask_key`."""
    return key


@dataclass(frozen=True, slots=True)
class Period:
    """A range of time to fill in afterwards.

    Attributes:
        since: first moment wanted (aware).
        until: first moment no longer wanted (aware).
    """

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.since >= self.until:
            raise ValueError("a period ends after it begins")

    def __str__(self) -> str:
        return f"{self.since:%Y%m%dT%H%MZ}-{self.until:%Y%m%dT%H%MZ}"


@dataclass(frozen=True)
class SourceReport:
    """How one source fared; sent while the crawl goes on and once at its end.

    Always ``n_in == n_stored + n_duplicate + n_rejected``.

    Attributes:
        source_id: key of the source.
        n_in: records that were looked at and settled.
        n_stored: documents on disk in the landing zone.
        n_duplicate: addresses or documents that were known before.
        n_rejected: records not kept, each with a `Rejection` on disk.
        reasons: how many rejections have which reason.
        reachable: whether anything answered; a source with no requests counts as reachable.
        last_error: the last trouble in one Indonesian sentence, without personal data.
        started_at: aware, UTC.
        finished_at: aware, UTC; None while the source is being crawled.
        done: whether this is the last report of the source.
        latest_published: newest time of publication among the stored documents.
        n_deferred: addresses put off to the next run (cap reached, host resting); they are
            remembered in the state and are not part of `n_in`.
        n_not_due: entry points that were left alone because their time has not come.
        tried: whether anything was asked of it at all.
    """

    source_id: str
    n_in: int = 0
    n_stored: int = 0
    n_duplicate: int = 0
    n_rejected: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    reachable: bool = True
    last_error: str | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    done: bool = False
    latest_published: datetime | None = None
    n_deferred: int = 0
    n_not_due: int = 0
    tried: bool = True


@dataclass(frozen=True)
class CrawlContext:
    """Everything a crawl needs from outside.

    Attributes:
        config: the configuration.
        landing: the landing zone's folder.
        state: the crawl state's file.
        run_id: name of this run's folder in the landing zone.
        now: the clock.
        scrub: masks personal data; applied before anything touches disk or log. Returns None for a
            document that was erased and must not come back.
        is_relevant: whether a document of a `general` source is about Pati.
        on_progress: told about each source from time to time and at its end.
        secrets: environment variables with keys.
        inbox: folder in which folder sources lie.
        mask_key: masks personal data in addresses and file names for rejections and logs.
        due_only: leave alone what was read a short while ago; see `crawlers.rhythm`.
        period: fill in this range of time instead of reading what is new.
    """

    config: Config
    landing: Path
    state: Path
    run_id: str
    now: Callable[[], datetime]
    scrub: Callable[[Document], Document | None]
    is_relevant: Callable[[Document], bool]
    on_progress: Callable[[SourceReport], None]
    secrets: Mapping[str, str]
    inbox: Path
    mask_key: Callable[[str], str] = identity
    due_only: bool = False
    period: Period | None = None
