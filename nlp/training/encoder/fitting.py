"""Training the encoder on our corpus and on open sentences whose stance is known."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from nlp.encoder.network import LIMIT, wording
from nlp.encoder.pieces import END, PAD, START, UNKNOWN, Pieces
from nlp.training.encoder.network import parameters, read
from nlp.training.measure import STANCES
from nlp.training.samples import target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nlp.corpus.records import Record
    from nlp.training.encoder.base import Base
    from nlp.training.samples import Extra

QUESTIONS = ("topic", "opd", "sentiment", "general")
_NOTHING = -100  # no answer known: costs nothing


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast.

    Attributes:
        layers: first layers of the pretrained network that are kept.
        epochs: times through our texts.
        rate: highest step size, reached after a tenth of the steps and falling to nothing.
        batch: texts in a step.
        others: open sentences drawn anew in each epoch.
        smoothing: of the right answer's share: labels are sometimes wrong.
        seed: of everything drawn.
    """

    layers: int = 12
    epochs: int = 3
    rate: float = 2.5e-4
    batch: int = 32
    others: int = 3000
    smoothing: float = 0.05
    seed: int = 20260101


@dataclass(frozen=True, slots=True)
class Example:
    """One text as the network sees it.

    Attributes:
        ids: of its pieces.
        answers: index of the right answer by question, `_NOTHING` where none is known.
        no_neutral: the set it comes from knows only praise and blame.
    """

    ids: tuple[int, ...]
    answers: tuple[int, ...]
    no_neutral: bool = False


def answers_of(records: Sequence[Record]) -> dict[str, tuple[str, ...]]:
    """The possible answers by question."""
    return {
        **{
            question: tuple(sorted({answer for r in records if (answer := target(question, r))}))
            for question in ("topic", "opd")
        },
        "sentiment": STANCES,
        "general": STANCES,
    }


def examples(
    records: Sequence[Record], others: Sequence[tuple[Extra, bool]], pieces: Pieces,
    answers: Mapping[str, Sequence[str]],
) -> tuple[list[Example], list[Example]]:  # fmt: skip
    """Our texts and the open sentences (with whether their set lacks a neutral class)."""

    def index(question: str, answer: str | None) -> int:
        return answers[question].index(answer) if answer in answers[question] else _NOTHING

    ours = [
        Example(
            tuple(pieces.ids(wording(r.text, r.kind, r.title), LIMIT)),
            (
                *(index(question, target(question, r)) for question in QUESTIONS[:-1]),
                _NOTHING,
            ),
        )
        for r in records
    ]
    theirs = [
        Example(
            tuple(pieces.ids(wording(extra.text, extra.kind, None), LIMIT)),
            (_NOTHING, _NOTHING, _NOTHING, index("general", extra.stance)),
            no_neutral,
        )
        for extra, no_neutral in others
    ]
    return ours, theirs


def batches(items: Sequence[Example], size: int, draw: random.Random) -> Iterator[list[Example]]:
    """Batches of texts about equally long, in random order."""
    order = list(range(len(items)))
    draw.shuffle(order)
    found = []
    for start in range(0, len(order), 20 * size):
        part = sorted(order[start : start + 20 * size], key=lambda i: len(items[i].ids))
        found += [part[at : at + size] for at in range(0, len(part), size)]
    draw.shuffle(found)
    for chosen in found:
        yield [items[i] for i in chosen]


def fit(
    base: Base, kept: np.ndarray[Any, np.dtype[np.int64]], ours: Sequence[Example], theirs: Sequence[Example],
    sizes: Sequence[int], plan: Plan, tell: Callable[[str], None],
) -> dict[str, Any]:  # fmt: skip
    """Train; the same input on the same machine gives the same tensors.

    Args:
        base: the pretrained network.
        kept: ids of its pieces that are kept, in the order of the new ids.
        ours: texts of the corpus.
        theirs: open sentences.
        sizes: number of answers by question.
        plan: how long and how fast.
        tell: is called with a line about every hundredth step.
    """
    import torch

    torch.manual_seed(plan.seed)
    torch.use_deterministic_algorithms(mode=True)
    draw = random.Random(plan.seed)  # noqa: S311 - no secret
    tensors = parameters(base, kept, plan.layers, sum(sizes))
    heads = [tensor for name, tensor in tensors.items() if name.startswith("heads")]
    body = [tensor for name, tensor in tensors.items() if not name.startswith("heads")]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": plan.rate}, {"params": heads, "lr": 10 * plan.rate}],
        weight_decay=0.01,
        fused=True,
    )
    per_epoch = -(-(len(ours) + min(plan.others, len(theirs))) // plan.batch)
    steps = per_epoch * plan.epochs + plan.epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / (0.1 * steps)) * max(0.02, (steps - step) / steps)
    )
    done, total = 0, 0.0
    for epoch in range(plan.epochs):
        items = [*ours, *draw.sample(list(theirs), min(plan.others, len(theirs)))]
        for batch in batches(items, plan.batch, draw):
            with torch.autocast("cpu", dtype=torch.bfloat16):  # products in half the bits: a quarter faster
                margins = read(tensors, plan.layers, [example.ids for example in batch], training=True)
            loss = _loss(margins.float(), batch, sizes, plan.smoothing)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*body, *heads], 1.0)
            optimiser.step()
            schedule.step()
            done, total = done + 1, total + float(loss.detach())
            if done % 100 == 0:
                tell(f"putaran {epoch + 1}/{plan.epochs}, langkah {done}/{steps}: galat {total / 100:.3f}")
                total = 0.0
    return tensors


def _loss(margins: Any, batch: Sequence[Example], sizes: Sequence[int], smoothing: float) -> Any:  # noqa: ANN401 - tensors
    import torch
    from torch.nn import functional

    loss, first = torch.zeros(()), 0
    for question, size in enumerate(sizes):
        part = margins[:, first : first + size]
        first += size
        known = [i for i, example in enumerate(batch) if example.answers[question] != _NOTHING]
        if not known:
            continue
        for binary in (False, True):
            chosen = [i for i in known if batch[i].no_neutral == binary]
            if not chosen:
                continue
            columns = [at for at in range(size) if not binary or at != STANCES.index("netral")]
            right = torch.tensor([columns.index(batch[i].answers[question]) for i in chosen])
            cost = functional.cross_entropy(part[chosen][:, columns], right, label_smoothing=smoothing)
            loss = loss + len(chosen) / len(batch) * cost
    return loss


def kept_pieces(base: Base, texts: Sequence[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Ids of the pieces that occur in texts, of single letters, and of the four that mean something."""
    everything = Pieces(base.pieces, base.scores.tolist())
    used = {START, PAD, END, UNKNOWN}
    for text in texts:
        used.update(everything.ids(text, LIMIT))
    used.update(
        i for i, piece in enumerate(base.pieces) if len(piece.strip("\u2581")) <= 1 and piece.isascii()
    )
    return np.asarray(sorted(used), np.int64)
