"""The least that Streamlit can show: two pages of a title, with a menu. What it costs is not ours."""

import streamlit as st


def one() -> None:
    """The first page."""
    st.title("Satu")


def two() -> None:
    """The other one."""
    st.title("Dua")


st.set_page_config(page_title="Kosong", layout="wide")
st.navigation([st.Page(one, title="Satu", default=True), st.Page(two, title="Dua")]).run()
