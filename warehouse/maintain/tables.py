"""What each table of the lake is made of: the one list that says what can be derived again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Origin = Literal["derived", "human", "record", "names", "cache"]


@dataclass(frozen=True, slots=True)
class Table:
    """Where the rows of a table come from.

    Attributes:
        origin: ``derived``: from the landing zone, the configuration and the models, again at any
            time; ``human``: what people entered here, and nowhere else; ``record``: what happened
            (runs, reports, alerts, labels of earlier models), which nothing can tell again;
            ``names``: copied from the configuration whenever the lake is opened for writing;
            ``cache``: worked out from other tables, in `warehouse.maintain.derive.put_in_place` too.
        rows: SQL condition: which rows of a derived table are derived; ``$model`` is the model in
            force. The others stay as they are.
    """

    origin: Origin
    rows: str = "true"


TABLES: dict[str, Table] = {
    "document": Table("derived"),
    "complaint": Table("derived"),
    # what an office did and wrote down on the dashboard stands in no export
    "complaint_event": Table("derived", "origin IS DISTINCT FROM 'dashboard'"),
    # a landing record of somebody erased says so ever after; the lake counted it when it came in
    "rejected": Table("derived", "reason <> 'erased'"),
    "metric_history": Table("derived"),
    "tombstone": Table("derived", "reason <> 'erased'"),
    "enrichment": Table("derived", "model_version = $model"),
    "story": Table("derived"),
    "story_member": Table("derived"),
    "story_article": Table("derived"),
    "story_link": Table("derived"),
    "source_clone": Table("derived"),
    "label_correction": Table("human"),
    "label_review": Table("human"),
    "assessment_entry": Table("human"),
    "evidence_event": Table("human"),
    "evidence_pack": Table("record"),
    "quick_win_judgement": Table("human"),
    "story_edit": Table("human"),
    "story_pin": Table("human"),
    "saved_search": Table("human"),
    "saved_search_hit": Table("record"),
    "quarantine_retry": Table("record"),  # also who asked
    "landing_batch": Table("record"),
    "model": Table("record"),
    "run": Table("record"),
    "run_source": Table("record"),
    "run_source_reason": Table("record"),
    "report": Table("record"),
    "report_event": Table("human"),
    "report_file": Table("record"),
    "report_delivery": Table("record"),
    "alert_event": Table("record"),  # also who acknowledged or closed it
    "alert_look": Table("record"),
    "alert_delivery": Table("record"),
    "alert_backtest": Table("record"),
    "schema_migration": Table("record"),
    "mart_set": Table("record"),
    "dim_source": Table("names"),
    "dim_topic": Table("names"),
    "dim_opd": Table("names"),
    "dim_kecamatan": Table("names"),
    "dim_quick_win": Table("names"),
    "dim_quick_win_milestone": Table("names"),
    "dim_day": Table("names"),
    "dim_status": Table("names"),
    "dim_sla": Table("names"),
    "dim_admin": Table("names"),
    "dim_automatic": Table("names"),
    "dim_regency": Table("names"),
    "dim_desa": Table("names"),
    "document_fact": Table("cache"),
    "complaint_fact": Table("cache"),
    "complaint_spell": Table("cache"),
    "story_fact": Table("cache"),
    "fact_set": Table("cache"),
}
OF_WORDLESS = ("document", "complaint", "complaint_event", "metric_history", "enrichment")
"""Tables whose rows of a document stay as they are once its words are gone: nothing is left to derive
them from."""


def derived() -> dict[str, str]:
    """Condition by name of every table that is derived, wholly or in part."""
    return {name: table.rows for name, table in TABLES.items() if table.origin == "derived"}
