"""Fields of the index, and how a row of the lake becomes a document of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import tantivy

from warehouse.search.words import Words

VERSION = 1
"""Raised with every change of this module; an index of another version is built anew."""
ANALYSER = "words"
FACETS = ("kind", "source", "topic", "opd", "kecamatan", "sentiment")
STATE = "state"
BORDER = "¶"
"""Between title and text: no phrase goes across, and nobody can type it as a word."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What an index reflects; it lies inside the index, so both change together or not at all.

    Attributes:
        version: `VERSION` of the program that wrote it.
        words: version of the word lists.
        snapshot: of the lake.
        snapshot_at: when that snapshot was made (ISO 8601): a restored lake may number anew.
        n_documents: documents of the lake at that snapshot, all of which are in the index.
        names: what people call the values of filters: field to code to names.
    """

    version: int
    words: str
    snapshot: int
    snapshot_at: str
    n_documents: int
    names: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)


def schema() -> tantivy.Schema:
    """The fields. `exact` has the words as written with their places, `stem` their stems."""
    made = tantivy.SchemaBuilder()
    made.add_text_field("doc_id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        made.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    made.add_boolean_field("relevant", indexed=True)
    made.add_integer_field("day", indexed=True, fast=True)
    made.add_integer_field("at", fast=True)
    made.add_text_field("exact", tokenizer_name=ANALYSER, index_option="position")
    made.add_text_field("stem", tokenizer_name=ANALYSER, index_option="freq")
    made.add_text_field("title", tokenizer_name=ANALYSER, index_option="position")
    made.add_text_field("title_stem", tokenizer_name=ANALYSER, index_option="freq")
    made.add_bytes_field("shown", stored=True)
    made.add_text_field("what", tokenizer_name="raw", index_option="basic")
    return made.build()


def with_analyser(index: tantivy.Index) -> tantivy.Index:
    """Words are split and analysed before they reach the index: it only sees them between blanks."""
    index.register_tokenizer(ANALYSER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def document(row: Mapping[str, Any], words: Words) -> tantivy.Document:
    """A document of the index.

    Args:
        row: as `warehouse.search.rows` reads it.
        words: the analyser.
    """
    made = tantivy.Document()
    made.add_text("doc_id", row["doc_id"])
    for name in FACETS:
        value = row[name]
        for one in value if isinstance(value, list) else [value]:
            if one:
                made.add_text(name, one)
    made.add_boolean("relevant", bool(row["relevant"]))
    if row["dated_at"] is not None:
        made.add_integer("at", int(row["dated_at"].timestamp()))
    if row["day"] is not None:
        made.add_integer("day", row["day"].toordinal())
    title, title_stems = words.read(row["title"] or "")
    text, text_stems = words.read(row["text"] or "")
    made.add_text("exact", " ".join([*title, BORDER, *text]))
    made.add_text("stem", " ".join(title_stems + text_stems))
    made.add_text("title", " ".join(title))
    made.add_text("title_stem", " ".join(title_stems))
    made.add_bytes("shown", _shown(row))
    return made


def _shown(row: Mapping[str, Any]) -> bytes:
    day, moment = row["day"], row["dated_at"]
    facts = {
        **{name: row[name] for name in ("title", "text", "url", *FACETS)},
        "day": day.isoformat() if day else None,
        "at": moment.isoformat() if moment else None,
    }
    return json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace")


def marker_document(marker: Marker) -> tantivy.Document:
    """The one document that is no document; no question finds it."""
    made = tantivy.Document()
    made.add_text("what", STATE)
    made.add_bytes("shown", json.dumps(asdict(marker), ensure_ascii=False).encode())
    return made
