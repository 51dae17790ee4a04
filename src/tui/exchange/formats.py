"""The formats by name: what each is, and its module, which is imported when it is asked for.

`exporting` and `importing` make use of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from tui.exchange.about import About
from tui.exchange.files import ExchangeError
from tui.exchange.offsets import CODE_POINTS, UTF8, UTF16

SCHEMA = Path(__file__).parent / "schema" / "pressmark-jsonl.schema.json"


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

    return by_ending(path, _OURS) or by_ending(path, plugins.all_about())


def by_ending(path: Path, formats: Iterable[About]) -> str:
    """The one of some formats with the longest ending that a path has, or the empty string."""
    name = path.name.lower()
    longest = sorted(formats, key=lambda a: -max(map(len, a.suffixes), default=0))
    return next((a.name for a in longest if a.suffixes and name.endswith(a.suffixes)), "")


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


def answered_for(name: str) -> AbstractContextManager[None]:
    """What goes wrong in a plug-in is said in a sentence; what does in a format of ours shows."""
    if name in FORMATS:
        return nullcontext()
    from tui.exchange import plugins

    return plugins.answered_for(name)
