"""A drawing of the same rows is not drawn twice."""

from __future__ import annotations

import pandas as pd
from streamlit.testing.v1 import AppTest

from dashboard.drawn import digest
from tests.dashboard import drawing


def page() -> None:
    import streamlit as st

    from dashboard import drawn
    from tests.dashboard import drawing

    drawn.again(drawing.total, [1, 2, 3])
    with st.container(border=True):
        drawn.again(drawing.total, [1, 2, 3])
    drawn.again(drawing.total, [4, 5])


def test_what_was_drawn_is_sent_again_wherever_it_stands() -> None:
    drawing.drawings.clear()
    for _ in range(2):  # another person, another session
        app = AppTest.from_function(page).run()
        assert not app.exception
        assert [one.value for one in app.markdown] == ["Jumlah 6", "Jumlah 6", "Jumlah 9"]
        assert [one.value for one in app.main.children[1].markdown] == ["Jumlah 6"]  # inside the frame
    assert drawing.drawings == [[1, 2, 3], [4, 5]]


def test_other_rows_are_another_drawing() -> None:
    frame = pd.DataFrame({"n": [1, 2], "nama": ["a", "b"]})
    keys = {
        digest(frame),
        digest(frame.assign(n=[1, 3])),
        digest(frame.rename(columns={"n": "m"})),
        digest(frame, "judul"),
    }
    assert len(keys) == 4
    assert digest(frame) == digest(frame.copy())
