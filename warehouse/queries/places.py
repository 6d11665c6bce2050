"""What the map asks: documents per kecamatan under a filter, as counts and per 10,000 people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.access import whole
from warehouse.lake import Lake
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class MapFilter:
    """What is counted; a field that is None does not restrict.

    Attributes:
        first: oldest week.
        last: newest week.
        kind: of documents.
        topic: main topic.
        opd: an agency that the documents concern.
    """

    first: Week
    last: Week
    kind: str | None = None
    topic: str | None = None
    opd: str | None = None


_CONDITIONS = (
    "scope = 'kecamatan' AND week BETWEEN $first::DATE AND $last::DATE AND ($kind IS NULL OR kind = $kind) "
    "AND ($topic IS NULL OR topic = $topic) AND ($opd IS NULL OR list_contains(opd_ids, $opd))"
)


@whole
def places(lake: Lake, wanted: MapFilter) -> pd.DataFrame:
    """Every kecamatan, zeros too, most documents first; as `mart_place`, for any weeks and filter.

    Returns:
        Columns kecamatan, lat, lon (degrees, of its seat), population (NULL: not known), n, n_items,
        n_negative, n_neutral, n_positive, rate, rate_low, rate_high (per 10,000 people; NULL below ten
        documents and without a population).
    """
    return lake.frame(
        f"""
        SELECT k.kecamatan, k.lat, k.lon, k.population, coalesce(c.n, 0) AS n, coalesce(c.n_items, 0) AS n_items,
          coalesce(c.n_negative, 0) AS n_negative, coalesce(c.n_neutral, 0) AS n_neutral,
          coalesce(c.n_positive, 0) AS n_positive, per_10000(c.n, k.population) AS rate,
          CASE WHEN enough(c.n) THEN 10000 * byar_low(c.n) / k.population END AS rate_low,
          CASE WHEN enough(c.n) THEN 10000 * byar_high(c.n) / k.population END AS rate_high
        FROM dim_kecamatan k
        LEFT JOIN (
          SELECT scope_id AS kecamatan, count(*) AS n, count(DISTINCT item) AS n_items,
            count(*) FILTER (sentiment = 'negatif') AS n_negative,
            count(*) FILTER (sentiment = 'netral') AS n_neutral,
            count(*) FILTER (sentiment = 'positif') AS n_positive
          FROM mart_counted_scope WHERE {_CONDITIONS} GROUP BY scope_id
        ) c ON c.kecamatan = k.kecamatan
        ORDER BY n DESC, k.kecamatan
        """,  # noqa: S608 - text of ours
        _params(wanted),
    )


@whole
def place_topics(lake: Lake, kecamatan: str, wanted: MapFilter, limit: int = 8) -> pd.DataFrame:
    """What is said about one kecamatan: topic, topic_label, n, n_items, n_complaints; most first."""
    return lake.frame(
        f"""
        SELECT s.topic, coalesce(any_value(t.label), s.topic) AS topic_label, count(*) AS n,
          count(DISTINCT s.item) AS n_items, count(*) FILTER (s.kind = 'complaint') AS n_complaints
        FROM (SELECT * FROM mart_counted_scope WHERE {_CONDITIONS} AND scope_id = $kecamatan AND topic IS NOT NULL) s
        LEFT JOIN dim_topic t ON t.topic = s.topic
        GROUP BY s.topic ORDER BY n DESC, s.topic LIMIT $limit
        """,  # noqa: S608 - text of ours
        {**_params(wanted), "kecamatan": kecamatan, "limit": limit},
    )


def _params(wanted: MapFilter) -> dict[str, object]:
    return {
        "first": wanted.first.monday,
        "last": wanted.last.monday,
        "kind": wanted.kind,
        "topic": wanted.topic,
        "opd": wanted.opd,
    }
