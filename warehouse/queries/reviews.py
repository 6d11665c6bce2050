"""The checking of labels: what to look at next, one text with all that is known of it, how far readers agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from warehouse.access import needs
from warehouse.lake import Lake
from warehouse.queries.rows import records

if TYPE_CHECKING:
    import pandas as pd

LOOKED_THROUGH = 400
"""So many texts of the highest value are compared word by word, so that one wording is asked about once."""
SECOND_SHARE = 20
"""Of a hundred answered texts, how many are shown to another reader without the first answer."""

# Texts that differ only in case, numbers and signs are one wording.
_WORDING = "md5(regexp_replace(lower(d.title || ' ' || d.text), '[^a-z]+', '', 'g'))"
# By the id, so that a text is always in the share or never.
_SHARED = f"(md5_number(doc_id) % 100) < {SECOND_SHARE}"


@dataclass(frozen=True, slots=True)
class Progress:
    """`mart_review`: how far the checking of labels is, and what one account did.

    Attributes:
        n_waiting: texts of which the model is not sure and that nobody has judged.
        n_judged: texts whose labels a person has judged.
        n_new: of these, since models were trained last.
        trained_at: when that was, None: never here.
        n_mine: texts this account has judged.
        n_skipped: texts this account has left to others.
        n_second: texts that wait for a second opinion of this account.
        n_differ: texts about which two readers differ and nobody has decided.
    """

    n_waiting: int
    n_judged: int
    n_new: int
    trained_at: datetime | None
    n_mine: int
    n_skipped: int
    n_second: int
    n_differ: int


@needs("correct")
def review_progress(lake: Lake, who: str) -> Progress:
    """How far the checking is, for one account."""
    general = lake.rows("SELECT n_waiting, n_judged, n_new, trained_at FROM mart_review")[0]
    mine = lake.rows(
        """
        SELECT count(DISTINCT doc_id) FILTER (action IN ('answered', 'settled', 'second')),
          count(DISTINCT doc_id) FILTER (action = 'skipped')
        FROM label_review WHERE reviewer = $who
        """,
        {"who": who},
    )[0]
    return Progress(*(*general, *mine, len(second_queue(lake, who)), len(differing(lake))))


@needs("correct")
def review_queue(
    lake: Lake, who: str, kind: str | None = None, limit: int = 20, *, skipped: bool = False
) -> pd.DataFrame:
    """The texts to look at next, the one that teaches most first.

    Args:
        lake: an open lake.
        who: the account; what it skipped is left out.
        kind: only this kind of document.
        limit: texts at most.
        skipped: only what it skipped, instead.

    Returns:
        Columns of `mart_review_queue`; texts that differ only in case, numbers and signs count once.
    """
    where = "SEMI" if skipped else "ANTI"
    return lake.frame(
        f"""
        WITH left_alone AS (SELECT doc_id FROM label_review WHERE reviewer = $who AND action = 'skipped'),
        likely AS MATERIALIZED (
          SELECT q.* FROM mart_review_queue q {where} JOIN left_alone l ON l.doc_id = q.doc_id
          WHERE $kind IS NULL OR q.kind = $kind
          ORDER BY q.value DESC, q.doc_id LIMIT {LOOKED_THROUGH}
        ),
        worded AS (
          SELECT l.*, {_WORDING} AS wording FROM likely l JOIN document d ON d.doc_id = l.doc_id
        ),
        known AS (
          SELECT DISTINCT {_WORDING} AS wording FROM document d
          WHERE d.doc_id IN (SELECT doc_id FROM label_correction_now)
        )
        SELECT w.* EXCLUDE (wording) FROM worded w ANTI JOIN known k ON k.wording = w.wording
        QUALIFY row_number() OVER (PARTITION BY w.wording ORDER BY w.value DESC, w.doc_id) = 1
        ORDER BY w.value DESC, w.doc_id LIMIT $limit
        """,  # noqa: S608 - texts and numbers of ours
        {"who": who, "kind": kind, "limit": limit},
    )


@needs("correct")
def second_queue(lake: Lake, who: str) -> list[str]:
    """Answered texts that wait for a second opinion of this account, the longest waiting first."""
    rows = lake.rows(
        f"""
        SELECT doc_id FROM label_review r WHERE {_SHARED}
        AND NOT EXISTS (FROM label_review u WHERE u.doc_id = r.doc_id AND u.action = 'undone' AND u.correction = r.correction)
        GROUP BY doc_id
        HAVING arg_min(reviewer, position) FILTER (action = 'answered') <> $who
          AND NOT bool_or(action IN ('second', 'settled')) AND NOT bool_or(reviewer = $who AND action = 'skipped')
        ORDER BY min(reviewed_at), doc_id
        """,  # noqa: S608 - texts of ours
        {"who": who},
    )
    return [doc_id for (doc_id,) in rows]


_PAIRS = """
  SELECT f.doc_id, f.reviewer AS first_reader, s.reviewer AS second_reader, f.position,
    f.relevant AS relevant_first, s.relevant AS relevant_second, f.topic AS topic_first, s.topic AS topic_second,
    f.opd AS opd_first, s.opd AS opd_second, f.sentiment AS sentiment_first, s.sentiment AS sentiment_second,
    f.kecamatan AS kecamatan_first, s.kecamatan AS kecamatan_second
  FROM label_review f JOIN label_review s ON s.doc_id = f.doc_id AND s.action = 'second'
  WHERE f.action = 'answered'
    AND NOT EXISTS (FROM label_review u WHERE u.doc_id = f.doc_id AND u.action = 'undone' AND u.correction = f.correction)
  QUALIFY row_number() OVER (PARTITION BY f.doc_id ORDER BY f.position) = 1
"""


@needs("correct")
def opinion_pairs(lake: Lake) -> list[dict[str, str]]:
    """Both answers to every text that two people labelled, the second without knowing the first.

    Returns:
        By text, ``<field>_first`` and ``<field>_second`` for topic, opd, sentiment and kecamatan: values
        joined by commas, in the order given (kecamatan: of the alphabet).
    """
    names = ", ".join(
        f"array_to_string({'list_sort' if field == 'kecamatan' else ''}({field}_{which}), ',') AS {field}_{which}"
        for field in ("topic", "opd", "sentiment", "kecamatan")
        for which in ("first", "second")
    )
    return records(lake.frame(f"SELECT doc_id AS id, {names} FROM ({_PAIRS}) ORDER BY doc_id"))  # noqa: S608 - names of ours


@needs("correct")
def differing(lake: Lake) -> list[dict[str, Any]]:
    """Texts about which two readers differ and nobody has decided: both answers, by text."""
    frame = lake.frame(
        f"""
        SELECT * FROM ({_PAIRS}) p
        WHERE (relevant_first <> relevant_second OR topic_first <> topic_second
            OR opd_first[1] IS DISTINCT FROM opd_second[1] OR sentiment_first <> sentiment_second
            OR list_sort(kecamatan_first) <> list_sort(kecamatan_second))
          AND NOT EXISTS (FROM label_review d WHERE d.doc_id = p.doc_id AND d.action = 'settled')
        ORDER BY doc_id
        """  # noqa: S608 - texts of ours
    )
    return records(frame)


@needs("correct")
def review_text(lake: Lake, doc_id: str) -> dict[str, Any] | None:
    """One text with its labels in force, why the model thought so, and what people said before.

    Returns:
        None for an unknown, unlabelled, confidential or erased one.
    """
    frame = lake.frame(
        """
        SELECT d.doc_id, d.kind, s.name AS source_name, d.title, d.text, p.title AS parent_title, d.url,
          coalesce(c.received_at, d.published_at) AS dated_at, e.relevant, e.relevance_score, e.topic, e.topic_score,
          e.opd_ids, e.opd_scores, e.sentiment, e.sentiment_score, e.kecamatan, e.needs_review, e.why, e.keywords,
          q.about, q.doubt, q.n_slice, q.n_alike, q.topic_label,
          (SELECT coalesce(max(position), -1) FROM label_correction_now n WHERE n.doc_id = d.doc_id) AS seen
        FROM document d
        JOIN enrichment_current e ON e.doc_id = d.doc_id
        LEFT JOIN dim_source s ON s.source_id = d.source_id
        LEFT JOIN document p ON p.doc_id = d.parent_id
        LEFT JOIN complaint c ON c.doc_id = d.doc_id
        LEFT JOIN mart_review_queue q ON q.doc_id = d.doc_id
        WHERE d.doc_id = $id AND coalesce(c.confidentiality, '') <> 'rahasia'
          AND NOT coalesce(list_contains(d.flags, 'erased'), false)
        """,
        {"id": doc_id},
    )
    found = records(frame)
    return found[0] if found else None


@needs("correct")
def corrections_made(lake: Lake, doc_id: str | None = None, limit: int = 100) -> pd.DataFrame:
    """What was corrected, newest first.

    Args:
        lake: an open lake.
        doc_id: only of this text.
        limit: rows at most.

    Returns:
        Columns doc_id, field, old_value, new_value, reason, corrected_by, corrected_at, and whether it holds;
        fields that were found right as they were are left out.
    """
    return lake.frame(
        """
        SELECT c.doc_id, c.field, array_to_string(c.old_value, ', ') AS old_value,
          array_to_string(c.new_value, ', ') AS new_value, c.reason, c.corrected_by, c.corrected_at,
          n.doc_id IS NOT NULL AS holds
        FROM label_correction c
        LEFT JOIN label_correction_now n ON n.doc_id = c.doc_id AND n.position = c.position AND n.field = c.field
        WHERE c.old_value <> c.new_value AND ($id IS NULL OR c.doc_id = $id)
        ORDER BY c.corrected_at DESC, c.doc_id, c.position DESC, c.field LIMIT $limit
        """,
        {"id": doc_id, "limit": limit},
    )
