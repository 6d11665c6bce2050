"""The trained models at work: arrays from a folder, probabilities for a batch.

A model folder holds `weights.npz` (numbers and vocabularies as plain arrays, no pickle) and
`manifest.json` (their SHA-256, the classes of each head, calibration, where the data came from).
All heads are linear and share one matrix of features, so a batch costs one product.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.features import BLOCKS, Vectoriser

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.features import Sample

BUNDLED = Path(__file__).parent / "models"
WEIGHTS, MANIFEST = "weights.npz", "manifest.json"
_TELLING = 0.02  # a word that moves the margin less is not named
FORMAT = 1  # raised when features or files change so that old folders must not be used


class ModelError(ValueError):
    """A model folder cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Head:
    """One question the models answer.

    Attributes:
        name: relevance, topic, opd, sentiment ...
        classes: the answers.
        first: column of the first answer in the weights.
        temperature: margins are divided by it before they become probabilities.
        offsets: added per answer after that.
        knots: (share, how often right) of the best answer, rising; empty = the share itself.
    """

    name: str
    classes: tuple[str, ...]
    first: int
    temperature: float
    offsets: tuple[float, ...]
    knots: tuple[tuple[float, float], ...] = ()

    def sure(self, share: float) -> float:
        """How often an answer with this share of the probability is right."""
        if not self.knots:
            return share
        import numpy as np

        return float(np.interp(share, [x for x, _ in self.knots], [y for _, y in self.knots]))


@dataclass(frozen=True, slots=True)
class Setup:
    """What is needed to decide from probabilities.

    Attributes:
        heads: by name.
        thresholds: decision thresholds and shares by name.
    """

    heads: Mapping[str, Head]
    thresholds: Mapping[str, float]


class Trained:
    """Models loaded from a folder; read only, so any number of threads may use them.

    Attributes:
        manifest: `manifest.json` as read.
        fingerprint: SHA-256 of both files together.
        setup: heads, prior and thresholds.
    """

    def __init__(self, folder: Path) -> None:
        import numpy as np

        self.manifest, blob, self.fingerprint = _read(folder)
        with blob:
            arrays = np.load(blob, allow_pickle=False)
            vocabularies = [bytes(arrays[f"terms_{block}"]).decode().split("\n") for block in BLOCKS]
            self._weights = arrays["weights"].astype(np.float32) * arrays["scales"].astype(np.float32)
            self._intercepts = arrays["intercepts"].astype(np.float32)
            idf = arrays["idf"].astype(np.float32)
        self._vectoriser = Vectoriser(vocabularies, idf, self.manifest["values"])
        heads = {
            name: Head(
                name,
                tuple(h["classes"]),
                h["first"],
                h["temperature"],
                tuple(h["offsets"]),
                tuple(map(tuple, h["knots"])),
            )
            for name, h in self.manifest["heads"].items()
        }
        self.setup = Setup(heads, self.manifest["thresholds"])
        self._terms = vocabularies

    def predict(self, samples: Sequence[Sample]) -> tuple[dict[str, Any], Any]:
        """Answer every question for a batch.

        Returns:
            Probabilities by head (len(samples), number of classes), and the feature rows, which
            `words` explains.
        """
        import numpy as np

        rows = self._vectoriser.rows(samples)
        margins = np.asarray(rows @ self._weights) + self._intercepts
        return {name: probabilities(margins, head) for name, head in self.setup.heads.items()}, rows

    def words(self, rows: Any, at: int, head: str, answer: str, limit: int = 3) -> list[str]:  # noqa: ANN401 - a scipy matrix
        """The words of text `at` that spoke most for an answer, strongest first."""
        found = self.setup.heads[head]
        column = found.first + found.classes.index(answer)
        start, end = rows.indptr[at], rows.indptr[at + 1]
        indices = rows.indices[start:end]
        first = indices < self._vectoriser.starts[1]  # the block of words stands first
        indices = indices[first]
        weighed = rows.data[start:end][first] * self._weights[indices, column]
        best = (-weighed).argsort(kind="stable")[:limit]
        terms = self._terms[0]
        return [terms[indices[i]].replace("NOT_", "tidak ") for i in best if weighed[i] > _TELLING]


def probabilities(margins: Any, head: Head) -> Any:  # noqa: ANN401 - numpy is imported lazily
    """Calibrated probabilities of one head from the margins of all heads."""
    import numpy as np

    own = margins[:, head.first : head.first + len(head.classes)]
    scaled = own / head.temperature + np.asarray(head.offsets, np.float32)
    scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return scaled / scaled.sum(axis=1, keepdims=True)


def check_folder(folder: Path) -> None:
    """Check that a folder holds models that this version can use.

    Raises:
        ModelError: files are missing, changed, or of another format.
    """
    _read(folder)


def _read(folder: Path) -> tuple[Mapping[str, Any], Any, str]:
    """Read both files and check that they belong together."""
    import io

    try:
        text = (folder / MANIFEST).read_bytes()
        blob = (folder / WEIGHTS).read_bytes()
    except OSError as error:
        raise ModelError(
            f"the model folder {folder} has no readable {Path(str(error.filename)).name}: "
            "train one with `pati nlp train` or leave the folder out to use the bundled models"
        ) from None
    try:
        manifest = json.loads(text)
        wanted, made = str(manifest["sha256"][WEIGHTS]), int(manifest["format"])
    except (ValueError, KeyError, TypeError):
        raise ModelError(f"{folder / MANIFEST} is not a model manifest: train the models again") from None
    if made != FORMAT:
        raise ModelError(
            f"the models in {folder} have format {made}, this version needs {FORMAT}: train them again"
        )
    if hashlib.sha256(blob).hexdigest() != wanted:
        raise ModelError(
            f"{folder / WEIGHTS} is not the file that {MANIFEST} describes (SHA-256 differs): "
            "restore both files or train the models again"
        )
    return manifest, io.BytesIO(blob), hashlib.sha256(text + blob).hexdigest()
