"""Taking a person's words out of every version of the lake while every row stays where it was."""

from warehouse.forget.catalog import every_row
from warehouse.forget.lake import Forgotten, forget
from warehouse.forget.rows import ERASED, EXPIRED, WORDLESS, Plan

__all__ = ["ERASED", "EXPIRED", "WORDLESS", "Forgotten", "Plan", "every_row", "forget"]
