"""Everything that writes to the lake; each function is one transaction."""

from warehouse.store.alert_answers import answer_alert
from warehouse.store.complaint_history import add_complaint_event
from warehouse.store.corrections import correct_labels, corrected_documents
from warehouse.store.dimensions import sync_dimensions
from warehouse.store.documents import LoadCounts, loaded_batches, store_batch
from warehouse.store.labels import add_enrichment, carry_labels, documents_to_enrich, register_model
from warehouse.store.reports import ReportRow, add_report
from warehouse.store.runs import RunRow, SourceRow, record_run, record_sources
from warehouse.store.stories import replace_clones, replace_stories
from warehouse.store.story_edits import merge_stories, split_story, undo_edit
from warehouse.store.watch import (
    AlertEvent,
    BacktestRow,
    DeliveryRow,
    Look,
    add_alert_events,
    add_backtests,
    add_delivery,
)

__all__ = [
    "AlertEvent",
    "BacktestRow",
    "DeliveryRow",
    "LoadCounts",
    "Look",
    "ReportRow",
    "RunRow",
    "SourceRow",
    "add_alert_events",
    "add_backtests",
    "add_complaint_event",
    "add_delivery",
    "add_enrichment",
    "add_report",
    "answer_alert",
    "carry_labels",
    "correct_labels",
    "corrected_documents",
    "documents_to_enrich",
    "loaded_batches",
    "merge_stories",
    "record_run",
    "record_sources",
    "register_model",
    "replace_clones",
    "replace_stories",
    "split_story",
    "store_batch",
    "sync_dimensions",
    "undo_edit",
]
