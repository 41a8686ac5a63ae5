"""Who signed in with the office's own account, as far as Streamlit knows, and the pass that shows it to the API."""

from __future__ import annotations

import time
from functools import lru_cache

import streamlit as st

from ui.passes import Person, pass_key, sealed
from ui.sign_in_failures import PARAMETER, REASONS

_SECTION = "auth"  # of Streamlit's secrets, where it is set up


def offered() -> bool:
    """Whether people sign in here at all."""
    return st.secrets.load_if_toml_exists() and _SECTION in st.secrets


def person() -> Person | None:
    """Whoever signed in in this browser; Streamlit has checked the provider's word and its own cookie."""
    return Person.from_claims(st.user.to_dict()) if offered() and st.user.is_logged_in else None


def show_pass(of: Person) -> str:
    """The key to the API for the next minutes."""
    return sealed(of, _key(st.secrets[_SECTION]["client_secret"]), time.time())


def failure() -> str:
    """Why the last attempt came to nothing, when the visitor comes from one."""
    return REASONS.get(st.query_params.get(PARAMETER, ""), "")


@lru_cache(maxsize=1)
def _key(client_secret: str) -> bytes:
    return pass_key(client_secret)
