"""The list of offices: what the models, a rule and the chance of no office make of each other."""

from __future__ import annotations

import pytest

from nlp.candidates import ROAD_SHARE, candidates


@pytest.mark.parametrize(
    ("shares", "nobody", "by_rule", "wanted"),
    [
        # however unlikely: three places are three chances
        (
            {"dlh": 0.9985, "dputr": 0.001, "bpbd": 0.0004, "pln": 0.0001},
            0.0,
            (),
            [("dlh", 0.9985), ("dputr", 0.001), ("bpbd", 0.0004)],
        ),
        ({"dlh": 0.9999, "dputr": 0.00004}, 0.0, (), [("dlh", 0.9999)]),  # no chance that can be said
        # what is left for no office is not spread over the others
        ({"dlh": 0.2, "dputr": 0.1}, 0.7, (), [("dlh", 0.2), ("dputr", 0.1)]),
        ({"dlh": 0.1, "dputr": 0.05}, 0.85, (), []),
        # a rule decides between offices that are about equally likely ...
        ({"dputr": 0.55, "bpjn": 0.45}, 0.0, ("bpjn",), [("bpjn", 0.67), ("dputr", 0.33)]),
        # ... and not against what is nearly certain
        ({"dputr": 0.9, "bpjn": 0.1}, 0.0, ("bpjn",), [("dputr", 0.54), ("bpjn", 0.46)]),
        # it brings an office that the models do not know, and speaks against no office at all
        ({"dputr": 0.1}, 0.85, ("dinas_baru",), [("dinas_baru", 0.4), ("dputr", 0.06)]),
        ({}, 0.999, ("dlh",), [("dlh", 0.4)]),
        # its further offices count
        ({"dputr": 1.0}, 0.0, ("dputr", "dlh"), [("dputr", 0.9), ("dlh", 0.1)]),
        ({"x": 0.5, "dlh": 0.5}, 0.0, ("a", "dlh", "c"), [("a", 0.36), ("dlh", 0.27), ("x", 0.27)]),
        ({"b": 0.5, "a": 0.5}, 0.0, (), [("a", 0.5), ("b", 0.5)]),
        ({}, 0.0, (), []),
    ],
)
def test_candidates(
    shares: dict[str, float], nobody: float, by_rule: tuple[str, ...], wanted: list[tuple[str, float]]
) -> None:
    found = candidates(shares, nobody, by_rule, nobody_at=0.8, most=3)
    assert found == [(opd_id, pytest.approx(share, abs=1e-4)) for opd_id, share in wanted]
    assert sum(share for _, share in found) <= 1.0 + 1e-9


@pytest.mark.parametrize("sure", [0.5, 0.99, 1.0])
def test_who_keeps_a_road_is_not_a_matter_of_probability(sure: float) -> None:
    shares = {"dputr": sure, "dishub": 1.0 - sure}
    first, *_ = candidates(shares, 0.0, ("bpjn",), rule_share=ROAD_SHARE, nobody_at=0.8, most=3)
    assert first == ("bpjn", 0.75)
