"""What changed in a week, and which documents carried the change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from warehouse.access import whole
from warehouse.lake import Lake
from warehouse.queries.documents import listed
from warehouse.queries.rows import records
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Scope = Literal["topic", "opd", "kecamatan"]

LEAST = 2.0
"""Smaller moves are as often chance as not (about 1 in 20 by chance alone, of each subject)."""
CARRIERS = 3


@dataclass(frozen=True, slots=True)
class Carrier:
    """One story (or single document) of a change.

    Attributes:
        doc_id: its first document within the weeks that are looked at.
        story_id: None for a document in no story.
        title: of the first document; how it begins where it has none.
        source_name: of the first document.
        n: documents of it about the subject.
    """

    doc_id: str
    story_id: str | None
    title: str
    source_name: str
    n: int


@dataclass(frozen=True, slots=True)
class Change:
    """One topic, agency or kecamatan that moved.

    Attributes:
        scope: what kind of subject it is.
        scope_id: its key.
        label: its name.
        n: documents this week, without comments.
        n_items: different stories, complaints and posts among them.
        mean_before: mean of `n_items` over the four weeks before.
        more: n_items - mean_before.
        moved: the same in standard deviations of chance (macro `moved`).
        kind: the kind of documents that changed most.
        kind_n: documents of this kind this week.
        kind_mean: their mean over the four weeks before.
        carriers: of a rise, the stories this week that hold most of it; of a fall, those of the weeks
            before. Complaints are counted, never named.
    """

    scope: Scope
    scope_id: str
    label: str
    n: int
    n_items: int
    mean_before: float
    more: float
    moved: float
    kind: str
    kind_n: int
    kind_mean: float
    carriers: tuple[Carrier, ...] = ()

    @property
    def rises(self) -> bool:
        """Whether it is more than usual."""
        return self.more > 0


_FIELDS = (
    "scope, scope_id, label, n, n_items, mean_before, n_items - mean_before AS more, "
    "moved(n_items, mean_before) AS moved, kind, kind_n, kind_mean"
)


def changes(lake: Lake, week: Week, limit: int = 6) -> list[Change]:
    """What moved furthest from the mean of the four weeks before, in either direction, furthest first.

    Only what has at least ten different stories, complaints and posts (this week, or usually), and
    moved by at least `LEAST`. A lake younger than four weeks before `week` has nothing to compare with.

    Args:
        lake: an open lake.
        week: the week.
        limit: changes at most.
    """
    return _with_carriers(lake, week, _counted(lake, week, limit))


@whole
def _counted(lake: Lake, week: Week, limit: int) -> list[Change]:
    rows = lake.rows(
        f"""
        WITH weeks AS MATERIALIZED (
          FROM mart_week_subject WHERE week BETWEEN $week::DATE - 28 AND $week::DATE
        ),
        sums AS (
          SELECT scope, scope_id,
            CAST(coalesce(sum(n) FILTER (week = $week::DATE), 0) AS BIGINT) AS n,
            CAST(coalesce(sum(n_items) FILTER (week = $week::DATE), 0) AS BIGINT) AS n_items,
            coalesce(sum(n_items) FILTER (week < $week::DATE), 0) / 4.0 AS mean_before
          FROM weeks GROUP BY scope, scope_id
        ),
        kinds AS (
          SELECT scope, scope_id, one.key AS kind,
            CAST(coalesce(sum(one.value) FILTER (week = $week::DATE), 0) AS BIGINT) AS kind_n,
            coalesce(sum(one.value) FILTER (week < $week::DATE), 0) / 4.0 AS kind_mean
          FROM (SELECT week, scope, scope_id, unnest(map_entries(n_kinds)) AS one FROM weeks)
          GROUP BY scope, scope_id, kind
          QUALIFY row_number() OVER (PARTITION BY scope, scope_id ORDER BY abs(kind_n - kind_mean) DESC, kind) = 1
        )
        SELECT {_FIELDS} FROM (
          SELECT s.*, coalesce(t.label, o.short, s.scope_id) AS label, k.kind, k.kind_n, k.kind_mean
          FROM sums s JOIN kinds k ON k.scope = s.scope AND k.scope_id = s.scope_id
          LEFT JOIN dim_topic t ON s.scope = 'topic' AND t.topic = s.scope_id
          LEFT JOIN dim_opd o ON s.scope = 'opd' AND o.opd_id = s.scope_id
          WHERE enough(greatest(n_items, mean_before)) AND abs(moved(n_items, mean_before)) >= $least
            AND EXISTS (FROM mart_week_subject WHERE week <= $week::DATE - 28)
        ) ORDER BY abs(moved) DESC, scope DESC, scope_id LIMIT $limit
        """,  # noqa: S608 - names of ours
        {"week": week.monday, "least": LEAST, "limit": limit},
    )
    return [Change(*row) for row in rows]


def _with_carriers(lake: Lake, week: Week, found: Sequence[Change]) -> list[Change]:
    rows = lake.rows(
        """
        WITH wanted AS (
          SELECT unnest($scopes::VARCHAR[]) AS scope, unnest($ids::VARCHAR[]) AS scope_id,
            unnest($first::DATE[]) AS first, unnest($last::DATE[]) AS last
        )
        SELECT d.scope, d.scope_id, arg_min(d.doc_id, (d.dated_at, d.doc_id)) AS doc_id,
          any_value(d.story_id) AS story_id, count(*) AS n, arg_min(d.day, (d.dated_at, d.doc_id)) AS day,
          arg_min(d.fetched_at, (d.dated_at, d.doc_id)) AS fetched_at
        FROM drill_subject d JOIN wanted w ON w.scope = d.scope AND w.scope_id = d.scope_id
        WHERE d.week BETWEEN w.first AND w.last AND d.kind <> 'complaint'
          AND d.week BETWEEN $week::DATE - 28 AND $week::DATE
        GROUP BY d.scope, d.scope_id, d.item
        QUALIFY row_number() OVER (PARTITION BY d.scope, d.scope_id ORDER BY n DESC, d.item) <= $carriers
        ORDER BY d.scope, d.scope_id, n DESC, d.item
        """,
        {
            "scopes": [one.scope for one in found],
            "ids": [one.scope_id for one in found],
            "first": [(week if one.rises else week.shift(-4)).monday for one in found],
            "last": [(week if one.rises else week.shift(-1)).monday for one in found],
            "week": week.monday,
            "carriers": CARRIERS,
        },
    )
    found_at = sorted({(row[2], row[5], row[6]) for row in rows})
    said = {row["doc_id"]: row for row in records(listed(lake, found_at))}
    return [_joined(one, rows, said) for one in found]


def _joined(one: Change, rows: Iterable[tuple[Any, ...]], said: dict[str, dict[str, Any]]) -> Change:
    carriers = tuple(
        Carrier(
            doc_id, story_id, said[doc_id]["title"] or said[doc_id]["excerpt"], said[doc_id]["source_name"], n
        )
        for scope, scope_id, doc_id, story_id, n, *_ in rows
        if (scope, scope_id) == (one.scope, one.scope_id) and doc_id in said
    )
    return replace(one, carriers=carriers)
