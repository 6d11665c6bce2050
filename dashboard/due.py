"""What is due, in one plain line: the first thing an office reads."""

from __future__ import annotations

from typing import Final

import streamlit as st

from dashboard import counted, data, labels, ui
from dashboard import definitions as terms
from dashboard import format as fmt
from warehouse import queries
from warehouse.queries import Due

KEY: Final = "keadaan"
"""The filter of the list of complaints that chooses a group of the queue."""
OTHERS: Final = tuple(one for one in counted.EMPTIED if one[0] != KEY)
UNSET: Final = tuple((key, None) for key in ("dinas", "kanal", counted.KEY))


def sentence(found: Due) -> str:
    """``2 aduan jatuh tempo hari ini, 3 sampai Selasa, 17 November 2026; 5 terlambat.`` Pure."""
    if not (found.n_today or found.n_next or found.n_overdue):
        until = f" sampai {fmt.day_long(found.next_day)}" if found.next_day else ""
        return f"Tidak ada aduan yang jatuh tempo{until}, dan tidak ada yang terlambat."
    return (
        f"{fmt.count(found.n_today, 'aduan')} jatuh tempo hari ini, {fmt.number(found.n_next)} sampai "
        f"{fmt.day_long(found.next_day)}; {fmt.number(found.n_overdue)} terlambat."
    )


def draw(*, here: bool = False) -> None:
    """The line, and the way to what it counts.

    Args:
        here: the list of complaints is on this very page.
    """
    found = data.ask(queries.due)
    groups = {"overdue": found.n_overdue, "today": found.n_today, "next": found.n_next}
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":material/alarm: **{sentence(found)}**", help=terms.DUE)
        with st.container(horizontal=True):
            for state in (one for one, n in groups.items() if n):
                label = labels.STATE[state]
                way = (
                    ui.Narrow(KEY, state, label, "tenggat_", (*OTHERS, *UNSET))
                    if here
                    else ui.Link(ui.COMPLAINTS, label, {KEY: label})
                )
                way.draw()
