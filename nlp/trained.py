"""The trained models at work: arrays from a folder, probabilities for a batch.

A model folder holds `weights.npz` (numbers and vocabularies as plain arrays, no pickle), perhaps
`encoder.npz`, and `manifest.json` (their SHA-256, the classes of each head, calibration, where the
data came from). All heads are linear and share one matrix of features, so a batch costs one
product. Texts of which they are not sure are read by the encoder too, whose margins are added.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.encoder.network import Encoder, wording
from nlp.features import BLOCKS, Vectoriser

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nlp.features import Sample

BUNDLED = Path(__file__).parent / "models"
WEIGHTS, MANIFEST, ENCODER = "weights.npz", "manifest.json", "encoder.npz"
SURE = "sure"
_TELLING = 0.02  # a word that moves the margin less is not named
FORMAT = 2  # raised when features or files change so that old folders must not be used


class ModelError(ValueError):
    """A model folder cannot be used; the message says why and what to do."""


Knots = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Mix:
    """How the margins of the linear models and of the encoder become probabilities together.

    Attributes:
        factors: of the linear margins and of the encoder's.
        offsets: added per answer.
        knots: as in `Head`.
    """

    factors: tuple[float, float]
    offsets: tuple[float, ...]
    knots: Knots = ()


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
        mix: for texts that the encoder reads too; None where it has no say.
    """

    name: str
    classes: tuple[str, ...]
    first: int
    temperature: float
    offsets: tuple[float, ...]
    knots: Knots = ()
    mix: Mix | None = None


def sure(shares: Any, knots: Knots) -> Any:  # noqa: ANN401 - arrays
    """How often the best answers of texts (rows of `shares`) are right."""
    import numpy as np

    best = shares.max(axis=1)
    return np.interp(best, [x for x, _ in knots], [y for _, y in knots]) if knots else best


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

    def __init__(self, folder: Path, *, encoder: bool = True) -> None:
        import numpy as np

        self.manifest, blob, self.fingerprint = _read(folder)
        with blob:
            arrays = np.load(blob, allow_pickle=False)
            vocabularies = [bytes(arrays[f"terms_{block}"]).decode().split("\n") for block in BLOCKS]
            curved = arrays["weights"].astype(np.float32) / np.float32(127.0)
            self._weights = curved * np.abs(curved) * arrays["scales"].astype(np.float32)
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
                _knots(h["knots"]),
                _mix(h.get("mix")),
            )
            for name, h in self.manifest["heads"].items()
        }
        self._encoder = _encoder(folder, self.manifest) if encoder else None
        self.setup = Setup(heads, self.manifest["thresholds"])
        self._terms = vocabularies

    def predict(self, samples: Sequence[Sample]) -> tuple[dict[str, Any], Any]:
        """Answer every question for a batch.

        Returns:
            Probabilities by head (len(samples), number of classes) and `SURE` (len(samples),), how
            often such topics are right; and the feature rows, which `words` explains.
        """
        import numpy as np

        rows = self._vectoriser.rows(samples)
        margins = np.asarray(rows @ self._weights) + self._intercepts
        answers = {name: probabilities(margins, head) for name, head in self.setup.heads.items()}
        answers[SURE] = sure(answers["topic"], self.setup.heads["topic"].knots)
        if self._encoder is not None:
            self._ask(self._encoder, samples, margins, answers)
        return answers, rows

    def _ask(
        self,
        encoder: Encoder,
        samples: Sequence[Sample],
        margins: Any,  # noqa: ANN401 - an array
        answers: dict[str, Any],
    ) -> None:
        """Let the encoder read the texts of which the linear models are not sure."""
        import numpy as np

        at = self.setup.thresholds["encoder"]
        doubtful = np.flatnonzero(
            (answers["topic"].max(axis=1) < at)
            | (answers["opd"].max(axis=1) < at)
            | (answers["sentiment"].max(axis=1) < at)
        )
        if not doubtful.size:
            return
        chosen = [samples[i] for i in doubtful.tolist()]
        asked = {name: (head, head.mix) for name, head in self.setup.heads.items() if head.mix}
        read = encoder.margins(
            [wording(s.text, s.kind, s.title) for s in chosen],
            {name: head.classes for name, (head, _) in asked.items()},
        )
        for name, (head, mix) in asked.items():
            own = margins[doubtful, head.first : head.first + len(head.classes)]
            answers[name][doubtful] = mixed(own, read[name], mix)
            if name == "topic":
                answers[SURE][doubtful] = sure(answers[name][doubtful], mix.knots)

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


def mixed(linear: Any, encoder: Any, mix: Mix) -> Any:  # noqa: ANN401 - arrays
    """Probabilities from the margins of both kinds of models."""
    import numpy as np

    return _shares(mix.factors[0] * linear + mix.factors[1] * encoder + np.asarray(mix.offsets, np.float32))


def _shares(scaled: Any) -> Any:  # noqa: ANN401 - arrays
    import numpy as np

    scaled = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return scaled / scaled.sum(axis=1, keepdims=True)


def _knots(found: Sequence[Sequence[float]]) -> Knots:
    return tuple((float(x), float(y)) for x, y in found)


def _mix(found: Mapping[str, Any] | None) -> Mix | None:
    if found is None:
        return None
    linear, encoder = found["factors"]
    return Mix((float(linear), float(encoder)), tuple(found["offsets"]), _knots(found["knots"]))


def _encoder(folder: Path, manifest: Mapping[str, Any]) -> Encoder | None:
    """The encoder of a folder; None where there is none."""
    import numpy as np

    if ENCODER not in manifest["sha256"]:
        return None
    with np.load(folder / ENCODER, allow_pickle=False) as arrays:
        return Encoder(dict(arrays))


def probabilities(margins: Any, head: Head) -> Any:  # noqa: ANN401 - numpy is imported lazily
    """Calibrated probabilities of one head from the margins of all heads."""
    import numpy as np

    own = margins[:, head.first : head.first + len(head.classes)]
    return _shares(own / head.temperature + np.asarray(head.offsets, np.float32))


def check_folder(folder: Path) -> None:
    """Check that a folder holds models that this version can use.

    Raises:
        ModelError: files are missing, changed, or of another format.
    """
    _read(folder)


def name_of(folder: Path, *, encoder: bool) -> str:
    """What tells the models of a folder from others, with or without their encoder; none of them is loaded.

    Raises:
        ModelError: as `check_folder`.
    """
    manifest, _, fingerprint = _read(folder)
    return fingerprint if encoder and ENCODER in manifest["sha256"] else f"{fingerprint} linear"


def _read(folder: Path) -> tuple[Mapping[str, Any], Any, str]:
    """Read both files and check that they belong together."""
    import io

    text, blob = _bytes(folder / MANIFEST), _bytes(folder / WEIGHTS)
    try:
        manifest = json.loads(text)
        wanted, made = str(manifest["sha256"][WEIGHTS]), int(manifest["format"])
    except (ValueError, KeyError, TypeError):
        raise ModelError(f"{folder / MANIFEST} is not a model manifest: train the models again") from None
    if made != FORMAT:
        raise ModelError(
            f"the models in {folder} have format {made}, this version needs {FORMAT}: train them again"
        )
    _same(folder / WEIGHTS, blob, wanted)
    if ENCODER in manifest["sha256"]:
        _same(folder / ENCODER, _bytes(folder / ENCODER), str(manifest["sha256"][ENCODER]))
    return manifest, io.BytesIO(blob), hashlib.sha256(text + blob).hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise ModelError(
            f"the model folder {path.parent} has no readable {path.name}: "
            "train one with `pati nlp train` or leave the folder out to use the bundled models"
        ) from None


def _same(path: Path, blob: bytes, wanted: str) -> None:
    if hashlib.sha256(blob).hexdigest() != wanted:
        raise ModelError(
            f"{path} is not the file that {MANIFEST} describes (SHA-256 differs): "
            "restore all files or train the models again"
        )
