"""Rows of the lake's dimension tables, from config. Pure."""

from __future__ import annotations

from typing import Any

from config import Config


def rows(config: Config) -> dict[str, list[tuple[Any, ...]]]:
    """Names of things, by table name of the lake, in the order of its columns."""
    labels = {dimension.id: dimension.label for dimension in config.dimensions}
    return {
        "dim_source": [
            (s.id, s.name, s.kind, s.url, s.scope, s.status, s.permission, s.expected_per_week)
            for s in config.sources
        ],
        "dim_topic": [(t.id, t.label, t.dimension, labels.get(t.dimension or "")) for t in config.topics],
        "dim_opd": [(o.id, o.name, o.short, o.group) for o in config.opd],
        "dim_kecamatan": [(k.name, k.lat, k.lon, k.population) for k in config.kecamatan],
        "dim_regency": [(config.regency.name, config.regency.population, config.regency.population_note)],
        "dim_desa": [(desa.name, k.name) for k in config.kecamatan for desa in k.desa],
        "dim_quick_win": [(q.id, q.name, q.opd, q.dimension, q.start) for q in config.quick_wins],
        "dim_quick_win_milestone": [
            (q.id, nth, step.name, step.due, step.done)
            for q in config.quick_wins
            for nth, step in enumerate(q.milestones, 1)
        ],
        **complaint_rows(config),
    }


def complaint_rows(config: Config) -> dict[str, list[tuple[Any, ...]]]:
    """What the numbers about complaints need: calendar, statuses, deadlines, automatic replies."""
    rules = config.complaints
    automatic = rules.replies.automatic
    return {
        "dim_day": [
            (d.date, d.is_working, d.name, d.ordinal, d.opens, d.closes, d.minutes_before)
            for d in config.calendar.timeline.values()
        ],
        "dim_status": [(s.id, s.label, s.phase, rules.replies.kind(s.id)) for s in rules.statuses],
        "dim_sla": [
            # of several deadlines that fit, the first in the file holds
            (s.id, priority, s.channel, s.step, s.days, s.unit, s.valid_from, s.valid_to)
            for priority, s in enumerate(rules.sla)
        ],
        "dim_admin": [(o.id, rules.admins.of(o.id)) for o in config.opd if not o.vertical],
        "dim_automatic": [
            *(("actor", words) for words in automatic.actors),
            *(("phrase", words) for words in automatic.phrases),
        ],
    }
