"""Thirty tamperings of the ledger: each names exactly the entries that it breaks.

What each breaks is worked out from what the entry counts, not from what the program says.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import report_seed as seed
from report_seed import WEEK

from config import Config
from dashboard.report import build_weekly
from dashboard.report import ledger as book
from warehouse import Lake

pytestmark = pytest.mark.proof
IN_LEDGER = 30


@pytest.fixture(scope="module")
def made(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Lake, list[book.Entry]]]:
    folder = tmp_path_factory.mktemp("tampering")
    with seed.small(config).build(folder / "home") as lake:
        yield lake, book.read(build_weekly(lake, config, WEEK, folder / "out").ledger)[1]


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """Asked once for all tamperings that leave the lake alone."""
    return {}


def another(value: Any) -> Any:
    """A value of the same kind that is not the same."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return [*value, "tambahan"] if isinstance(value, list) else f"{value or ''} (diubah)"


@pytest.mark.parametrize("nth", range(IN_LEDGER))
def test_a_changed_number_in_the_ledger_names_its_entry(
    made: tuple[Lake, list[book.Entry]], answers: dict[str, Any], nth: int
) -> None:
    lake, entries = made
    dice = random.Random(3318 + nth)  # noqa: S311 - tampering of ours
    at = dice.choice([n for n, one in enumerate(entries) if one.evidence])
    which = dice.randrange(len(entries[at].evidence))
    proofs = list(entries[at].evidence)
    proofs[which] = replace(proofs[which], value=another(proofs[which].value))
    tampered = [*entries[:at], replace(entries[at], evidence=tuple(proofs)), *entries[at + 1 :]]
    found = book.compare(lake, tampered, answers)
    assert {one.entry for one in found} == {entries[at].id}
    assert [one.field for one in found] == [proofs[which].field]
