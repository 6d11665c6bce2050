"""Which articles tell one story: near-duplicates and own words about one event (decisions 4 and 16).

What two articles are to each other depends on nothing but the two (`pairs`); which story an article
belongs to depends on nothing but its links to earlier ones (`forest`). Both together make linking
incremental (`incremental`): only what lies near a change in time is looked at, and the result is
the one that linking everything anew would give.
"""

from pipelines.linking.article import Article, articles
from pipelines.linking.clones import Clone, clones
from pipelines.linking.forest import Bounds, Graph, Link, Node, settle
from pipelines.linking.pairs import BOUNDS, RULE, links

__all__ = [
    "BOUNDS",
    "RULE",
    "Article",
    "Bounds",
    "Clone",
    "Graph",
    "Link",
    "Node",
    "articles",
    "clones",
    "links",
    "settle",
]
