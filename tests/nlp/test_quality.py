"""The gate: no figure on our own test split may fall below its floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nlp import Analyzer
from nlp.ratchet import drops, figures_of, floors, measured, raised

if TYPE_CHECKING:
    from pathlib import Path

    from config import Config


@pytest.fixture(scope="module")
def figures(analyzer: Analyzer) -> dict[str, float]:
    """Figures on the test split, measured once."""
    return measured(analyzer)


def test_no_figure_falls_below_its_floor(figures: dict[str, float]) -> None:
    wanted = floors()
    assert len(wanted) > 100
    assert drops(wanted, figures) == {}


def test_a_floor_rises_with_the_figure_and_never_falls_by_itself() -> None:
    assert raised({"f1": 0.8}, {"f1": 0.9}, allow_regression=False) == {"f1": 0.88}
    assert raised({"f1": 0.8}, {"f1": 0.805}, allow_regression=False) == {"f1": 0.8}
    assert raised({}, {"f1": 0.5, "topic_ece": 0.04}, allow_regression=False) == {
        "f1": 0.48,
        "topic_ece": 0.06,
    }


def test_lowering_a_floor_has_to_be_asked_for() -> None:
    with pytest.raises(ValueError, match=r"f1: 0\.7000 instead of 0\.8000"):
        raised({"f1": 0.8}, {"f1": 0.7}, allow_regression=False)
    assert raised({"f1": 0.8}, {"f1": 0.7}, allow_regression=True) == {"f1": 0.68}


def test_a_calibration_error_must_not_grow() -> None:
    assert drops({"topic_ece": 0.05}, {"topic_ece": 0.06}) == {"topic_ece": (0.05, 0.06)}
    assert drops({"topic_ece": 0.05}, {"topic_ece": 0.04}) == {}


def test_a_figure_that_is_gone_is_a_drop() -> None:
    assert drops({"f1": 0.8}, {}) == {"f1": (0.8, 0.0)}


# What the system was asked to reach on our own test split; ceilings for the calibration errors. Of the
# offices 0.88 (first) and 0.98 (among three) were asked and are not reached yet: docs/decisions/0012.
WANTED = {
    "relevance_f1": 0.98, "topic_acc.all": 0.83, "topic_f1.all": 0.81, "sentiment_f1.all": 0.88,
    "sentiment_f1.lang_jv": 0.83,
    "sentiment_acc.mock_praise": 0.78, "sentiment_f1.complaint": 0.81, "sentiment_f1.news": 0.81,
    "sentiment_f1.social": 0.81, "sentiment_f1.comment": 0.81, "kecamatan_f1": 0.98,
    "topic_acc_at_85": 0.90, "topic_ece": 0.05, "sentiment_ece": 0.05,
}  # fmt: skip


def test_what_was_asked_for_is_reached(figures: dict[str, float]) -> None:
    assert drops(WANTED, figures) == {}


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("smsa_valid.csv", 0.84), ("nusax_javanese.csv", 0.84), ("nusax_indonesian.csv", 0.84)],
)
def test_the_language_at_large_is_still_understood(
    config: Config, shared: Path, name: str, wanted: float
) -> None:
    linear = Analyzer.load(config, encoder=False)  # quick, and a little below what both reach
    assert figures_of(linear, shared / "data" / "sentiment" / name)["sentiment_f1"] >= wanted
