"""The formats by name: what each is, and its module, which is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, Protocol, cast

from msgspec import Struct

from tui.exchange.bundles import Bundle
from tui.exchange.files import (
    ExchangeError,
    placing,
    read_bytes,
    read_text,
    writing,
)
from tui.exchange.incoming import Incoming
from tui.exchange.offsets import CODE_POINTS, UTF8, UTF16
from tui.model.steps import through

SCHEMA = Path(__file__).parent / "schema" / "pressmark-jsonl.schema.json"
HEAD = 65_536  # bytes of a file that are looked at to tell its format


class About(Struct, frozen=True):
    """What a format is, without its module being imported.

    `unit` is what its offsets count, one of `tui.exchange.offsets.UNITS`; empty if it has none.
    `lost` ends the sentence "not kept: ...". `marks` all stand in the head of such a file, where
    its name does not tell it. `place` says what is written: `text`, a `file` that is no text, or a
    `folder`; `holds` is the ending of a file that such a folder has and others have not.
    """

    name: str
    module: str
    summary: str
    suffixes: tuple[str, ...] = ()
    reads: bool = False
    writes: bool = True
    unit: str = ""
    lost: str = ""
    marks: tuple[bytes, ...] = ()
    place: str = "text"
    codebook: bool = False  # it holds the codebook and nothing else
    holds: str = ""


_OURS = (
    About(
        "jsonl",
        "tui.exchange.jsonl",
        "native: a line a record, comes back equal",
        (".jsonl", ".ndjson"),
        reads=True,
        unit=CODE_POINTS,
    ),
    About(
        "csv",
        "tui.exchange.table",
        "a row a claim, for spreadsheets",
        (".csv",),
        unit=CODE_POINTS,
    ),
    About(
        "w3c",
        "tui.exchange.w3c",
        "W3C Web Annotation, as JSON-LD",
        (".jsonld",),
        reads=True,
        unit=CODE_POINTS,
        marks=(b"ns/anno.jsonld",),
    ),
    About(
        "hypothesis",
        "tui.exchange.hypothesis",
        "the JSON of Hypothesis: its client's export, its API's rows",
        (".hypothesis.json",),
        reads=True,
        unit=UTF16,
        lost="for Hypothesis itself, the pieces of a highlight after its first",
        marks=(b'"uri"', b'"user"', b'"target"'),
    ),
    About(
        "brat",
        "tui.exchange.brat",
        "brat standoff: a folder of texts with their annotations",
        (".brat", ".ann"),
        reads=True,
        unit=CODE_POINTS,
        place="folder",
        holds=".ann",
    ),
    About(
        "xmi",
        "tui.exchange.xmi",
        "UIMA CAS XMI for INCEpTION: a folder with its types",
        (".xmi", ".xmi.zip"),
        reads=True,
        unit=UTF16,
        place="folder",
        holds=".xmi",
    ),
    About(
        "cas",
        "tui.exchange.cas_json",
        "UIMA CAS JSON for INCEpTION: a folder of documents",
        (".cas", ".cas.json"),
        reads=True,
        unit=UTF16,
        marks=(b'"%TYPES"',),
        place="folder",
        holds=".cas.json",
    ),
    About(
        "labelstudio",
        "tui.exchange.labelstudio",
        "Label Studio: a folder with tasks and their configuration",
        (".labelstudio", ".labelstudio.json"),
        reads=True,
        unit=CODE_POINTS,
        marks=(b'"annotations"', b'"result"'),
        place="folder",
        holds="tasks.json",
    ),
    About(
        "doccano",
        "tui.exchange.doccano",
        "doccano's JSON Lines for sequence labelling",
        (".doccano.jsonl",),
        reads=True,
        unit=UTF16,
        marks=(b'"text"', b'"label'),
    ),
    About(
        "claimreview",
        "tui.exchange.claimreview",
        "schema.org ClaimReview, a review for each assessed claim",
        (".claimreview.jsonld",),
        lost="grades, quantities and times as fields of their own",
    ),
    About(
        "stix",
        "tui.exchange.stix",
        "a STIX 2.1 bundle: reports, notes, opinions, identities, relationships",
        (".stix.json",),
        unit=CODE_POINTS,
    ),
    About(
        "xlsx",
        "tui.exchange.workbook",
        "a workbook: claims, articles, codebook, sources",
        (".xlsx",),
        unit=CODE_POINTS,
        place="file",
    ),
    About(
        "obsidian",
        "tui.exchange.obsidian",
        "a folder of Markdown notes with front matter, an article each, for Obsidian",
        lost="colours and descriptions of tags",
        place="folder",
    ),
    About("md", "tui.exchange.report", "a report: claims by topic with their evidence", (".md",)),
    About(
        "qdpx",
        "tui.exchange.qdpx",
        "a REFI-QDA project: QualCoder, ATLAS.ti, MAXQDA, NVivo",
        (".qdpx",),
        reads=True,
        unit=CODE_POINTS,
        place="file",
    ),
    About(
        "qdc",
        "tui.exchange.qdc",
        "the codebook, for programs of REFI-QDA",
        (".qdc",),
        reads=True,
        lost="all but the codebook",
        codebook=True,
    ),
    About(
        "codebook-csv",
        "tui.exchange.codebook_csv",
        "the codebook as a table, for Taguette",
        (".codebook.csv", "codebook.csv"),
        reads=True,
        lost="all but the codebook",
        codebook=True,
    ),
    About(
        "codebook-toml",
        "tui.exchange.codebook_toml",
        "the codebook as it stands in a workspace",
        (".codebook.toml", "codebook.toml"),
        reads=True,
        lost="all but the codebook",
        codebook=True,
    ),
    About(
        "taguette",
        "tui.exchange.taguette",
        "a Taguette project",
        (".sqlite3",),
        reads=True,
        unit=UTF8,
        marks=(b"SQLite format 3",),
        place="file",
    ),
    About(
        "html",
        "tui.exchange.page",
        "a page: claims in a table, charts, articles with highlights; opens offline and prints",
        (".html",),
        lost="what of a claim is only for programs (selectors, revisions, ids)",
    ),
)
FORMATS: Mapping[str, About] = {about.name: about for about in _OURS}


class Writer(Protocol):
    """A format that is written as text."""

    def export(self, bundle: Bundle, **options: bool) -> str | Iterable[str]:
        """The bundle, whole or in pieces; options that the format does not know are left alone.

        Pieces that come as they are asked for let large bundles go out in little memory, and keys
        be answered meanwhile; an empty one is a pause. A generator may return what it left out, in
        sentences.
        """
        ...


class FileWriter(Protocol):
    """A format that is written as a file that is no text, or as a folder of files."""

    def write(self, bundle: Bundle, path: Path, **options: bool) -> Iterable[str]:
        """Write the bundle to a path that is not there yet.

        Yields what could not be kept, in sentences; an empty one is a pause, best one an article.
        """
        ...


class Reader(Protocol):
    """A format that is read from text."""

    def read(self, text: str, name: str) -> Incoming:
        """What is in the text of the file `name`."""
        ...


class FileReader(Protocol):
    """A format that is read from a file that is no text, or from a folder."""

    def read_path(self, path: Path) -> Incoming:
        """What is in the file or folder. Raises ExchangeError with a sentence."""
        ...


def format_names() -> tuple[str, ...]:
    """The formats there are: our own, then those of plug-ins."""
    from tui.exchange import plugins

    return tuple(dict.fromkeys((*FORMATS, *plugins.names())))


def all_formats() -> tuple[About, ...]:
    """What each of them is, ours first; plug-ins are loaded for it."""
    from tui.exchange import plugins

    return (*_OURS, *(each for each in plugins.all_about() if each.name not in FORMATS))


def about_format(name: str) -> About:
    """What a format is, ours or a plug-in's.

    Raises ExchangeError, with one sentence, if there is none or a plug-in does not load.
    """
    if name in FORMATS:
        return FORMATS[name]
    from tui.exchange import plugins

    return plugins.about(name) or _refuse(name)


def format_of(path: Path) -> str:
    """The format that a path is written in by its name, or the empty string.

    Of several endings the longest counts, then the first of the table; a plug-in's counts if none
    of ours fits.
    """
    from tui.exchange import plugins

    return _by_ending(path, _OURS) or _by_ending(path, plugins.all_about())


def _by_ending(path: Path, formats: Iterable[About]) -> str:
    name = path.name.lower()
    longest = sorted(formats, key=lambda a: -max(map(len, a.suffixes), default=0))
    return next((a.name for a in longest if a.suffixes and name.endswith(a.suffixes)), "")


def recognised(path: Path, head: bytes) -> str:
    """The format that a file is to be read in, by its first bytes and its name; empty if unknown.

    What stands in it goes before its name: several formats are JSON. Of several that it could be,
    the first of the table is it; what asks for the most stands first there. A plug-in is asked for
    a name that is none of ours.
    """
    readable = [about for about in _OURS if about.reads]
    told = (a.name for a in readable if a.marks and all(mark in head for mark in a.marks))
    name = path.name.lower()
    named = (a.name for a in readable if a.suffixes and name.endswith(a.suffixes) and not a.marks)
    found = next(told, None) or next(named, "")
    if found or _by_ending(path, _OURS):
        return found
    from tui.exchange import plugins

    return _by_ending(path, (about for about in plugins.all_about() if about.reads))


def folder_of(path: Path) -> str:
    """The format that a folder is to be read in, by what it holds.

    Raises ExchangeError, with one sentence, if it is none.
    """
    from tui.exchange.folders import files_in

    for about in FORMATS.values():
        if about.holds and about.reads and files_in(path, about.holds):
            return about.name
    names = [about.name for about in FORMATS.values() if about.holds and about.reads]
    raise ExchangeError(f"{path} is a folder of no format that is read: {', '.join(names)}")


def get_format(name: str) -> object:
    """A format's module by name; plug-ins (entry points `pressmark.formats`) if it is none of ours.

    It has `export` or `write` if it can be written, `read` or `read_path` if it can be read.
    Raises ExchangeError, with one sentence, if there is none or a plug-in does not load.
    """
    if name in FORMATS:
        return import_module(FORMATS[name].module)
    from tui.exchange import plugins

    return plugins.named(name) or _refuse(name)


def _refuse(name: str) -> NoReturn:
    raise ExchangeError(f"no format {name!r}: there are {', '.join(format_names())}")


def is_text(name: str) -> bool:
    """Whether a format is written as text, which can go into a pipe."""
    return FORMATS[name].place == "text" if name in FORMATS else hasattr(get_format(name), "export")


def export_pieces(
    bundle: Bundle, name: str, **options: bool
) -> Generator[str, None, tuple[str, ...]]:
    """The bundle in a format that is text, piece by piece; returns what could not be kept.

    Raises ExchangeError, with one sentence, if there is no such format, it is no text, or it
    cannot hold the bundle.
    """
    module = get_format(name)
    if not hasattr(module, "export"):
        raise ExchangeError(f"{name} is no text: name a file with --output")
    with _answered_for(name):
        found = cast(Writer, module).export(bundle, **options)
        if isinstance(found, str):
            yield found
            return ()
        said: Iterable[str] | None = yield from cast("Generator[str, None, Any]", found)
        return tuple(said or ())


def export_text(bundle: Bundle, name: str, **options: bool) -> str:
    """The same in one."""
    return "".join(export_pieces(bundle, name, **options))


def writing_out(
    bundle: Bundle, name: str, path: Path, **options: bool
) -> Generator[object, None, tuple[str, ...]]:
    """Write the bundle in a format, as a file or a folder, whole or not at all, step by step.

    Closed before its last step it leaves nothing behind. Returns what could not be kept, in
    sentences. Raises ExchangeError, with one sentence, if there is no such format, it cannot hold
    the bundle, or the path cannot be written.
    """
    module = get_format(name)
    if hasattr(module, "export"):
        return (yield from writing(path, export_pieces(bundle, name, **options)))
    if not hasattr(module, "write"):
        raise ExchangeError(f"{name} can only be read: {', '.join(FORMATS)} can be written")

    def write(place: Path) -> Iterable[str]:
        with _answered_for(name):
            found = cast(FileWriter, module).write(bundle, place, **options)
            said: Iterable[str] | None = yield from cast("Generator[str, None, Any]", found or ())
            yield from said or ()

    folder = about_format(name).place == "folder"
    return (yield from placing(path, write, folder=folder))


def write_out(bundle: Bundle, name: str, path: Path, **options: bool) -> tuple[str, ...]:
    """The same in one."""
    return through(writing_out(bundle, name, path, **options))


def read_in(path: Path, name: str = "") -> Incoming:
    """What a file or folder brings; its format is told by what is in it, if none is named.

    Raises ExchangeError, with one sentence, if it cannot be read or is of no format that can.
    """
    if not name:
        name = folder_of(path) if path.is_dir() else recognised(path, read_bytes(path, HEAD))
        name = name or format_of(path)  # to say that it can only be written
    name = name or "jsonl"
    module = get_format(name)
    with _answered_for(name):
        if hasattr(module, "read_path"):
            return cast(FileReader, module).read_path(path)
        if hasattr(module, "read"):
            return cast(Reader, module).read(read_text(path), str(path))
    readable = [about.name for about in FORMATS.values() if about.reads]
    raise ExchangeError(f"{path}: {name} can only be written; import reads {', '.join(readable)}")


def _answered_for(name: str) -> AbstractContextManager[None]:
    """What goes wrong in a plug-in is said in a sentence; what does in a format of ours shows."""
    if name in FORMATS:
        return nullcontext()
    from tui.exchange import plugins

    return plugins.answered_for(name)


def read_jsonl(text: str, name: str) -> Incoming:
    """What is in a native file: records, codebook, sources, texts, refused lines with reasons."""
    from tui.exchange.jsonl import read

    return read(text, name)
