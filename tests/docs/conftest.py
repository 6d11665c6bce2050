"""A folder with a finished sample home in it, for pages whose blocks are run."""

from __future__ import annotations

from tests.pipelines.conftest import finished, make_home, room

__all__ = ["finished", "make_home", "room"]
