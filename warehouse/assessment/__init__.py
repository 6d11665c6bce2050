"""The smart city assessment and its kin: indices out of what named people entered, never out of counts."""

from warehouse.assessment.index import Entry, Improvement, Index, Term, improvement, index

__all__ = ["Entry", "Improvement", "Index", "Term", "improvement", "index"]
