"""Everything that writes to the lake; each function is one transaction."""

from warehouse.store.complaint_history import add_complaint_event
from warehouse.store.corrections import correct_labels, corrected_documents
from warehouse.store.dimensions import sync_dimensions
from warehouse.store.documents import LoadCounts, loaded_batches, store_batch
from warehouse.store.labels import add_enrichment, carry_labels, documents_to_enrich, register_model
from warehouse.store.runs import RunRow, SourceRow, record_run, record_sources
from warehouse.store.stories import articles_to_link, replace_clones, replace_stories
from warehouse.store.watch import AlertRow, ReportRow, add_report, reconcile_alerts

__all__ = [
    "AlertRow",
    "LoadCounts",
    "ReportRow",
    "RunRow",
    "SourceRow",
    "add_complaint_event",
    "add_enrichment",
    "add_report",
    "articles_to_link",
    "carry_labels",
    "correct_labels",
    "corrected_documents",
    "documents_to_enrich",
    "loaded_batches",
    "reconcile_alerts",
    "record_run",
    "record_sources",
    "register_model",
    "replace_clones",
    "replace_stories",
    "store_batch",
    "sync_dimensions",
]
