"""The lake: schema, migrations, upserts, and the one definition of every number.

Everything above this floor reads through `warehouse.queries` and writes through the
functions of `warehouse.store`; no SQL stands anywhere else.
"""

from warehouse.errors import LakeBusyError, LakeError, LakeMissingError
from warehouse.lake import Lake
from warehouse.place import lake_exists

__all__ = ["Lake", "LakeBusyError", "LakeError", "LakeMissingError", "lake_exists"]
