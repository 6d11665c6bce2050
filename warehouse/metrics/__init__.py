"""One definition of every number: the register, and what is shown from it."""

from warehouse.metrics.register import Metric, load_metrics, metric, metrics, named
from warehouse.metrics.words import document, footnote, tooltip

__all__ = ["Metric", "document", "footnote", "load_metrics", "metric", "metrics", "named", "tooltip"]
