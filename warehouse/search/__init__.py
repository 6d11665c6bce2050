"""Full-text search over the lake: an index beside it that holds nothing the lake does not hold.

The index is a cache. It lies in ``<home>/lake/index/``, knows which lake snapshot it reflects,
catches up with the lake or is built anew, and may be deleted at any time.
"""

from warehouse.search.answer import Answer, Hit, Order, ask
from warehouse.search.errors import IndexBusyError, IndexDamagedError, IndexMissingError, SearchIndexError
from warehouse.search.folder import SearchIndex, holding, open_index, remove
from warehouse.search.indexing import Refreshed, behind, refresh
from warehouse.search.words import Words

__all__ = [
    "Answer",
    "Hit",
    "IndexBusyError",
    "IndexDamagedError",
    "IndexMissingError",
    "Order",
    "Refreshed",
    "SearchIndex",
    "SearchIndexError",
    "Words",
    "ask",
    "behind",
    "holding",
    "open_index",
    "refresh",
    "remove",
]
