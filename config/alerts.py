"""When the system speaks up by itself."""

from typing import Annotated

from pydantic import Field

from config.base import Strict

Positive = Annotated[int, Field(ge=1)]
Chance = Annotated[float, Field(gt=0, lt=1)]
Ratio = Annotated[float, Field(gt=1)]


class AlertRule(Strict):
    """What every rule has.

    Attributes:
        enabled: False switches it off.
    """

    enabled: bool = True


class Surge(AlertRule):
    """Far more independent items on one topic in a week than usual.

    Attributes:
        baseline_weeks: weeks before it that make the usual number (their median).
        min_n: fewer items than this never raise it.
        ratio: least factor over the usual number.
        chance: it must be rarer than this if the usual rate still held (Poisson upper tail).
    """

    baseline_weeks: Positive = 8
    min_n: Positive = 10
    ratio: Ratio = 2.0
    chance: Chance = 0.01


class Widespread(AlertRule):
    """One story in many outlets within a short time.

    Attributes:
        window_hours: how short.
        min_outlets: how many outlets.
    """

    window_hours: Positive = 48
    min_outlets: Positive = 5


class SilentSource(AlertRule):
    """A source that failed or went quiet; the verdict itself is defined in the lake."""


class Alerts(Strict):
    """``alerts.yaml``.

    Attributes:
        surge: many more items than usual.
        widespread: one story everywhere.
        silent_source: a source failed or went quiet.
    """

    surge: Surge = Surge()
    widespread: Widespread = Widespread()
    silent_source: SilentSource = SilentSource()
