"""How far two labellers agree: `python -m nlp.corpus.agreement`.

`second_pass.tsv` holds, for texts of the corpus, what the first labeller wrote and what a second one,
who saw the text and the guide but no label, wrote. Where they differed a third reader chose, and the
corpus holds that choice. Cohen's kappa is the share of agreement beyond chance (J. Cohen, "A coefficient
of agreement for nominal scales", 1960).
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.corpus.records import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

SECOND_PASS = FOLDER / "second_pass.tsv"
FIELDS = ("relevant", "topic", "opd", "sentiment", "kecamatan")
COLUMNS = ("id", *(f"{field}_{who}" for field in FIELDS[1:] for who in ("first", "second")))
IRRELEVANT = "tidak_relevan"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one field.

    Attributes:
        n: texts that both labelled.
        share: of them with the same answer.
        kappa: that share beyond chance, from -1 to 1.
    """

    n: int
    share: float
    kappa: float


def cohen(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """Agreement of answers given in pairs; without any pair it is 0.

    A constant answer of both leaves no chance to disagree: kappa is 1 then.
    """
    if not pairs:
        return Agreement(0, 0.0, 0.0)
    n = len(pairs)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    share = sum(one == other for one, other in pairs) / n
    chance = sum(first[answer] * second[answer] for answer in first) / n**2
    return Agreement(n, share, 1.0 if chance >= 1.0 else (share - chance) / (1.0 - chance))


def agreements(rows: Iterable[dict[str, str]]) -> dict[str, Agreement]:
    """Agreement by field of `FIELDS`, of rows with the columns `COLUMNS`.

    Of the offices the first counts; kecamatan are compared as sets.
    """
    found = list(rows)

    def pairs(field: str) -> list[tuple[str, str]]:
        if field == "relevant":
            return [(str(a == IRRELEVANT), str(b == IRRELEVANT)) for a, b in pairs("topic")]
        both = [(row[f"{field}_first"], row[f"{field}_second"]) for row in found]
        if field == "opd":
            return [(a.split(",")[0], b.split(",")[0]) for a, b in both]
        if field == "kecamatan":
            return [(",".join(sorted(a.split(","))), ",".join(sorted(b.split(",")))) for a, b in both]
        return both

    return {field: cohen(pairs(field)) for field in FIELDS}


def read(path: Path = SECOND_PASS) -> list[dict[str, str]]:
    """Rows of the file of both labellers."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def main() -> int:
    """Print the agreement per field."""
    for field, found in agreements(read()).items():
        print(f"{field:10} n={found.n:5}  sama {found.share:.3f}  kappa {found.kappa:.3f}")  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
