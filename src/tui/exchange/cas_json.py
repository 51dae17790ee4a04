"""UIMA CAS JSON 0.4 for INCEpTION: a folder with a `.cas.json` an article, types embedded.

A zip archive or a single file is read as well. (https://github.com/apache/uima-uimaj-io-jsoncas)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, cast

from tui.exchange import native
from tui.exchange.bundles import Bundle
from tui.exchange.cas import LAYERS, Structure, built, layers, types
from tui.exchange.folders import naming
from tui.exchange.incoming import Incoming
from tui.exchange.xmi import gathered


def write(bundle: Bundle, path: Path, **_: bool) -> Iterator[str]:
    """Write the bundle into a new folder, an article each step; nothing is lost."""
    system = types()
    path.mkdir()
    name_of = naming()
    for part, items, objects in native.packed(bundle):
        name = name_of(part.article)
        cas = built(part, items, objects, system, name)
        cas.to_json(path / f"{name}.cas.json")
        yield ""
    (path / LAYERS).write_text(layers(), encoding="utf-8")


def read_path(path: Path) -> Incoming:
    """What a folder, an archive or a file of CAS JSON brings; a bad document costs that document.

    Raises ExchangeError, with one sentence, if there is none in it.
    """
    return gathered(path, ".json", _structures)


def _structures(data: bytes) -> tuple[str, list[Structure]]:
    """The text of the first view and all feature structures.

    Raises ValueError, with the end of a sentence, if it is no CAS.
    """
    try:
        read: object = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start}") from error
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    given = cast("dict[str, Any]", read) if isinstance(read, dict) else {}
    held: Any = given.get("%FEATURE_STRUCTURES")
    if isinstance(held, dict):  # version 0.3 has them by their numbers
        named = cast("dict[str, Any]", held)
        held = [{"%ID": key, **each} for key, each in named.items() if isinstance(each, dict)]
    structures = [
        cast("dict[str, Any]", each)
        for each in cast("Iterable[object]", held if isinstance(held, list) else ())
        if isinstance(each, dict)
    ]
    sofa = next((s for s in structures if isinstance(s.get("sofaString"), str)), None)
    if sofa is None:
        raise ValueError("no CAS with a text")
    key = str(sofa.get("%ID"))
    found = [
        Structure(str(each.get("%TYPE")), _features(each))
        for each in structures
        if str(each.get("@sofa", key)) == key
    ]
    return sofa["sofaString"], found


def _features(each: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in each.items() if key[:1] not in "%@^"}
