"""Something that a page draws, which counts how often it had to."""

from __future__ import annotations

import streamlit as st

drawings: list[list[int]] = []


def total(numbers: list[int]) -> None:
    """Draw a sum."""
    drawings.append(numbers)
    st.write(f"Jumlah {sum(numbers)}")
