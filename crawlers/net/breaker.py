"""The circuit breaker of one host: ever longer pauses, then one cautious question at a time. Pure.

After every failure the host is left alone twice as long as after the one before, with jitter.
After `threshold` failures in a row the circuit is *open*: nothing is sent until the pause is
over, then it is *half open* and a single request tries whether the host is back. An answer
closes it; another failure opens it for twice as long.

The pattern is Nygard's circuit breaker (Release It!, ch. 5) with exponential backoff and jitter
as pause, so that many crawlers that failed at the same moment do not come back at the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["closed", "open", "half_open"]

THRESHOLD = 5
LONGEST = 24 * 3600.0  # seconds; a host that is down for a month is still asked once a day
_MOST_DOUBLINGS = 30
_JITTER = 0.5


def pause(failures: int, base: float, draw: float) -> float:
    """Seconds to leave a host alone after its n-th failure in a row.

    Args:
        failures: how many in a row, from 1.
        base: pause after the first, in seconds.
        draw: a random number in [0, 1); stretches the pause by up to half.
    """
    doubled = base * 2.0 ** min(failures - 1, _MOST_DOUBLINGS)
    return min(doubled, LONGEST) * (1 + _JITTER * draw)


@dataclass(slots=True)
class Breaker:
    """One host's circuit breaker. The caller brings the clock and the chance.

    Attributes:
        base: pause after a first failure, in seconds.
        threshold: failures in a row that open the circuit.
        failures: failures in a row so far.
        not_before: no request may leave before this moment of the caller's clock, in seconds.
        probing: the one request of a half-open circuit is under way.
    """

    base: float
    threshold: int = THRESHOLD
    failures: int = 0
    not_before: float = 0.0
    probing: bool = False

    def state(self, now: float) -> State:
        """Say whether the circuit is closed, open or half open."""
        if self.failures < self.threshold:
            return "closed"
        return "open" if now < self.not_before else "half_open"

    def wait(self, now: float) -> float:
        """Seconds until the next request may leave; 0 when it may leave now."""
        return max(0.0, self.not_before - now)

    def allow(self, now: float) -> bool:
        """Say whether a request may leave now; in a half-open circuit the one that asks first may."""
        if self.wait(now) > 0:
            return False
        if self.state(now) == "half_open":
            if self.probing:
                return False
            self.probing = True
        return True

    def released(self) -> None:
        """Note that the request that was allowed is over, whatever came of it."""
        self.probing = False

    def hold(self, now: float, seconds: float) -> None:
        """Leave the host alone for so long, because it asked to."""
        self.not_before = max(self.not_before, now + seconds)

    def failed(self, now: float, draw: float, asked: float | None = None) -> float:
        """Note a failure and return the seconds of pause that follow.

        Args:
            now: the caller's clock.
            draw: see `pause`.
            asked: what the host asked for (`Retry-After`); never shortens the pause.
        """
        self.failures += 1
        self.probing = False
        seconds = max(pause(self.failures, self.base, draw), asked or 0.0)
        self.hold(now, seconds)
        return seconds

    def succeeded(self) -> None:
        """Note a proper answer: the circuit closes. A pause the host asked for still holds."""
        self.failures = 0
        self.probing = False
