"""When the system speaks up by itself: a budget of false alerts, and what is left to rules."""

from typing import Annotated, Literal

from pydantic import Field

from config.base import EnvName, Strict, Url

Positive = Annotated[int, Field(ge=1)]
Chance = Annotated[float, Field(gt=0, lt=1)]
Ratio = Annotated[float, Field(gt=1)]
Share = Annotated[float, Field(ge=0)]
Rate = Annotated[float, Field(gt=0, le=100)]


class AlertRule(Strict):
    """What every rule has.

    Attributes:
        enabled: False switches it off.
    """

    enabled: bool = True


class Shares(Strict):
    """How the budget is divided; only the proportions count.

    Attributes:
        topic: items on each topic.
        opd_complaint: complaints to each office.
        topic_kecamatan: items on each topic in each kecamatan.
        fall: topics and complaints that become rare.
    """

    topic: Share = 5
    opd_complaint: Share = 4
    topic_kecamatan: Share = 0.5
    fall: Share = 0.5


class Budget(Strict):
    """What people are ready to look at for nothing.

    Attributes:
        false_per_month: mean number of false alerts a month, all series together.
        shares: how it is divided.
    """

    false_per_month: Rate = 2.0
    shares: Shares = Shares()


class Surge(AlertRule):
    """Far more independent items in a week, or in two, than usual.

    Attributes:
        history_weeks: how far back the usual is learned from.
        min_history: a series with fewer weeks is not judged.
        min_n: fewer items than this never raise it.
        ratio: least factor over the usual number.
        max_per_month: a rule that would have raised more over the lake's history is refused.
    """

    history_weeks: Annotated[int, Field(ge=8, le=260)] = 104
    min_history: Annotated[int, Field(ge=4)] = 8
    min_n: Positive = 5
    ratio: Ratio = 1.5
    max_per_month: Rate = 8.0


class Fall(AlertRule):
    """Far fewer items than usual although the sources were in reach.

    Attributes:
        min_expected: only series of which at least this many are usual.
        ratio: at most this factor of the usual number.
        max_per_month: as for a surge.
    """

    min_expected: Annotated[float, Field(ge=1)] = 8.0
    ratio: Chance = 0.5
    max_per_month: Rate = 2.0


class Widespread(AlertRule):
    """One story in many outlets within a short time.

    Attributes:
        window_hours: how short.
        min_outlets: how many outlets.
        max_per_month: as for a surge.
    """

    window_hours: Positive = 48
    min_outlets: Positive = 5
    max_per_month: Rate = 6.0


class SilentSource(AlertRule):
    """A source that failed or went quiet; the verdict itself is defined in the lake."""


class Incident(Strict):
    """The life of an alert.

    Attributes:
        close_after: quiet weeks in a row that end it.
        quiet_chance: a week is quiet when a count like its own is at least this likely again.
    """

    close_after: Positive = 2
    quiet_chance: Chance = 0.05


class Delivery(Strict):
    """Where alerts are sent.

    Attributes:
        to: names of secrets, each holding addresses as apprise writes them, separated by spaces.
        dashboard: address that links in messages begin with.
        events: what is sent.
        attempts: tries in one run.
        give_up_days: older events are not tried again.
    """

    to: tuple[EnvName, ...] = ("PATI_ALERT_TO",)
    dashboard: Url = "http://localhost:8501"
    events: tuple[Literal["opened", "grown", "closed"], ...] = ("opened", "grown", "closed")
    attempts: Positive = 3
    give_up_days: Positive = 7


class Alerts(Strict):
    """``alerts.yaml``.

    Attributes:
        budget: how many false alerts are bearable.
        surge: many more items than usual.
        fall: far fewer.
        widespread: one story everywhere.
        silent_source: a source failed or went quiet.
        incident: how long an alert lives.
        delivery: where it is sent.
    """

    budget: Budget = Budget()
    surge: Surge = Surge()
    fall: Fall = Fall()
    widespread: Widespread = Widespread()
    silent_source: SilentSource = SilentSource()
    incident: Incident = Incident()
    delivery: Delivery = Delivery()
