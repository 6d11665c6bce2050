"""Writing a model folder: plain arrays and a manifest, byte for byte the same for the same input."""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.features import BLOCKS
from nlp.trained import ENCODER, FORMAT, MANIFEST, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from nlp.trained import Mix
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
    mix: Mix | None = None


def save(
    folder: Path,
    terms: Sequence[Sequence[str]],
    idf: Any,  # noqa: ANN401 - an array
    heads: Sequence[Calibrated],
    about: Mapping[str, Any],
    encoder: bytes | None = None,
) -> None:
    """Write `weights.npz`, `manifest.json` and, where there is one, `encoder.npz`.

    Args:
        folder: made when missing.
        terms: by block of `nlp.features.BLOCKS`.
        idf: per term.
        heads: in the order of their columns.
        about: the rest of the manifest (values, thresholds, data, metrics, versions).
        encoder: the encoder's file.
    """
    weights = np.hstack([head.fitted.weights for head in heads])
    weights[np.abs(weights) < _SMALLEST] = 0.0
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-6)
    # eight bits on a curve: small weights are many and together decide, so they keep their differences
    curved = np.sign(weights) * np.sqrt(np.abs(weights) / scales)
    arrays: dict[str, Any] = {
        "weights": np.rint(127.0 * curved).astype(np.int8),
        "scales": scales.astype(np.float32),
        "intercepts": np.concatenate([head.fitted.intercepts for head in heads]).astype(np.float32),
        "idf": idf,
    }
    for block, chosen in zip(BLOCKS, terms, strict=True):
        arrays[f"terms_{block}"] = np.frombuffer("\n".join(chosen).encode(), np.uint8)
    blob = io.BytesIO()
    np.savez_compressed(blob, **arrays)
    files = {WEIGHTS: blob.getvalue()} | ({ENCODER: encoder} if encoder else {})
    manifest = {
        "format": FORMAT,
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        "heads": _describe(heads),
        **about,
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _describe(heads: Sequence[Calibrated]) -> dict[str, Any]:
    described: dict[str, dict[str, Any]] = {}
    first = 0
    for head in heads:
        described[head.name] = {
            "classes": list(head.fitted.classes),
            "first": first,
            "temperature": round(head.temperature, 6),
            "knots": [list(knot) for knot in head.knots],
            "offsets": [round(float(offset), 6) for offset in head.offsets],
        }
        if head.mix:
            described[head.name]["mix"] = {
                "factors": [round(factor, 6) for factor in head.mix.factors],
                "offsets": [round(offset, 6) for offset in head.mix.offsets],
                "knots": [list(knot) for knot in head.mix.knots],
            }
        first += len(head.fitted.classes)
    return described
