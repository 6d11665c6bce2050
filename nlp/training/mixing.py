"""How much the encoder's word counts beside the linear models', by question."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from nlp.corpus.split import held_out, place
from nlp.encoder.network import Encoder, wording
from nlp.trained import SURE, Mix, sure
from nlp.training.fitting import confidence_knots, shares, shares_of, weigh
from nlp.training.samples import target

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from nlp.corpus.records import Record
    from nlp.training.artefacts import Calibrated
    from nlp.training.fitting import Floats
    from nlp.training.samples import Extra

_MOST = 3000  # texts on which both are weighed; the encoder needs a minute for each two thousand


def mix_of(
    linear: Floats, encoder: Floats, classes: Sequence[str], targets: Sequence[str], *, knots: bool = False
) -> Mix:
    """Weigh both kinds of models on texts that neither was trained on.

    Args:
        linear: margins (texts, answers).
        encoder: likewise, answers in the same order.
        classes: the answers.
        targets: the right answer of each text.
        knots: also measure how often the best answer is right by its share.
    """
    factors, offsets = weigh([linear, encoder], classes, targets)
    points: tuple[tuple[float, float], ...] = ()
    if knots:
        found = shares_of([linear, encoder], factors, offsets)
        right = np.asarray(classes)[found.argmax(axis=1)] == np.asarray(targets)
        points = confidence_knots(found.max(axis=1), right)
    return Mix((float(factors[0]), float(factors[1])), tuple(map(float, offsets)), points)


def with_encoder(
    blob: bytes, heads: Sequence[Calibrated], margins: Mapping[str, Floats], records: Sequence[Record],
    outside: tuple[Sequence[Extra], Floats],
) -> tuple[list[Calibrated], dict[str, Floats], list[int]]:  # fmt: skip
    """Weigh an encoder beside trained heads, on texts that trained neither.

    Args:
        blob: the encoder's file.
        heads: the linear heads.
        margins: their held-out margins of all corpus texts, by head.
        records: the corpus texts.
        outside: sentences of other sets, and the general head's margins of them.

    Returns:
        The heads with their mixes; probabilities of all texts by head, mixed for the fresh ones; and
        which texts are fresh.
    """
    with np.load(io.BytesIO(blob), allow_pickle=False) as arrays:
        encoder = Encoder(dict(arrays))
    fresh = _fresh(records, encoder.trained)
    classes = {head.name: head.fitted.classes for head in heads if head.name in encoder.answers}
    read = encoder.margins([_worded(records[i]) for i in fresh], classes)
    away = encoder.margins([wording(e.text, e.kind, None) for e in outside[0]], classes) if outside[0] else {}
    found, both = [], {}
    for head in heads:
        both[head.name] = shares(margins[head.name], head.temperature, head.offsets)
        if head.name == "general" and away:
            mix = mix_of(outside[1], away["general"], head.fitted.classes, [e.stance for e in outside[0]])
        elif head.name in classes and head.name != "general":
            right = [target(head.name, records[i]) for i in fresh]
            known = [at for at, answer in enumerate(right) if answer]
            own = margins[head.name][[fresh[at] for at in known]]
            answers = [answer for answer in right if answer]
            mix = mix_of(
                own, read[head.name][known], head.fitted.classes, answers, knots=head.name == "topic"
            )
        else:
            found.append(head)
            continue
        found.append(replace(head, mix=mix))
        sources = [margins[head.name][fresh], read[head.name]]
        both[head.name][fresh] = shares_of(sources, mix.factors, np.asarray(mix.offsets))
    topic = next(head for head in found if head.name == "topic")
    both[SURE] = sure(both["topic"], topic.mix.knots if topic.mix else topic.knots)
    return found, both, fresh


def _fresh(records: Sequence[Record], trained: Collection[str]) -> list[int]:
    """Texts the encoder was not trained on: those that it held out, and others up to `_MOST`, by hash."""
    unseen = [i for i, record in enumerate(records) if record.id not in trained]
    unseen.sort(key=lambda i: (not held_out(records[i]), place("mix:" + records[i].id)))
    return sorted(unseen[:_MOST])


def _worded(record: Record) -> str:
    return wording(record.text, record.kind, record.title)
