"""The report on one page, for messaging: what a reader on a phone must know, from the same sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

TAKEN: Final = ("ringkasan", "isu", "rekomendasi")


def digest(data: Mapping[str, Any]) -> dict[str, Any]:
    """Choose what stands on the page. Pure.

    Args:
        data: plain values as `document.compose` makes them.

    Returns:
        Data for the same template, with `layout` set: one page as tall as it needs to be, without an
        annex and without a signature. Every sentence keeps its id in the ledger.
    """
    parts = {part["id"]: part for part in data["parts"]}
    chosen = [_short(parts[key]) for key in TAKEN if key in parts]
    return {**data, "layout": "digest", "parts": [part for part in chosen if part["blocks"]]}


def _short(part: Mapping[str, Any]) -> Mapping[str, Any]:
    blocks = part["blocks"]
    if part["id"] == "isu":
        titles = [one["title"] for one in blocks if one["kind"] == "issue"]
        return {**part, "blocks": [{"kind": "bullets", "said": titles}] if titles else []}
    if part["id"] == "rekomendasi":  # this week's only: what stands before the first heading
        ends = next((n for n, one in enumerate(blocks) if one["kind"] == "heading"), len(blocks))
        return {**part, "blocks": [one for one in blocks[:ends] if not one.get("note")]}
    return part
