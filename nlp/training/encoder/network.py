"""The network of `nlp.encoder.network` in PyTorch, for training: the same arithmetic, in batches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.encoder.network import HEADS, LIMIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from nlp.training.encoder.base import Base

_EPSILON = 1e-12
DROPOUT = 0.1


def parameters(base: Base, kept: NDArray[np.int64], layers: int, answers: int) -> dict[str, Any]:
    """Tensors to train, by the names of the packed file.

    Args:
        base: the pretrained network.
        kept: ids of the pieces that are kept.
        layers: how many of the first layers are kept.
        answers: columns of the heads, which start at zero.
    """
    import torch

    width = base.width
    found: dict[str, Any] = {
        "embedding": base.arrays["emb.word"].reshape(-1, width)[kept],
        "position": base.arrays["emb.pos"].reshape(-1, width)[:LIMIT] + base.arrays["emb.type"][:width],
        "norm": _norm(base, "emb.ln"),
        "heads": np.zeros((width, answers), np.float32),
        "heads_bias": np.zeros(answers, np.float32),
    }
    for i in range(layers):
        at = f"l{i}"
        found |= {
            f"{i}_qkv": np.concatenate([base.matrix(f"{at}.{part}.w") for part in "qkv"]),
            f"{i}_qkv_bias": np.concatenate([base.arrays[f"{at}.{part}.b"] for part in "qkv"]),
            f"{i}_out": base.matrix(f"{at}.ao.w"),
            f"{i}_out_bias": base.arrays[f"{at}.ao.b"],
            f"{i}_attention_norm": _norm(base, f"{at}.aln"),
            f"{i}_up": base.matrix(f"{at}.fi.w"),
            f"{i}_up_bias": base.arrays[f"{at}.fi.b"],
            f"{i}_down": base.matrix(f"{at}.fo.w"),
            f"{i}_down_bias": base.arrays[f"{at}.fo.b"],
            f"{i}_norm": _norm(base, f"{at}.oln"),
        }
    return {name: torch.tensor(np.ascontiguousarray(array)).requires_grad_() for name, array in found.items()}


def _norm(base: Base, name: str) -> NDArray[np.float32]:
    return np.stack([base.arrays[f"{name}.w"], base.arrays[f"{name}.b"]])


def read(tensors: dict[str, Any], layers: int, batch: Sequence[Sequence[int]], *, training: bool) -> Any:  # noqa: ANN401 - a tensor
    """Margins (texts, answers) of a batch of piece ids."""
    import torch
    from torch.nn import functional

    longest = max(map(len, batch))
    ids = torch.tensor([[*text, *[1] * (longest - len(text))] for text in batch])
    there = torch.tensor([[True] * len(text) + [False] * (longest - len(text)) for text in batch])
    blocked = torch.zeros(there.shape).masked_fill(~there, -1e9)[:, None, None, :]

    def dropped(x: Any) -> Any:  # noqa: ANN401 - tensors
        return functional.dropout(x, DROPOUT, training)

    def normalised(x: Any, name: str) -> Any:  # noqa: ANN401 - tensors
        weight, bias = tensors[name]
        return functional.layer_norm(x, weight.shape, weight, bias, _EPSILON)

    x = functional.embedding(ids, tensors["embedding"]) + tensors["position"][:longest]
    x = dropped(normalised(x, "norm"))
    for i in range(layers):
        size, length, width = x.shape
        qkv = functional.linear(x, tensors[f"{i}_qkv"], tensors[f"{i}_qkv_bias"])
        query, key, value = qkv.view(size, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=blocked)
        seen = seen.transpose(1, 2).reshape(size, length, width)
        out = functional.linear(seen, tensors[f"{i}_out"], tensors[f"{i}_out_bias"])
        x = normalised(x + dropped(out), f"{i}_attention_norm")
        up = functional.gelu(
            functional.linear(x, tensors[f"{i}_up"], tensors[f"{i}_up_bias"]), approximate="tanh"
        )
        down = functional.linear(up, tensors[f"{i}_down"], tensors[f"{i}_down_bias"])
        x = normalised(x + dropped(down), f"{i}_norm")
    share = there[..., None].float()
    mean = (x * share).sum(1) / share.sum(1)
    return dropped(mean) @ tensors["heads"] + tensors["heads_bias"]
