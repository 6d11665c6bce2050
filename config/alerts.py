"""When the system speaks up by itself."""

from typing import Annotated, Literal

from pydantic import Field

from config.base import Strict

Severity = Literal["rendah", "sedang", "tinggi"]
Positive = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(gt=0, le=1)]
Ratio = Annotated[float, Field(gt=1)]


class AlertRule(Strict):
    """What every rule has.

    Attributes:
        enabled: False switches it off.
        severity: as shown to people.
    """

    enabled: bool = True
    severity: Severity = "sedang"


class Surge(AlertRule):
    """Many more items on one topic than usual.

    Attributes:
        window_days: length of the window looked at.
        baseline_weeks: weeks before it that make the baseline (their median).
        min_n: fewer items than this never raise it.
        ratio: least factor over the baseline.
    """

    window_days: Positive = 7
    baseline_weeks: Positive = 8
    min_n: Positive = 10
    ratio: Ratio = 2.0


class NegativeTone(AlertRule):
    """An office's negative share well above its usual one.

    Attributes:
        window_days: length of the window looked at.
        baseline_weeks: weeks before it that make the baseline.
        min_n: fewer judged items than this never raise it.
        min_share: least negative share in the window.
        min_increase: least rise over the baseline share, in share points (0 to 1).
    """

    window_days: Positive = 28
    baseline_weeks: Positive = 12
    min_n: Positive = 10
    min_share: Share = 0.5
    min_increase: Share = 0.15


class ViralStory(AlertRule):
    """One story in many outlets within a short time.

    Attributes:
        window_hours: how short.
        min_outlets: how many outlets.
    """

    window_hours: Positive = 48
    min_outlets: Positive = 5


class SilentSource(AlertRule):
    """A source that brings nothing although it usually does.

    Attributes:
        factor: silence longer than this many usual gaps raises it.
        min_days: but never before this many days.
    """

    factor: Ratio = 4.0
    min_days: Positive = 3


class Overdue(AlertRule):
    """Complaints past their deadline at one office.

    Attributes:
        min_n: fewer than this do not raise it.
    """

    min_n: Positive = 3


class Recurring(AlertRule):
    """The same topic in the same desa again and again.

    Attributes:
        weeks: window.
        seen_in: in at least this many of them.
    """

    weeks: Positive = 8
    seen_in: Positive = 3


class Alerts(Strict):
    """``alerts.yaml``.

    Attributes:
        surge: many more items than usual.
        negative: tone worse than usual.
        viral: one story everywhere.
        silent_source: a source went quiet.
        overdue: deadlines missed.
        recurring: a problem that keeps coming back.
        close_after_days: an alert that is no longer true is closed after this many days.
    """

    surge: Surge = Surge()
    negative: NegativeTone = NegativeTone()
    viral: ViralStory = ViralStory()
    silent_source: SilentSource = SilentSource()
    overdue: Overdue = Overdue()
    recurring: Recurring = Recurring()
    close_after_days: Positive = 7
