"""Which texts are the test split: chosen once by a stable hash, then fixed in a file.

`test_ids.txt` is written by `python -m nlp.corpus.split --write` and never tuned on. Each group
of topic and kind gives about the tenth of its texts whose ids hash lowest, so that the split has
the corpus's own mixture. Ids that hash above `POOL` are never chosen: while the corpus grew,
models were worked on with exactly those. Texts come in batches (the part of an id before the first
hyphen); what a batch gave when it came stays, and a new batch adds its share. Batches of
`TRAINING_ONLY` add none: short texts for their vocabulary and pairs on both sides of a boundary,
which are harder and odder than what arrives in a day.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

from nlp.corpus.records import FOLDER, Record, read_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

TEST_IDS = FOLDER / "test_ids.txt"
SHARE = 0.1
POOL = 0.13
HELD_OUT = POOL + 0.06  # ids that hash between the two are kept from the encoder, to weigh it
TRAINING_ONLY = (
    "ya", "yb", "yc", "yd", "ye", "yf", "yg", "yh", "yi", "yj",
    "za", "zb", "zc", "zd", "ze", "zf", "zg", "zh", "zi", "zk", "zl", "zm",
)  # fmt: skip


def place(identity: str) -> float:
    """A number from 0 to 1 that depends on the id alone."""
    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:8], "big") / 2**64


def choose(records: Sequence[Record], share: float = SHARE) -> list[str]:
    """Choose the test ids of a corpus, sorted.

    Texts of one group are ranked by hash; what is left over from rounding is carried to the
    next group, so that the total is the wanted share.
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record in records:
        groups[record.topic, record.kind].append(record.id)
    chosen: list[str] = []
    carried = 0.0
    for _, ids in sorted(groups.items()):
        wanted = share * len(ids) + carried
        pool = sorted((identity for identity in ids if place(identity) < POOL), key=place)
        take = min(len(pool), max(0, int(wanted + 0.5)))
        carried = wanted - take
        chosen += pool[:take]
    return sorted(chosen)


def grown(records: Sequence[Record], known: frozenset[str]) -> list[str]:
    """The test ids of a corpus that had the test ids `known` before new batches came, sorted."""
    before = {*TRAINING_ONLY, *(batch(identity) for identity in known)}
    return sorted(known | set(choose([record for record in records if batch(record.id) not in before])))


def batch(identity: str) -> str:
    """The batch a text came with."""
    return identity.partition("-")[0]


def held_out(record: Record) -> bool:
    """Whether a text is kept from the encoder to weigh it against the linear models."""
    return POOL <= place(record.id) < HELD_OUT


def trains_encoder(record: Record) -> bool:
    """Whether a text trains the encoder: neither held out nor in the pool of the test split."""
    return place(record.id) >= HELD_OUT


def test_ids() -> frozenset[str]:
    """Ids of the fixed test split."""
    return frozenset(TEST_IDS.read_text(encoding="utf-8").split())


def split(records: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Return training texts and test texts.

    Raises:
        ValueError: `test_ids.txt` names a text that is not in the corpus.
    """
    ids = test_ids()
    if missing := ids - {record.id for record in records}:
        raise ValueError(f"{TEST_IDS.name} names {min(missing)}, which is not in the corpus")
    return [r for r in records if r.id not in ids], [r for r in records if r.id in ids]


def main(argv: Sequence[str] | None = None) -> int:
    """Show or write the test split."""
    parser = argparse.ArgumentParser(description="Bagian uji dari korpus berlabel.")
    parser.add_argument("--write", action="store_true", help="tulis test_ids.txt")
    options = parser.parse_args(argv)
    known = test_ids() if TEST_IDS.exists() else frozenset()
    ids = grown(read_corpus(), known)
    if options.write:
        TEST_IDS.write_text("\n".join(ids) + "\n", encoding="utf-8")
    print(f"{len(ids)} teks uji")  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
