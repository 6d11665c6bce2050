"""Watch: marts → alerts of the last complete week and of missed ones, and their way to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipelines.alerting.delivery import deliver
from pipelines.alerting.history import FRESH, backtest, fingerprint
from pipelines.alerting.incidents import Finding, events
from pipelines.alerting.missed import missed
from pipelines.alerting.watching import RULES, Scene
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.queries import Week, last_complete_week, records
from warehouse.queries.watch import backtests, incidents, last_look
from warehouse.store import AlertEvent, Look, add_alert_events, add_backtests


def run(lake: Lake, settings: Settings, progress: Progress) -> StageResult:
    """Look with every rule that passed its test, write what happened to alerts, send it.

    Weeks that went by without a run are looked at first, in order.
    """
    rules, now = settings.config.alerts, settings.now()
    scene = Scene(lake, rules, last_complete_week(now))
    late = missed(last_look(lake), scene.newest)
    progress.begin("Memeriksa tanda bahaya", len(late.weeks) + 3)
    refused = tested(lake, scene, settings)
    progress.advance()
    off = {name for name in RULES if not getattr(rules, name).enabled or name in refused}
    n_found, made = 0, list[AlertEvent]()
    for week in (*late.weeks, scene.newest):
        found, events = _week(scene, off, week, now)
        n_found, made = n_found + found, made + events
        progress.advance()
    sent = deliver(lake, settings)
    progress.advance()
    return _result(n_found, made, lake, [late.message, *map(_off, sorted(refused)), sent.message])


def _week(scene: Scene, off: set[str], week: Week, now: datetime) -> tuple[int, list[AlertEvent]]:
    """Look at one week and write what happened: how much was seen, and the events."""
    late = week != scene.newest
    if late:
        # Whether a source works is known of today alone; and where nothing was tried, nothing is a fall.
        off = off | {"silent_source"} | ({"fall"} if scene.untried(week) else set())
    found = look(scene, off, week)
    skip = frozenset(kind for name in off for kind in RULES[name])
    made = add_alert_events(
        scene.lake,
        lambda: events(incidents(scene.lake), found, week, scene.rules.incident, now, skip),
        Look(week.monday, now, late),
    )
    return len(found), [event for event, _ in made]


def tested(lake: Lake, scene: Scene, settings: Settings) -> set[str]:
    """Rules that their test refuses; rules that are new, changed or tested long ago are tested first."""
    known = {row["rule"]: row for row in records(backtests(lake))}
    fresh = settings.now() - FRESH
    stale = [
        name
        for name in RULES
        if name not in known
        or known[name]["fingerprint"] != fingerprint(scene.rules, name)
        or known[name]["tested_at"] < fresh
    ]
    if stale:
        rows = [row for row in backtest(scene, settings.now()) if row.rule in stale]
        add_backtests(lake, rows)
        known |= {row.rule: {"verdict": row.verdict} for row in rows}
    return {name for name, row in known.items() if row["verdict"] == "refused"}


def look(scene: Scene, off: set[str], week: Week) -> list[Finding]:
    """What the rules that are on see in a week."""
    alive = {(one.rule, one.subject) for one in incidents(scene.lake) if one.status != "closed"}
    found = []
    if not {"surge", "fall"} <= off:
        kinds = {kind for name in ("surge", "fall") if name not in off for kind in RULES[name]}
        found += [one for one in scene.counted(week, alive) if one.rule in kinds]
    if "widespread" not in off:
        found += scene.widespread(week, week).get(week, [])
    if "silent_source" not in off:
        found += scene.troubled()
    return found


def _off(rule: str) -> str:
    return f"Aturan {rule} dimatikan karena uji riwayatnya melebihi batas (lihat `pati alerts backtest`)."


def _result(n_found: int, made: Sequence[AlertEvent], lake: Lake, said: Sequence[str]) -> StageResult:
    opened = sum(event.event == "opened" for event in made)
    closed = sum(event.event == "closed" for event in made)
    still = sum(one.status != "closed" for one in incidents(lake))
    words = [f"{opened} peringatan baru, {closed} ditutup, {still} berlaku.", *filter(None, said)]
    return StageResult(
        "watch", n_in=n_found, n_stored=opened, n_new=opened, n_duplicate=n_found - opened,
        message=" ".join(words),
    )  # fmt: skip
