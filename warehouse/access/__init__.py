"""Who may see and do what: one viewer, one table of decisions, one wall in front of the lake.

What pages need of it:

* ``dashboard.data.ask(question, …)`` already answers within the rights of whoever is signed in; there is
  no other way to the lake, and a page need not (and cannot) say who that is;
* ``dashboard.data.viewer()`` tells who it is: `Viewer.user`, `Viewer.role`, `Viewer.opd`;
* ``may(data.viewer(), "correct")`` says whether to draw a form or a page at all; `ACTIONS` lists the words;
* ``dashboard.data.change("correct", work, about=doc_id)`` is the only way to write;
* ``dashboard.data.note("export", about)`` books in the audit log what else people did.

A query function that only counts, whatever anybody may read, is marked ``@whole`` and reads the lake
without the wall; it must not take words, ids or other filters that single out a complaint. A function that
returns what only some roles may see is marked ``@needs("history")``. Every other function reads through the
wall (`warehouse.access.wall`): whatever it asks, rows of complaints that are none of the viewer's business
are not there.
"""

from warehouse.access.viewer import (
    ACTIONS,
    ROLES,
    SYSTEM,
    AccessError,
    Action,
    Role,
    Viewer,
    may,
    needs,
    opens,
    require,
    viewer_of,
    whole,
)

__all__ = [
    "ACTIONS",
    "ROLES",
    "SYSTEM",
    "AccessError",
    "Action",
    "Role",
    "Viewer",
    "may",
    "needs",
    "opens",
    "require",
    "viewer_of",
    "whole",
]
