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
        "dim_quick_win": [(q.id, q.name, q.opd, q.dimension) for q in config.quick_wins],
    }
