"""How soon a feed is read again. Pure.

A feed is a window of its newest entries: read too seldom, entries fall out unseen; read too
often, it costs its outlet for nothing. The pause follows what the last reading brought, in the
manner of additive-increase schedulers of feed readers: shorter when there was news, longer
when there was none, and much shorter when everything was new, because then more may have
passed by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config import Polling

NEWS, SILENCE, ROLLOVER, FAILURE = 0.7, 1.4, 0.25, 2.0
"""What the pause is multiplied with."""
_FEW = 5  # a feed this short may well be all new without anything having been missed


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of a feed brought.

    Attributes:
        n_found: entries it showed.
        n_fresh: those never settled before.
        first: it was never read to its end before.
        failed: it could not be read.
    """

    n_found: int
    n_fresh: int
    first: bool = False
    failed: bool = False

    @property
    def rolled_over(self) -> bool:
        """Whether the feed shows nothing known any more: entries in between may be missed."""
        return not self.first and not self.failed and self.n_found == self.n_fresh >= _FEW


def next_pause(pause: timedelta | None, reading: Reading, bounds: Polling) -> timedelta:
    """Return the pause before the next reading.

    Args:
        pause: the pause before this reading; None if it is not known.
        reading: what it brought.
        bounds: shortest and longest pause.
    """
    least, most = timedelta(minutes=bounds.least_minutes), timedelta(minutes=bounds.most_minutes)
    if pause is None or reading.first:
        return FAILURE * least if reading.failed else least
    if reading.failed:
        factor = FAILURE
    elif reading.rolled_over:
        factor = ROLLOVER
    else:
        factor = NEWS if reading.n_fresh else SILENCE
    return min(max(pause * factor, least), most)


def is_due(due: str | None, now: datetime, bounds: Polling) -> bool:
    """Say whether a feed may be read, by the moment noted after its last reading (ISO 8601).

    A moment further ahead than any pause was noted while the machine's clock stood wrong: it would keep the
    feed unread until that day comes.
    """
    if due is None:
        return True
    ahead = datetime.fromisoformat(due) - now
    longest = max(timedelta(minutes=bounds.most_minutes), FAILURE * timedelta(minutes=bounds.least_minutes))
    return not timedelta(0) < ahead <= longest
