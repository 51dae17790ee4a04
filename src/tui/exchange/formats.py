"""The formats by name. A format's module is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from tui.exchange.bundles import Bundle
from tui.exchange.files import ExportError
from tui.exchange.incoming import Incoming

FORMATS: Mapping[str, str] = {
    "jsonl": "tui.exchange.jsonl",
    "csv": "tui.exchange.table",
    "md": "tui.exchange.report",
}
SUFFIXES: Mapping[str, str] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".md": "md"}
SCHEMA = Path(__file__).parent / "schema" / "pressmark-jsonl.schema.json"
PLUGINS = "pressmark.formats"


class Format(Protocol):
    """What a format's module has; a plug-in that reads has `read(text, name) -> Incoming` too."""

    def export(self, bundle: Bundle, **options: bool) -> str:
        """The bundle in this format; options it does not know are left alone."""
        ...


class Reader(Protocol):
    """A format that can be read back."""

    def read(self, text: str, name: str) -> Incoming:
        """What is in the text of the file `name`."""
        ...


def format_names() -> tuple[str, ...]:
    """The formats there are: our own, then those of plug-ins."""
    from importlib.metadata import entry_points

    return tuple(dict.fromkeys((*FORMATS, *(e.name for e in entry_points(group=PLUGINS)))))


def format_of(path: Path) -> str:
    """The format that a file's name says, or the empty string."""
    return SUFFIXES.get(path.suffix.lower(), "")


def get_format(name: str) -> Format:
    """A format by name; plug-ins (entry points `pressmark.formats`) if it is none of ours.

    Raises ExportError, with one sentence, if there is none or a plug-in does not load.
    """
    if name in FORMATS:
        return cast(Format, import_module(FORMATS[name]))
    from importlib.metadata import entry_points

    for entry in entry_points(group=PLUGINS, name=name):
        try:
            return cast(Format, entry.load())
        except Exception as error:  # a plug-in may raise anything
            raise ExportError(f"the format {name!r} of {entry.value} fails: {error}") from error
    raise ExportError(f"no format {name!r}: there are {', '.join(format_names())}")


def export_text(bundle: Bundle, format: str, **options: bool) -> str:  # noqa: A002
    """The bundle in a format: `jsonl` (`with_text`), `csv` (`bom`), `md`, or a plug-in's.

    Raises ExportError, with one sentence, if there is no such format or it cannot hold the bundle.
    """
    return get_format(format).export(bundle, **options)


def read_jsonl(text: str, name: str) -> Incoming:
    """What is in a native file: records, codebook, sources, texts, refused lines with reasons."""
    from tui.exchange.jsonl import read

    return read(text, name)
