"""Is this installation able to work, and what should be done if not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pipelines.doctor import care, data, keys, machine
from pipelines.doctor.base import Check, Verdict
from pipelines.settings import Settings

__all__ = ["Check", "Verdict", "checks"]

STEPS: Final[tuple[Callable[[Settings], Check], ...]] = (
    machine.python, data.config, machine.home_folder, machine.disk, machine.clock, machine.zone,
    data.lake, data.schema, data.freshness, data.sources, data.index, data.models,
    keys.secrets, keys.key, keys.permissions, data.erasure,
    care.report, care.backup, care.scheduler, care.heartbeat, care.faults,
)  # fmt: skip
"""In the order a person would look."""


def checks(settings: Settings) -> list[Check]:
    """All checks."""
    return [step(settings) for step in STEPS]
