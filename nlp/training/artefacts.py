"""Writing a model folder: plain arrays and a manifest, byte for byte the same for the same input."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.features import BLOCKS
from nlp.trained import FORMAT, MANIFEST, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from nlp.training.fitting import Fitted, Floats

_SMALLEST = 0.004  # smaller weights change no decision; zeros compress


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A head with its calibration."""

    name: str
    fitted: Fitted
    temperature: float
    offsets: Floats
    knots: tuple[tuple[float, float], ...] = ()


def save(
    folder: Path,
    terms: Sequence[Sequence[str]],
    idf: Any,  # noqa: ANN401 - an array
    heads: Sequence[Calibrated],
    about: Mapping[str, Any],
) -> None:
    """Write `weights.npz` and `manifest.json`.

    Args:
        folder: made when missing.
        terms: by block of `nlp.features.BLOCKS`.
        idf: per term.
        heads: in the order of their columns.
        about: the rest of the manifest (values, thresholds, data, metrics, versions).
    """
    weights = np.hstack([head.fitted.weights for head in heads])
    weights[np.abs(weights) < _SMALLEST] = 0.0
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-6) / 2.0
    arrays: dict[str, Any] = {
        "weights": (weights / scales).astype(np.float16),
        "scales": scales.astype(np.float32),
        "intercepts": np.concatenate([head.fitted.intercepts for head in heads]).astype(np.float32),
        "idf": idf,
    }
    for block, chosen in zip(BLOCKS, terms, strict=True):
        arrays[f"terms_{block}"] = np.frombuffer("\n".join(chosen).encode(), np.uint8)
    blob = io.BytesIO()
    np.savez_compressed(blob, **arrays)
    manifest = {
        "format": FORMAT,
        "sha256": {WEIGHTS: hashlib.sha256(blob.getvalue()).hexdigest()},
        "heads": _describe(heads),
        **about,
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / WEIGHTS).write_bytes(blob.getvalue())
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _describe(heads: Sequence[Calibrated]) -> dict[str, Any]:
    described, first = {}, 0
    for head in heads:
        described[head.name] = {
            "classes": list(head.fitted.classes),
            "first": first,
            "temperature": round(head.temperature, 6),
            "knots": [list(knot) for knot in head.knots],
            "offsets": [round(float(offset), 6) for offset in head.offsets],
        }
        first += len(head.fitted.classes)
    return described
