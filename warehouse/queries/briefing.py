"""What the weekly report asks beyond counts: wider stories, claims in dispute, and what offices still owe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from warehouse.access import whole
from warehouse.lake import Lake
from warehouse.queries.weeks import Week

if TYPE_CHECKING:
    import pandas as pd

_TOLD = """
  told AS MATERIALIZED (
    SELECT f.doc_id, f.source_id, s.name AS source_name, s.scope, f.dated_at, f.week, f.copy_of, f.sentiment,
      f.opd_ids, coalesce(f.story_id, f.doc_id) AS item, d.title, d.url
    FROM document_fact f
    JOIN document d ON d.doc_id = f.doc_id AND d.fetched_at = f.fetched_at
    LEFT JOIN dim_source s ON s.source_id = f.source_id
    WHERE f.relevant AND f.kind = 'news' AND f.week BETWEEN $week::DATE AND $week::DATE + 7
  )
"""


def wider_stories(lake: Lake, week: Week, limit: int = 5) -> pd.DataFrame:
    """Stories of one week that reach beyond the regency.

    By two rules: an outlet that reports on more than the regency (`scope` general) wrote its own text, or an
    office above the regency (`dim_opd.grp` vertical) is concerned.

    Returns:
        Columns item (story, or an article in none), title, url, source_name (of its first article of the week), n
        (articles of the week), n_sources, n_general (outlets of the first rule) and vertical (short names of the
        second, NULL for none); most outlets of the first rule first.
    """
    return lake.frame(
        f"""
        WITH {_TOLD},
        offices AS (
          SELECT t.item, string_agg(DISTINCT o.short, ', ' ORDER BY o.short) AS vertical
          FROM (SELECT item, unnest(opd_ids) AS opd_id FROM told WHERE week = $week::DATE) t
          JOIN dim_opd o ON o.opd_id = t.opd_id AND o.grp = 'vertical' GROUP BY t.item
        ),
        counted AS (
          SELECT item, arg_min(title, (dated_at, doc_id)) AS title, arg_min(url, (dated_at, doc_id)) AS url,
            arg_min(source_name, (dated_at, doc_id)) AS source_name, count(*) AS n, count(DISTINCT source_id) AS n_sources,
            count(DISTINCT source_id) FILTER (copy_of IS NULL AND scope = 'general') AS n_general
          FROM told WHERE week = $week::DATE GROUP BY item
        )
        SELECT c.item, c.title, c.url, c.source_name, c.n, c.n_sources, c.n_general, o.vertical
        FROM counted c LEFT JOIN offices o ON o.item = c.item
        WHERE c.n_general > 0 OR o.vertical IS NOT NULL
        ORDER BY c.n_general DESC, c.n_sources DESC, c.n DESC, c.item LIMIT $limit
        """,  # noqa: S608 - text of ours
        {"week": week.monday, "limit": limit},
    )


def disputed_stories(lake: Lake, week: Week, words: Sequence[str]) -> pd.DataFrame:
    """Stories of one week that may need a word of clarification.

    By three rules: a headline has one of `words`; outlets that wrote their own text differ (one speaks ill of the
    service, another well); analysts corrected the tone of one of its articles.

    Returns:
        Columns item, title, url, source_name (of the article with the word, else the first), word (NULL for none), n and
        n_next (articles of the week and of the next), n_ill and n_well (outlets with own texts of that tone),
        n_corrected (articles), opd_id and opd_short (the first office named most); most articles first.
    """
    return lake.frame(
        f"""
        WITH {_TOLD},
        corrected AS (
          SELECT DISTINCT doc_id FROM label_correction_now WHERE field = 'sentiment' AND old_value <> new_value
        ),
        marked AS (
          SELECT t.*, nullif(regexp_extract(lower(t.title), $pattern), '') AS word, c.doc_id IS NOT NULL AS corrected
          FROM told t LEFT JOIN corrected c ON c.doc_id = t.doc_id
        ),
        counted AS (
          SELECT item,
            arg_min(title, (word IS NULL, dated_at, doc_id)) FILTER (week = $week::DATE) AS title,
            arg_min(url, (word IS NULL, dated_at, doc_id)) FILTER (week = $week::DATE) AS url,
            arg_min(source_name, (word IS NULL, dated_at, doc_id)) FILTER (week = $week::DATE) AS source_name,
            arg_min(word, (dated_at, doc_id)) FILTER (week = $week::DATE AND word IS NOT NULL) AS word,
            count(*) FILTER (week = $week::DATE) AS n, count(*) FILTER (week > $week::DATE) AS n_next,
            count(DISTINCT source_id) FILTER (week = $week::DATE AND copy_of IS NULL AND sentiment = 'negatif') AS n_ill,
            count(DISTINCT source_id) FILTER (week = $week::DATE AND copy_of IS NULL AND sentiment = 'positif') AS n_well,
            count(DISTINCT source_id) FILTER (week = $week::DATE AND copy_of IS NULL AND sentiment IN ('negatif', 'positif'))
              AS n_toned,
            count(*) FILTER (week = $week::DATE AND corrected) AS n_corrected,
            mode(opd_ids[1] ORDER BY opd_ids[1]) FILTER (week = $week::DATE) AS opd_id
          FROM marked GROUP BY item
        )
        SELECT c.* EXCLUDE (n_toned), o.short AS opd_short FROM counted c LEFT JOIN dim_opd o ON o.opd_id = c.opd_id
        WHERE c.n > 0 AND (c.word IS NOT NULL OR (c.n_ill > 0 AND c.n_well > 0 AND c.n_toned > 1) OR c.n_corrected > 0)
        ORDER BY c.word IS NULL, c.n DESC, c.item
        """,  # noqa: S608 - text of ours
        {"week": week.monday, "pattern": rf"\b({'|'.join(map(re.escape, words)) or '$a'})\b"},
    )


@whole
def owed(lake: Lake, week: Week) -> pd.DataFrame:
    """What offices owed at the end of one week, and a week later (or "now", if that is earlier).

    A complaint with two offices counts for each; one that may have been over by then counts for none.

    Returns:
        Columns opd_id (NULL: no office found yet), opd_short, opd_group, n_open, n_late (open for more than 14 calendar
        days) and, a week later, n_open_next and n_late_next; most late ones first, without offices that owed nothing.
    """
    return lake.frame(
        """
        WITH ends AS (
          SELECT least($week::DATE + 6, today) AS this, least($week::DATE + 13, today) AS next
          FROM (SELECT CAST(getvariable('pati_now') AT TIME ZONE 'Asia/Jakarta' AS DATE) AS today)
        ),
        open AS (
          SELECT s.doc_id, c.received_day, e.this, e.next,
            e.this BETWEEN s.from_day AND coalesce(s.to_day, DATE '9999-12-31') AS then_open,
            e.next BETWEEN s.from_day AND coalesce(s.to_day, DATE '9999-12-31') AS next_open
          FROM complaint_spell s JOIN complaint_fact c ON c.doc_id = s.doc_id CROSS JOIN ends e WHERE s.sure
        ),
        shared AS (
          SELECT o.*, unnest(CASE WHEN len(f.opd_ids) > 0 THEN f.opd_ids ELSE [NULL] END) AS opd_id
          FROM open o JOIN document_fact f ON f.doc_id = o.doc_id AND f.kind = 'complaint'
          WHERE f.relevant AND (o.then_open OR o.next_open)
        )
        SELECT s.opd_id, any_value(d.short) AS opd_short, any_value(d.grp) AS opd_group,
          count(*) FILTER (then_open) AS n_open,
          count(*) FILTER (then_open AND s.this - received_day > 14) AS n_late,
          count(*) FILTER (next_open) AS n_open_next,
          count(*) FILTER (next_open AND s.next - received_day > 14) AS n_late_next
        FROM shared s LEFT JOIN dim_opd d ON d.opd_id = s.opd_id
        GROUP BY s.opd_id HAVING n_open > 0
        ORDER BY n_late DESC, n_open DESC, s.opd_id NULLS LAST
        """,
        {"week": week.monday},
    )


@whole
def working_days_after(lake: Lake, day: date, counts: Sequence[int]) -> pd.DataFrame:
    """The days that lie so many working days after a day, by calendar.yaml.

    Returns:
        Columns days and due_day (NULL where the calendar does not reach); in the order of `days`.
    """
    return lake.frame(
        """
        SELECT n.days, z.day AS due_day
        FROM (SELECT unnest($counts::INTEGER[]) AS days) n
        LEFT JOIN dim_day a ON a.day = $day::DATE
        LEFT JOIN dim_day z ON z.is_working AND z.ordinal = a.ordinal + n.days
        ORDER BY n.days
        """,
        {"day": day, "counts": list(counts)},
    )
