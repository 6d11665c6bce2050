"""Everything an index holds, for those who look for what should not be there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from tantivy import Query

from warehouse.search.folder import guarded, open_index

WORD = "words"
"""Column of single words. Numbers stand alone there and could be anything: they are judged in the text."""


def everything(home: Path) -> Iterator[tuple[str, str]]:
    """Yield (column, text): what is kept of every document, and every word of every segment.

    Words of documents that were replaced stay until their segment is merged; they are among them.

    Raises:
        SearchIndexError: there is no index, or it cannot be read.
    """
    index = open_index(home)
    searcher, fields = index.searcher, ("title", "text", "url", "doc_id")
    with guarded():
        for _, address in searcher.search(Query.all_query(), max(1, searcher.num_docs), count=False).hits:
            stored = searcher.doc(address)
            shown = json.loads(stored["shown"][0])
            # the marker has names of sources and offices: they are in the lake as well
            yield from ((name, shown[name]) for name in fields if shown.get(name))
            yield from (("doc_id", key) for key in stored["doc_id"])
        for name in ("exact", "title"):
            yield from ((WORD, word) for word, _ in searcher.terms_with_prefix(name, "", None, None))
