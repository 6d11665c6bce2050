"""Models that this installation trains itself: from what people corrected, adopted only if no slice drops.

`<home>/models/current` is in force when it exists and fits this version of the program, otherwise the
bundled models are. Training writes `<home>/models/challenger`; adopting it moves it into force.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from config import Config, ratchet
from nlp import Analyzer
from nlp.ratchet import LOWER_IS_BETTER, SLACK, measured
from nlp.trained import BUNDLED, ENCODER, ModelError, check_folder
from pipelines.settings import Settings, new_run_id
from warehouse import Lake, LakeError
from warehouse.store import RunRow, corrected_documents, record_run

CURRENT, CHALLENGER, BEFORE = "current", "challenger", "before"
log = logging.getLogger(__name__)


def models_in_force(settings: Settings) -> Path:
    """The folder whose models label texts here.

    Models of this installation that do not fit the program any more (an upgrade changed what models
    see) are passed over with a line in the log: labels from the bundled ones are better than none.
    """
    own = settings.models / CURRENT
    if not own.is_dir():
        return BUNDLED
    try:
        check_folder(own)
    except ModelError as err:
        log.warning("Model %s tidak dapat dipakai (%s); model bawaan dipakai.", own, err)
        return BUNDLED
    return own


def load_analyzer(settings: Settings, *, encoder: bool = True) -> Analyzer:
    """The analyser with the models in force; their encoder only if asked for and not `Settings.fast`."""
    use = encoder and not settings.fast
    return Analyzer.load(settings.config, models_in_force(settings), encoder=use)


def version_in_force(settings: Settings) -> str:
    """The version of that analyser, without loading it."""
    return Analyzer.version_of(settings.config, models_in_force(settings), encoder=not settings.fast)


def train_here(
    settings: Settings, data: Path | None, out: Path, encoder: Path | None = None
) -> tuple[str, int]:
    """Train models from the corpus, open data and what people corrected in this lake.

    Args:
        settings: of this installation; without a lake there are no corrections.
        data: folder of the open data sets; None trains without them.
        out: where the model folder is written.
        encoder: the encoder's file; None takes the one of the models in force, if they have one.

    Returns:
        The cross-validated figures as text, and how many corrected documents were learned from.

    Raises:
        ValueError: `encoder` is no file, or a line of the corpus or of the open data is wrong.
    """
    from nlp.training.corrections import corrected_records
    from nlp.training.run import train

    try:
        with Lake(settings.home, now=settings.now()) as lake:
            learned = corrected_records(corrected_documents(lake))
    except LakeError:
        learned = []
    if encoder is not None and not encoder.is_file():
        raise ValueError(f"Berkas encoder {encoder} tidak ada; latih dengan `pati nlp train-encoder`.")
    chosen = encoder or models_in_force(settings) / ENCODER
    began = settings.now()
    figures = train(settings.config, data, out, learned, chosen if chosen.is_file() else None)
    if learned:
        _booked(settings, began, len(learned))
    return figures, len(learned)


def _booked(settings: Settings, began: datetime, learned: int) -> None:
    """Note in the lake that models were trained: corrections from before are learned."""
    with Lake(settings.home, now=settings.now()) as lake:
        message = f"Model dilatih; {learned} dokumen terkoreksi ikut."
        record_run(
            lake,
            RunRow(
                new_run_id(), "train", began, settings.now(), "ok", learned, learned, learned, 0, 0, message
            ),
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same texts.

    Attributes:
        champion: figures of the models in force, by name.
        challenger: figures of the new ones.
        drops: figures of the challenger that are worse by more than rounding, as (before, now).
    """

    champion: Mapping[str, float]
    challenger: Mapping[str, float]
    drops: Mapping[str, tuple[float, float]]


def compare(config: Config, champion: Path, challenger: Path) -> Comparison:
    """Measure two model folders on the test split of the corpus.

    Raises:
        ModelError: one of the folders cannot be used.
    """
    before = measured(Analyzer.load(config, champion))
    now = measured(Analyzer.load(config, challenger))
    allowed = {
        name: figure + SLACK if name in LOWER_IS_BETTER else figure - SLACK for name, figure in before.items()
    }
    return Comparison(before, now, ratchet.drops(allowed, now, LOWER_IS_BETTER))


def adopt(settings: Settings) -> Path:
    """Put the challenger into force; what was in force before is kept as `before`.

    Returns:
        The folder that is in force now.
    """
    current, before = settings.models / CURRENT, settings.models / BEFORE
    if current.is_dir():
        shutil.rmtree(before, ignore_errors=True)
        current.rename(before)
    (settings.models / CHALLENGER).rename(current)
    return current
