"""Who is looking: asked of the account at every question, never remembered by a page.

The session of a browser holds nothing but a random token; role and office are read from the account
each time (`warehouse.access.sessions`). A local sign-in lasts as long as the browser's tab: a page of
Streamlit cannot set a cookie. With OpenID Connect Streamlit keeps a signed cookie itself (`st.login`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import streamlit as st

from config import load_config
from config.access import Oidc
from dashboard.settings import Settings
from warehouse.access import AccessError, Viewer, viewer_of
from warehouse.access.accounts import RULES, accounts
from warehouse.access.audit import add
from warehouse.access.sessions import holder, sign_out

TOKEN: Final = "_masuk"  # noqa: S105 - the name of a place, not a secret
DEMO_ROLE: Final = "_peran_demo"
NOBODY: Final = "Silakan masuk dulu; sesi Anda belum dimulai atau sudah berakhir."


def current(where: Settings) -> Viewer:
    """Who looks, as the account says now.

    Raises:
        AccessError: nobody is signed in (any more).
    """
    found = _found(where)
    if found is None:
        raise AccessError(NOBODY, "sign_in")
    return found


def again(where: Settings) -> Callable[[], Viewer]:
    """A look-up of who is signed in here, to be made later, outside the page.

    Raises:
        AccessError: nobody is signed in (any more); also by the look-up.
    """
    who, token = current(where), st.session_state.get(TOKEN)

    def looked_up() -> Viewer:
        # Without a local account there is nothing to look up: the provider vouched, or nobody has one.
        found = holder(where.home, token) if isinstance(token, str) else who
        if found is None:
            raise AccessError(NOBODY, "sign_in")
        return found

    return looked_up


def is_demo(where: Settings) -> bool:
    """Whether anybody looks as whom they choose: made-up data, and nobody has an account."""
    return where.access == "demo" and not accounts(where.home)


def provider(where: Settings) -> Oidc | None:
    """How to sign in through an OpenID provider; None: this installation does not.

    Raises:
        config.ConfigError: a mistake in a YAML file.
    """
    found = load_config(where.config_dir).access.oidc
    return found if found.enabled and where.access == "sign_in" else None


def through_provider(oidc: Oidc) -> tuple[str, str | None] | None:
    """Who the provider says is here, and their role (None: not let in); None: nobody."""
    told = st.user.to_dict()
    if told.get("is_logged_in") is not True or not _fresh(told.get("iat")):
        return None
    email = str(told.get("email") or "").lower() or None
    vouched = told.get("email_verified", oidc.unverified_email == "accept") is True
    groups = told.get(oidc.groups_claim)
    known = email if vouched else None
    listed: set[str] = {str(one) for one in groups} if isinstance(groups, list) else set()
    return str(email or told.get("sub") or "?"), oidc.role_of(known, listed)


def _fresh(issued: object) -> bool:
    """Whether the provider vouched for them lately: Streamlit keeps its cookie for thirty days."""
    age = time.time() - issued if isinstance(issued, int | float) else float("inf")
    return -60 < age < RULES.session_life.total_seconds()


def leave(where: Settings) -> None:
    """End the session and draw the page again; a provider's, by way of the provider."""
    if token := st.session_state.pop(TOKEN, None):
        sign_out(where.home, str(token))
        st.rerun()
    elif st.user.to_dict().get("is_logged_in"):
        add(where.home, current(where), "sign_out")
        st.logout()
        st.stop()


def _found(where: Settings) -> Viewer | None:
    if where.access == "open":
        return viewer_of("terbuka", "admin")
    if is_demo(where):
        return viewer_of("demo", str(st.session_state.get(DEMO_ROLE) or "admin"))
    token = st.session_state.get(TOKEN)
    if not isinstance(token, str):
        oidc = provider(where)
        name, role = (through_provider(oidc) if oidc else None) or ("", None)
        return viewer_of(name, role) if role else None
    found = holder(where.home, token)
    if found is None:
        st.session_state.pop(TOKEN, None)
    return found
