"""A set of stories written by hand, in two halves, and how well a grouping agrees with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
START = datetime(2026, 3, 2, tzinfo=UTC)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def read(half: str) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Articles of one half as linking reads them, without labels, and the story of each.

    Args:
        half: ``develop`` (the rule was made with it) or ``held`` (written after, only measured).
    """
    rows, gold = [], {}
    for number, story in enumerate(yaml.safe_load((FOLDER / f"{half}.yaml").read_text(encoding="utf-8"))):
        texts: list[str] = []
        for one in story["articles"]:
            texts.append(_text(one, texts))
            doc_id = f"{half[0]}{number:02}-{len(texts):02}"
            gold[doc_id] = number
            rows.append(
                {
                    "doc_id": doc_id, "source_id": one["source"], "title": one["title"], "text": texts[-1],
                    "dated_at": START + timedelta(days=one["day"]), "kecamatan_all": [], "topic": "",
                    "gold_topic": story["topic"], "gold_place": story["place"],
                }
            )  # fmt: skip
    return rows, gold


def _text(one: Mapping[str, Any], earlier: list[str]) -> str:
    """The text, or an earlier one of the story again: without its last sentences, with one more."""
    if "text" in one:
        return str(one["text"])
    sentences = _SENTENCE.split(earlier[one["repeat"]])
    kept = sentences[: len(sentences) - one.get("drop", 0)]
    return " ".join([*kept, one.get("add", "")]).strip()


def b_cubed(found: Mapping[str, str], gold: Mapping[str, int]) -> tuple[float, float, float]:
    """Precision, recall and F1 after Bagga and Baldwin (1998): averaged over articles.

    Args:
        found: group of each article.
        gold: story of each article.
    """
    precision = recall = 0.0
    for one in gold:
        together = {other for other in gold if found[other] == found[one]}
        story = {other for other in gold if gold[other] == gold[one]}
        precision += len(together & story) / len(together) / len(gold)
        recall += len(together & story) / len(story) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)
