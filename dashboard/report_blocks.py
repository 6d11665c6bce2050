"""Blocks of the report drawn on a page: text that cannot act, tables that can be sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import streamlit as st

from dashboard import format as fmt
from dashboard import text, ui

Block: TypeAlias = Mapping[str, Any]
LONGEST_DESCRIPTION: Final = 600


def draw(block: Block) -> None:
    """Draw one block (`dashboard.report.blocks`, as plain data)."""
    _DRAWN[block["kind"]](block)


def said(sentence: Mapping[str, Any]) -> str:
    """A sentence as Markdown, with the id of its evidence."""
    mark = f" ({text.markdown(sentence['id'], 12)})" if sentence["id"] else ""
    return f"{text.markdown(sentence['text'])}{mark}"


def _text(block: Block) -> None:
    words = " ".join(map(said, block["said"]))
    (st.caption if block["note"] else st.markdown)(words)


def _bullets(block: Block) -> None:
    st.markdown("\n".join(f"- {said(one)}" for one in block["said"]))


def _callout(block: Block) -> None:
    st.info(f"**{text.markdown(block['title'])}**  \n{said(block['said'])}")


def _heading(block: Block) -> None:
    st.markdown(f"**{text.markdown(block['title'])}**")


def _pairs(block: Block) -> None:
    for name, value in block["pairs"]:
        st.caption(f"{text.markdown(name)}: {text.markdown(value)}")


def _tiles(block: Block) -> None:
    for tile in block["tiles"]:
        st.markdown(
            f"**{text.markdown(tile['value'])}** {text.markdown(tile['label'])} {text.markdown(tile['note'])}"
        )


def _issue(block: Block) -> None:
    st.markdown(f"**{block['rank']}\\. {said(block['title'])}**")
    st.caption(said(block["volume"]))


def _figure(block: Block) -> None:
    alt = text.markdown(block["alt"], LONGEST_DESCRIPTION)
    st.caption(f":material/bar_chart: {text.markdown(block['caption'])}. {alt}")


def _table(block: Block) -> None:
    names = [column["title"] or f"Kolom {nth}" for nth, column in enumerate(block["columns"], 1)]
    ui.table({name: [_cell(row[at]) for row in block["rows"]] for at, name in enumerate(names)})
    if block["note"]:
        st.caption(text.markdown(block["note"]))


def _cell(cell: Mapping[str, Any]) -> str:
    """A divided bar is read as its counts: negative, neutral, positive."""
    return " / ".join(map(fmt.number, cell["bar"])) if cell["bar"] else text.cell(cell["text"])


def _beside(block: Block) -> None:
    for inner in (*block["left"], *block["right"]):
        draw(inner)


_DRAWN: Final[Mapping[str, Callable[[Block], None]]] = {
    "text": _text, "bullets": _bullets, "callout": _callout, "heading": _heading, "pairs": _pairs,
    "tiles": _tiles, "issue": _issue, "figure": _figure, "table": _table, "beside": _beside,
}  # fmt: skip
