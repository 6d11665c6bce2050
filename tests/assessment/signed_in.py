"""A home with evidence and accounts, and pages opened in somebody's name."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.assessment.hostile import evidence_home
from warehouse.access.accounts import add_account, change_password
from warehouse.access.sessions import sign_in

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
PASSWORD = "kuda nil menari di pematang"  # noqa: S105 - of these tests
USERS = {"ana": "analis", "budi": "analis", "bupati": "pimpinan", "dpu.admin": "opd:dputr"}


def home_with_accounts(home: Path) -> Path:
    """Both."""
    evidence_home(home)
    for user, role in USERS.items():
        first = add_account(home, user, role, None)
        assert first is not None
        change_password(home, user, first, PASSWORD)
    return home


def opened(home: Path, user: str, **filters: str) -> AppTest:
    """The page of smart city as somebody sees it."""
    app: AppTest = AppTest.from_file(APP, default_timeout=300)
    app.session_state["_masuk"] = sign_in(home, user, PASSWORD)
    app.switch_page("views/smart_city.py")
    for key, value in filters.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def words(app: AppTest) -> str:
    """Everything a person can read."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.text, *app.info]
    return "\n".join(str(part.value) for part in [*parts, *app.error, *app.success])


def press(app: AppTest, key: str) -> AppTest:
    """Press a button by its key or, of a form, its label."""
    next(one for one in app.button if key in (one.key, one.label)).click().run()
    assert not app.exception, app.exception[0].message
    return app
