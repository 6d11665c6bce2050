"""The encoder: pieces of words, and a network whose answer for a text depends on that text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.encoder.network import HEADS, LIMIT, Encoder, wording
from nlp.encoder.pieces import END, START, UNKNOWN, Pieces
from nlp.trained import BUNDLED, ENCODER
from nlp.training.encoder.packing import pack

if TYPE_CHECKING:
    from collections.abc import Mapping

PIECES = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "\u2581ja",
    "lan",
    "\u2581jalan",
    "\u2581",
    "r",
    "u",
    "s",
    "a",
    "k",
]
SCORES = [0.0, 0.0, 0.0, 0.0, -3.0, -3.0, -4.0, -2.0, -6.0, -6.0, -6.0, -6.0, -6.0]
ANSWERS = {"topic": ("jalan_jembatan", "sampah"), "sentiment": ("negatif", "netral", "positif")}
WIDTH, LAYERS = 2 * HEADS, 2


def names(text: str, limit: int = 20) -> list[str]:
    return [PIECES[i] for i in Pieces(PIECES, SCORES).ids(text, limit)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ["<s>", "</s>"]),
        ("jalan", ["<s>", "\u2581jalan", "</s>"]),  # -4 beats -3-3
        ("jalan  jalan", ["<s>", "\u2581jalan", "\u2581jalan", "</s>"]),
        ("rusak", ["<s>", "\u2581", "r", "u", "s", "a", "k", "</s>"]),
        ("\uff4a\uff41\uff4c\uff41\uff4e", ["<s>", "\u2581jalan", "</s>"]),  # full-width letters
        ("漢", ["<s>", "\u2581", "<unk>", "</s>"]),
    ],
)
def test_the_most_probable_pieces_are_taken(text: str, pieces: list[str]) -> None:
    assert names(text) == pieces


@given(st.text(max_size=400), st.integers(2, 40))
def test_any_text_has_pieces_within_the_limit(text: str, limit: int) -> None:
    ids = Pieces(PIECES, SCORES).ids(text, limit)
    assert ids[0] == START
    assert ids[-1] == END
    assert len(ids) <= limit
    assert all(0 <= i < len(PIECES) for i in ids)
    assert UNKNOWN not in Pieces(PIECES, SCORES).ids("jalan rusak", 30)


class Tensor:
    """An array that looks like a tensor to `pack`."""

    def __init__(self, array: Any) -> None:
        self.array = np.asarray(array, np.float32)

    def detach(self) -> Tensor:
        return self

    def numpy(self) -> Any:
        return self.array


def tensors(seed: int = 0) -> dict[str, Tensor]:
    draw = np.random.default_rng(seed)

    def some(*shape: int) -> Tensor:
        return Tensor(draw.normal(0, 0.3, shape))

    found = {
        "embedding": some(len(PIECES), WIDTH), "position": some(LIMIT, WIDTH), "norm": some(2, WIDTH),
        "heads": some(WIDTH, 5), "heads_bias": some(5),
    }  # fmt: skip
    for i in range(LAYERS):
        found |= {
            f"{i}_qkv": some(3 * WIDTH, WIDTH), f"{i}_qkv_bias": some(3 * WIDTH),
            f"{i}_out": some(WIDTH, WIDTH), f"{i}_out_bias": some(WIDTH),
            f"{i}_attention_norm": some(2, WIDTH),
            f"{i}_up": some(4 * WIDTH, WIDTH), f"{i}_up_bias": some(4 * WIDTH),
            f"{i}_down": some(WIDTH, 4 * WIDTH), f"{i}_down_bias": some(WIDTH), f"{i}_norm": some(2, WIDTH),
        }  # fmt: skip
    return found


@pytest.fixture(scope="module")
def arrays() -> Mapping[str, Any]:
    return pack(tensors(), LAYERS, PIECES, SCORES, ANSWERS, ["w1-0001"])


def test_a_packed_network_knows_its_answers_and_its_texts(arrays: Mapping[str, Any]) -> None:
    encoder = Encoder(arrays)
    assert encoder.answers == ANSWERS
    assert encoder.trained == {"w1-0001"}


def test_an_answer_depends_on_its_text_alone(arrays: Mapping[str, Any]) -> None:
    encoder = Encoder(arrays)
    texts = ["jalan rusak", "", "a", "jalan " * 500, "漢字"]
    together = encoder.margins(texts, ANSWERS)
    for i, text in enumerate(texts):
        alone = encoder.margins([text], ANSWERS)
        for question in ANSWERS:
            assert np.array_equal(alone[question][0], together[question][i])
    assert not np.allclose(together["topic"][0], together["topic"][2])


def test_word_order_matters(arrays: Mapping[str, Any]) -> None:
    found = Encoder(arrays).margins(["jalan rusak", "rusak jalan"], ANSWERS)["topic"]
    assert not np.allclose(found[0], found[1], atol=1e-4)


def test_answers_come_in_the_order_asked_for_and_unknown_ones_last(arrays: Mapping[str, Any]) -> None:
    encoder = Encoder(arrays)
    known = encoder.margins(["jalan"], ANSWERS)["topic"][0]
    asked = encoder.margins(["jalan"], {"topic": ("sampah", "pju", "jalan_jembatan")})["topic"][0]
    assert asked[0] == known[1]
    assert asked[2] == known[0]
    assert asked[1] == known.min()


def test_eight_bits_change_little(arrays: Mapping[str, Any]) -> None:
    exact = tensors()["0_up"].array
    stored = arrays["0_up"].astype(np.float32) * arrays["0_up_scale"][:, None]
    assert np.abs(exact - stored).max() <= np.abs(exact).max() / 127


@pytest.mark.parametrize(
    ("kind", "title", "worded"),
    [
        ("complaint", None, "aduan: rusak"),
        ("news", "Jalan", "berita: Jalan. rusak"),
        ("comment", "Jalan", "komentar: Jalan. rusak"),
        ("social", None, "unggahan: rusak"),
    ],
)
def test_the_network_is_told_what_it_reads(kind: str, title: str | None, worded: str) -> None:
    assert wording("rusak", kind, title) == worded


def test_the_bundled_files_are_small_enough_to_ship() -> None:
    sizes = [path.stat().st_size for path in BUNDLED.iterdir()]
    assert (BUNDLED / ENCODER).is_file()
    assert sum(sizes) < 40 * 1024**2
