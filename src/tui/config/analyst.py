"""Who works."""

from __future__ import annotations

import os

from tui.config.places import places
from tui.config.settings import read_toml, text_in
from tui.desk.events import DeskError

USER_CONFIG = "config.toml"
ANALYST = "PRESSMARK_ANALYST"
_LONGEST_NAME = 80


def analyst_name(option: str = "") -> str:
    """Who works: the option, `$PRESSMARK_ANALYST`, `analyst` in one's config.toml, the login name.

    Raises DeskError (code 2) if that is no name.
    """
    name = option.strip() or os.environ.get(ANALYST, "").strip() or _configured() or _login()
    if not name.isprintable() or len(name) > _LONGEST_NAME:
        raise DeskError(f"{name[:_LONGEST_NAME]!r} is no name: give a shorter one with --analyst")
    return name


def _configured() -> str:
    path = places().config / USER_CONFIG
    return text_in(read_toml(path), "analyst", path)


def _login() -> str:
    import getpass

    try:
        return getpass.getuser().strip() or "analyst"
    except (KeyError, OSError, ImportError):
        return "analyst"
