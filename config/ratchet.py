"""Quality that only goes up: a floor per figure in a JSON file, which a change may raise and not lower.

Shared by everything that keeps measured floors (`nlp.ratchet`, the gold set of the tests). A gate
test fails when a figure drops below its floor; an update command raises the floors after an
improvement and lowers one only when it is told why.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any


def drops(
    floors: Mapping[str, float], now: Mapping[str, float], lower_is_better: Collection[str] = ()
) -> dict[str, tuple[float, float]]:
    """Figures worse than their floor, as name to (floor, figure).

    Args:
        floors: the floors; a figure that is gone counts as the worst there is.
        now: today's figures.
        lower_is_better: names of figures for which the floor is a ceiling.
    """
    found = {}
    for name, floor in floors.items():
        low = name in lower_is_better
        figure = now.get(name, float("inf") if low else 0.0)
        if figure > floor if low else figure < floor:
            found[name] = (floor, figure)
    return found


def raised(
    floors: Mapping[str, float],
    now: Mapping[str, float],
    *,
    slack: float,
    allow_regression: bool,
    lower_is_better: Collection[str] = (),
) -> dict[str, float]:
    """New floors: each the better of the old floor and today's figure less the slack.

    Args:
        floors: the old floors.
        now: today's figures.
        slack: how much a figure may differ between machines without being worse.
        allow_regression: take today's figures even where they are worse.
        lower_is_better: names of figures for which the floor is a ceiling.

    Raises:
        ValueError: a figure is below its floor and regression is not allowed.
    """
    worse = drops(floors, now, lower_is_better)
    if worse and not allow_regression:
        name, (floor, figure) = min(worse.items())
        raise ValueError(
            f"{len(worse)} figures are below their floor, first {name}: {figure:.4f} instead of {floor:.4f}. "
            "Find out what made it worse; a floor is lowered only on purpose and with the reason"
        )
    new: dict[str, float] = {}
    for name, figure in sorted(now.items()):
        low = name in lower_is_better
        fresh = round(figure + slack if low else max(0.0, figure - slack), 4)
        old = fresh if name in worse else floors.get(name, fresh)
        new[name] = min(old, fresh) if low else max(old, fresh)
    return new


def renewed(
    floors: Mapping[str, float],
    now: Mapping[str, float],
    *,
    reason: str | None,
    lower_is_better: Collection[str] = (),
) -> tuple[dict[str, float], dict[str, list[float]]]:
    """New floors without slack, and what was lowered as name to [old, new].

    Args:
        floors: the committed floors.
        now: today's figures; floors of figures that were not measured stay.
        reason: why a floor may be lowered.
        lower_is_better: as in `drops`.

    Raises:
        ValueError: a figure is below its floor and there is no reason.
    """
    known = {name: floor for name, floor in floors.items() if name in now}
    new = raised(known, now, slack=0, allow_regression=bool(reason), lower_is_better=lower_is_better)
    fallen = drops(known, new, lower_is_better)
    return {**floors, **new}, {name: [was, new[name]] for name, (was, _) in fallen.items()}


def read(path: Path) -> dict[str, Any]:
    """What a file of floors holds; ``{"floors": {}}`` when there is no such file yet."""
    if not path.exists():
        return {"floors": {}}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def write(path: Path, floors: Mapping[str, float], **beside: Any) -> None:  # noqa: ANN401 - JSON is any
    """Write floors, with what else belongs beside them (a version, reasons)."""
    text = json.dumps({**beside, "floors": dict(floors)}, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
