"""The task of a child process that reads one document: its articles, a line each."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Any

from tui.apart.lines import Refusal
from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Step
from tui.articles.packing import packed
from tui.articles.plugins import format_named
from tui.articles.reading import read_in_steps


def load(request: Mapping[str, Any]) -> None:
    """Import the reader. Raises Refusal if a library of it is not there."""
    with_reader = format_named(request["format"])
    try:
        importlib.import_module(with_reader.module)
    except ImportError as error:
        raise _missing(error, with_reader.extra) from error


def answers(request: Mapping[str, Any], body: bytes) -> Iterator[bytes]:
    """What stands in the document, in its order; an empty line for each step of a long article.

    Raises Refusal where it cannot be read.
    """
    format_ = format_named(request["format"])
    try:
        for found in read_in_steps(format_, Document(body, **request["document"])):
            yield b"" if isinstance(found, Step) else packed(found)
    except UnreadableError as error:
        raise Refusal(error.what, error.mend, error.lasting) from error
    except ImportError as error:
        raise _missing(error, format_.extra) from error


def _missing(error: ImportError, extra: str) -> Refusal:
    mend = f"pip install 'pressmark[{extra}]'" if extra else "install it"
    package = f"the package {error.name}" if error.name else "a package that is not there"
    return Refusal(f"needs {package} to be read", mend, lasting=False)
