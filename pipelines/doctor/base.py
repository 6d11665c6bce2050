"""What every check of the doctor gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    """One answer: a subject, a verdict and an Indonesian sentence saying what to do."""

    subject: str
    verdict: Verdict
    sentence: str
