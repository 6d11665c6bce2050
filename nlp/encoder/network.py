"""The transformer at work: arrays from a file, answers for one text at a time, numpy only.

Weights are stored as whole numbers of eight bits with one scale per row. Texts go through one by
one: the answer for a text then never depends on what else is in its batch, and nothing is padded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nlp.encoder.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.types import TextKind

LIMIT = 64  # pieces of a text that are read: headline and lead, or a whole comment
HEADS = 12
_EPSILON = 1e-12
# How the network is told what it reads.
_KIND_WORDS: Mapping[str, str] = {
    "complaint": "aduan", "news": "berita", "social": "unggahan", "comment": "komentar",
}  # fmt: skip
MATRICES = ("qkv", "out", "up", "down")


def wording(text: str, kind: TextKind | str, title: str | None) -> str:
    """The words the network reads of a text: its kind, its headline (or the one it answers), itself."""
    return f"{_KIND_WORDS[kind]}: {title + '. ' if title else ''}{text}"


@dataclass(frozen=True, slots=True)
class _Layer:
    qkv: Any
    qkv_bias: Any
    out: Any
    out_bias: Any
    attention_norm: Any
    up: Any
    up_bias: Any
    down: Any
    down_bias: Any
    norm: Any


class Encoder:
    """Answers questions about texts; read only, so any number of threads may use it.

    Attributes:
        answers: the answers it knows, by question.
        trained: ids of the corpus texts it was trained on.

    Args:
        arrays: as `nlp.training.encoder.packing` writes them.
    """

    def __init__(self, arrays: Mapping[str, Any]) -> None:
        import numpy as np

        def plain(name: str) -> Any:  # noqa: ANN401 - an array
            return np.asarray(arrays[name], np.float32)

        def matrix(name: str) -> Any:  # noqa: ANN401 - an array
            scaled = arrays[name].astype(np.float32) * arrays[f"{name}_scale"].astype(np.float32)[:, None]
            return np.ascontiguousarray(scaled.T)

        def lines(name: str) -> list[str]:
            return bytes(arrays[name]).decode().split("\n")

        self.answers = {question: tuple(lines(f"answers_{question}")) for question in lines("questions")}
        self.trained = frozenset(lines("trained"))
        self._pieces = Pieces(lines("pieces"), arrays["scores"].tolist())
        self._embedding, self._scale = arrays["embedding"], plain("embedding_scale")
        self._position, self._norm = plain("position"), plain("norm")
        self._layers = [
            _Layer(
                matrix(f"{i}_qkv"), plain(f"{i}_qkv_bias"), matrix(f"{i}_out"), plain(f"{i}_out_bias"),
                plain(f"{i}_attention_norm"), matrix(f"{i}_up"), plain(f"{i}_up_bias"),
                matrix(f"{i}_down"), plain(f"{i}_down_bias"), plain(f"{i}_norm"),
            )
            for i in range(int(arrays["layers"]))
        ]  # fmt: skip
        self._weights, self._bias = plain("heads"), plain("heads_bias")
        self._columns: dict[str, slice] = {}
        first = 0
        for name, answers in self.answers.items():
            self._columns[name] = slice(first, first + len(answers))
            first += len(answers)

    def margins(self, texts: Sequence[str], classes: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Margins by question (len(texts), number of classes).

        Args:
            texts: worded by `wording`.
            classes: by question, the answers in the order wanted; one that the encoder does not know
                gets its lowest margin of each text.
        """
        import numpy as np
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1, "blas"):  # texts are short: more threads only wait for each other
            found = np.stack([self._read(text) @ self._weights + self._bias for text in texts])
        return {
            name: _in_order(found[:, self._columns[name]], self.answers[name], wanted)
            for name, wanted in classes.items()
        }

    def _read(self, text: str) -> Any:  # noqa: ANN401 - an array
        """The meaning of a text as one vector: the mean over its pieces."""
        import numpy as np

        ids = self._pieces.ids(text, LIMIT)
        x = self._embedding[ids].astype(np.float32) * self._scale[ids][:, None]
        x = _normalised(x + self._position[: len(ids)], self._norm)
        for layer in self._layers:
            x = _normalised(x + _attention(x, layer) @ layer.out + layer.out_bias, layer.attention_norm)
            x = _normalised(
                x + _gelu(x @ layer.up + layer.up_bias) @ layer.down + layer.down_bias, layer.norm
            )
        return x.mean(axis=0)


def _in_order(margins: Any, answers: Sequence[str], wanted: Sequence[str]) -> Any:  # noqa: ANN401 - arrays
    import numpy as np

    known = {answer: i for i, answer in enumerate(answers)}
    lowest = margins.min(axis=1)
    return np.stack([margins[:, known[name]] if name in known else lowest for name in wanted], axis=1)


def _attention(x: Any, layer: _Layer) -> Any:  # noqa: ANN401 - arrays
    import numpy as np

    size, width = x.shape
    parts = (x @ layer.qkv + layer.qkv_bias).reshape(size, 3, HEADS, width // HEADS).transpose(1, 2, 0, 3)
    query, key, value = parts
    shares = query @ key.transpose(0, 2, 1) * np.float32((width // HEADS) ** -0.5)
    shares = np.exp(shares - shares.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return (shares @ value).transpose(1, 0, 2).reshape(size, width)


def _normalised(x: Any, norm: Any) -> Any:  # noqa: ANN401 - arrays
    """Layer normalisation; `norm` holds weight and bias."""
    import numpy as np

    centred = x - x.mean(axis=-1, keepdims=True)
    deviation = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(_EPSILON))
    return centred / deviation * norm[0] + norm[1]


def _gelu(x: Any) -> Any:  # noqa: ANN401 - arrays
    """Gaussian error linear unit, tanh form (D. Hendrycks and K. Gimpel, 2016)."""
    import numpy as np

    return 0.5 * x * (1.0 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))
