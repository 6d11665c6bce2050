"""What has been drawn before is sent again as it was: a chart or a table of the same rows.

Streamlit replays the elements of a cached function. The key is everything that the drawing rests on,
so two people who see the same picture have the same rows before them, whoever they are.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from hashlib import blake2b
from typing import Final, ParamSpec

import streamlit as st

P = ParamSpec("P")

KEPT: Final = 256
"""How many drawings are remembered; those not asked for longest go first."""


def again(draw: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Draw something without buttons, or send what was drawn from the same arguments.

    Args:
        draw: draws with `st`, from its arguments alone; it must be a function of a module.
        args: for `draw`; anything that can be pickled.
        kwargs: same.
    """
    _kept(digest(draw.__module__, draw.__qualname__, args, kwargs), lambda: draw(*args, **kwargs))


def digest(*parts: object) -> str:
    """A short key for values; equal keys mean equal values, equal values mostly mean equal keys."""
    return blake2b(pickle.dumps(parts), digest_size=16).hexdigest()


@st.cache_data(max_entries=KEPT, show_spinner=False)
def _kept(key: str, _draw: Callable[[], None]) -> None:  # noqa: ARG001 - the key is what the cache reads
    _draw()
