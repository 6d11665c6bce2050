"""How long what is kept: full texts by kind and source, old versions of the lake, backups."""

from datetime import datetime, timedelta
from typing import Literal

from pydantic import Field

from config.base import Strict

DocumentKind = Literal["news", "video", "comment", "social", "complaint"]


class Texts(Strict):
    """How long the full words of a text are kept after it was last fetched.

    Attributes:
        days: unless a kind or a source says otherwise; None: without limit.
        excerpt: characters that stay; never none, for whether there was a text is counted.
        kinds: days by kind of document.
        sources: days by id of a source; stands above the kind.
    """

    days: int | None = Field(default=30, ge=1)
    excerpt: int = Field(default=300, ge=1, le=2_000)
    kinds: dict[DocumentKind, int | None] = Field(default_factory=dict)
    sources: dict[str, int | None] = Field(default_factory=dict)

    def days_of(self, kind: str, source_id: str) -> int | None:
        """Days for one document; None: without limit."""
        if source_id in self.sources:
            return self.sources[source_id]
        return next((days for name, days in self.kinds.items() if name == kind), self.days)

    def over(self, kind: str, source_id: str, fetched_at: datetime, now: datetime) -> bool:
        """Whether the time of a document's full words is over at `now`."""
        days = self.days_of(kind, source_id)
        return days is not None and fetched_at + timedelta(days=days) <= now

    def shortest(self) -> int | None:
        """The least number of days that any document has; None: nothing ever ends."""
        every = [self.days, *self.kinds.values(), *self.sources.values()]
        return min((days for days in every if days is not None), default=None)


class Snapshots(Strict):
    """How long earlier versions of the lake can be read.

    Attributes:
        days: any version.
        report_days: versions that a registered report was made from.
    """

    days: int = Field(default=14, ge=0)
    report_days: int = Field(default=400, ge=0)


class Backups(Strict):
    """Backups in one folder; `keep` newest stay."""

    keep: int = Field(default=14, ge=1)


class Retention(Strict):
    """``retention.yaml``.

    Attributes:
        texts: full words.
        snapshots: earlier versions of the lake.
        grace_minutes: files that no version needs any more stay that long for readers at work.
        backups: how many there are.
    """

    texts: Texts = Texts()
    snapshots: Snapshots = Snapshots()
    grace_minutes: int = Field(default=60, ge=0)
    backups: Backups = Backups()
