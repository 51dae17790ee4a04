"""Codebooks on the disk: `codebook.toml` for all, one more in each analyst's folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from tui.model.codebook import COLOURS, Codebook, Tag, tag_path, union
from tui.store.durable import sentence
from tui.store.inside import read_inside, write_inside
from tui.store.places import analysts
from tui.store.protocol import StoreError

FILE = "codebook.toml"
_KNOWN = ("path", "slot", "colour", "description", "was")

_STARTER = (
    ("military", 1, "red", "Forces, fighting, deployments, weapons and exercises"),
    ("military/deployment", 0, "", "Where forces are sent, moved, rotated or withdrawn"),
    ("military/operations", 0, "", "Attacks, defence, advances, retreats, strikes"),
    ("military/equipment", 0, "", "Weapons, ammunition, vehicles and who supplies them"),
    ("casualties", 2, "orange", "People killed, wounded, missing, captured or displaced"),
    ("casualties/military", 0, "", "Losses among soldiers and other fighters"),
    ("casualties/civilian", 0, "", "Harm to people who do not fight"),
    ("diplomacy", 3, "blue", "Talks, visits, treaties, statements between states"),
    ("diplomacy/agreement", 0, "", "What was agreed, signed, ratified or broken off"),
    ("diplomacy/sanctions", 0, "", "Sanctions and embargoes, their making and evasion"),
    ("politics", 4, "violet", "Government, parties, elections, laws and courts"),
    ("politics/election", 0, "", "Campaigns, polls, results and who disputes them"),
    ("politics/law", 0, "", "Bills, rulings, arrests, trials, investigations"),
    ("economy", 5, "green", "Prices, trade, jobs, companies, budgets and money"),
    ("economy/trade", 0, "", "Exports, imports, tariffs, supply of goods and energy"),
    ("society", 6, "cyan", "Health, schools, migration, protest, disasters, daily life"),
    ("society/disaster", 0, "", "Accidents, storms, floods, fires, epidemics"),
    ("society/protest", 0, "", "Demonstrations, strikes, unrest"),
    ("technology", 7, "magenta", "Science, computing, cyber attacks, space"),
    ("forecast", 8, "yellow", "What is expected, planned, threatened or promised"),
    ("doubtful", 9, "grey", "To be checked: vague source, odd figure, contradiction"),
)


def starter_codebook() -> Codebook:
    """The tags for claims in the news that are there until somebody writes a codebook."""
    return Codebook(tuple(Tag(*entry) for entry in _STARTER))


def load_codebook(annotations: Path, folder: str) -> tuple[Codebook, tuple[str, ...]]:
    """The codebook in use, and sentences about what was passed over.

    It is the union of the analyst's own, the shared one and other analysts', an earlier one
    winning for path and slot and for what a tag was renamed to; without any the starter codebook.
    """
    troubles: list[str] = []
    own = _read(annotations, annotations / folder / FILE, troubles)
    others = _others(annotations, folder, troubles)
    books = [own, *others] if own is not None else others
    return (union(books) if books else starter_codebook()), tuple(troubles)


def other_codebooks(annotations: Path, folder: str) -> list[Codebook]:
    """The shared codebook and other analysts' own, those that are there and can be read."""
    return _others(annotations, folder, [])


def _others(annotations: Path, folder: str, troubles: list[str]) -> list[Codebook]:
    names = [name for name in analysts(annotations, troubles) if name != folder]
    paths = [annotations / FILE, *(annotations / name / FILE for name in names)]
    return [book for path in paths if (book := _read(annotations, path, troubles)) is not None]


def own_codebook(annotations: Path, folder: str) -> Codebook:
    """What the analyst's own file holds; the starter codebook while there is none at all."""
    own = _read(annotations, annotations / folder / FILE, [])
    if own is not None:
        return own
    others = (annotations / FILE, *(annotations / name / FILE for name in analysts(annotations)))
    return Codebook() if any(path.exists() for path in others) else starter_codebook()


def shared_codebook(annotations: Path) -> Codebook:
    """What the shared file holds, an empty codebook if there is none."""
    return _read(annotations, annotations / FILE, []) or Codebook()


def save_codebook(
    annotations: Path,
    folder: str,
    codebook: Codebook,
    *,
    shared: bool = False,
    before: Codebook | None = None,
) -> None:
    """Write the analyst's own codebook, or the shared one; comments in the file stay.

    Given what the codebook was made from (`before`), tags stay that the file has and that did not:
    another process has added them since, or the file could not be read then. Tables that are no
    tags to us stay. Raises StoreError if it cannot be written, or is there and unreadable: it is
    not overwritten.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = annotations / FILE if shared else annotations / folder / FILE
    try:
        found = read_inside(annotations, path)
        document = tomlkit.parse(found[0].decode()) if found else tomlkit.document()
    except OSError as error:
        raise StoreError(sentence("read", path, error)) from error
    except (TOMLKitError, ValueError) as error:
        raise StoreError(
            f"{path} was not written, since it cannot be read: {_first_line(error)}; correct it "
            "or move it away"
        ) from error
    old = cast("dict[str, Any]", document).get("tags", [])
    if old and not _is_array_of_tables(old):
        raise StoreError(f"{path} was not written: `tags` is no list of [[tags]]; correct it")
    tables = cast("list[Any]", old)
    document["tags"] = _tables(
        tables, codebook if before is None else _with_news(codebook, before, tables)
    )
    write_inside(annotations, path, tomlkit.dumps(document).encode())


def _with_news(codebook: Codebook, before: Codebook, tables: Iterable[Any]) -> Codebook:
    known = {name for tag in (*codebook.tags, *before.tags) for name in (tag.path, *tag.was)}
    found: list[Tag] = []
    for entry in tables:
        tag = _tag_or_none(entry)
        if tag is not None and tag.path not in known:
            found.append(tag)
    return Codebook((*codebook.tags, *found))


def _is_array_of_tables(item: Any) -> bool:
    from tomlkit.items import AoT

    return isinstance(item, AoT)


def _tables(old: Iterable[Any], codebook: Codebook) -> Any:
    """One TOML table a tag in the codebook's order, an old one with its comments where it fits.

    What is no tag to us comes last, as it is.
    """
    from tomlkit import aot, table

    known: dict[str, Any] = {}
    misshapen: list[Any] = []
    for entry in old:
        tag = _tag_or_none(entry)
        if tag is None:
            misshapen.append(entry)
        else:
            known[tag.path] = entry
    paths = {tag.path for tag in codebook.tags}
    found = cast(Any, aot())
    for tag in codebook.tags:
        names = (tag.path, *(name for name in tag.was if name not in paths))
        entry = next((known.pop(name) for name in names if name in known), None)
        entry = table() if entry is None else entry
        _fill(entry, tag)
        found.append(entry)
    for entry in misshapen:
        found.append(entry)
    return found


def _fill(entry: Any, tag: Tag) -> None:
    values: dict[str, Any] = {
        "path": tag.path,
        "slot": tag.slot,
        "colour": tag.colour,
        "description": tag.description,
        "was": list(tag.was),
        **tag.extra,
    }
    for key, value in values.items():
        if key in _KNOWN and not value:
            if key in entry:
                entry.remove(key)
        elif key not in entry or entry[key] != value:
            entry[key] = value


def _read(annotations: Path, path: Path, troubles: list[str]) -> Codebook | None:
    """The codebook in a file; None if there is none or it is unreadable (which adds a sentence)."""
    try:
        found = read_inside(annotations, path)
        if found is None:
            return None
        import tomllib  # a first start has no codebook

        data = tomllib.loads(found[0].decode("utf-8-sig"))
    except OSError as error:
        troubles.append(sentence("read", path, error))
        return None
    except ValueError as error:
        troubles.append(f"{path} is passed over: {_first_line(error)}; correct it or move it away")
        return None
    entries = data.get("tags", [])
    if not isinstance(entries, list):
        troubles.append(f"{path} is passed over: `tags` is no list of [[tags]]; correct it")
        return None
    tags: list[Tag] = []
    for number, entry in enumerate(cast("list[Any]", entries), start=1):
        try:
            tags.append(_tag(entry))
        except ValueError as error:
            troubles.append(f"{path}: tag {number} is passed over: {error}; correct it")
    return union(Codebook((tag,)) for tag in tags)


def _tag(entry: Any) -> Tag:
    """The tag of a TOML table; raises ValueError with what is wrong in it."""
    if not isinstance(entry, dict):
        raise ValueError("it is no [[tags]] table")
    given = cast("dict[str, Any]", entry)
    path, slot, was = given.get("path"), given.get("slot", 0), given.get("was", [])
    colour, description = given.get("colour", ""), given.get("description", "")
    if not isinstance(path, str):
        raise ValueError("it has no path")
    if isinstance(slot, bool) or not isinstance(slot, int) or not 0 <= slot <= 9:
        raise ValueError(f"{path}: slot is a number from 1 to 9")
    if colour and colour not in COLOURS:
        raise ValueError(f"{path}: {colour!r} is none of the colours {', '.join(COLOURS)}")
    if not isinstance(description, str):
        raise ValueError(f"{path}: description is a text")
    if not isinstance(was, list) or not all(isinstance(old, str) for old in cast("list[Any]", was)):
        raise ValueError(f'{path}: was is a list of paths, such as ["old/path"]')
    extra = {key: value for key, value in given.items() if key not in _KNOWN}
    return Tag(tag_path(path), slot, colour, description, tuple(cast("list[str]", was)), extra)


def _tag_or_none(table: Any) -> Tag | None:
    try:
        return _tag(table.unwrap())
    except ValueError:
        return None


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
