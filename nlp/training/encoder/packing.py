"""Trained tensors to the arrays that `nlp.encoder.network` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.encoder.network import MATRICES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def pack(
    tensors: Mapping[str, Any],
    layers: int,
    pieces: Sequence[str],
    scores: Any,  # noqa: ANN401 - an array
    answers: Mapping[str, Sequence[str]],
    trained: Sequence[str],
) -> dict[str, Any]:
    """Arrays by name: matrices in eight bits with a scale per row, the rest in sixteen.

    Args:
        tensors: as `nlp.training.encoder.fitting.fit` returns them.
        layers: of the network.
        pieces: in the order of the embedding.
        scores: of the pieces.
        answers: by question, in the order of the heads' columns.
        trained: ids of the corpus texts that trained the network.
    """
    arrays: dict[str, Any] = {
        "layers": np.asarray(layers),
        "pieces": _lines(pieces),
        "questions": _lines(answers),
        "trained": _lines(sorted(trained)),
        **{f"answers_{question}": _lines(known) for question, known in answers.items()},
        "scores": np.asarray(scores, np.float32),
    }
    for name, tensor in tensors.items():
        values = tensor.detach().numpy()
        if name == "embedding" or name.partition("_")[2] in MATRICES:
            scale = np.maximum(np.abs(values).max(axis=1), 1e-8) / 127.0
            arrays[name] = np.rint(values / scale[:, None]).astype(np.int8)
            arrays[f"{name}_scale"] = scale.astype(np.float32)
        else:
            arrays[name] = values.astype(np.float32 if name.startswith("heads") else np.float16)
    return arrays


def _lines(words: Iterable[str]) -> Any:  # noqa: ANN401 - an array
    return np.frombuffer("\n".join(words).encode(), np.uint8)
