"""Libraries that only some formats need: imported late, and named when they are missing."""

from __future__ import annotations

import importlib
import logging
from types import ModuleType

from tui.articles.decoding import UnreadableError


def library(module: str, extra: str) -> ModuleType:
    """A module of a library that comes with `pressmark[extra]`.

    Raises UnreadableError, with the command that mends it, if the library is not installed.
    """
    # What a library has to say about a document would be written over the screen.
    logging.getLogger(module.partition(".")[0]).setLevel(logging.CRITICAL + 1)
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        name = module.partition(".")[0]
        mend = f"pip install 'pressmark[{extra}]'"
        what = f"needs {name}, which is not installed"
        raise UnreadableError(what, mend, lasting=False) from error
