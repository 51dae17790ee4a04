"""UIMA CAS XMI for INCEpTION: a folder with `TypeSystem.xml` and an `.xmi` an article.

A zip archive or a single file, as INCEpTION exports them, is read as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tui.exchange import native
from tui.exchange.bundles import Bundle
from tui.exchange.cas import LAYERS, Structure, built, layers, taken, types
from tui.exchange.files import ExchangeError, read_bytes
from tui.exchange.folders import files_in, naming
from tui.exchange.guarded import Archive, is_archive, parsed_xml
from tui.exchange.incoming import Incoming, Refused, joined

_CAS = "{http:///uima/cas.ecore}"
_ID = "{http://www.omg.org/XMI}id"
_Parse = Callable[[bytes], tuple[str, Sequence[Structure]]]


def write(bundle: Bundle, path: Path, **_: bool) -> Iterator[str]:
    """Write the bundle into a new folder, an article each step; nothing is lost."""
    system = types()
    path.mkdir()
    name_of = naming()
    for part, items, objects in native.packed(bundle):
        name = name_of(part.article)
        built(part, items, objects, system, name).to_xmi(path / f"{name}.xmi")
        yield ""
    system.to_xml(path / "TypeSystem.xml")
    (path / LAYERS).write_text(layers(), encoding="utf-8")


def read_path(path: Path) -> Incoming:
    """What a folder, an archive or an `.xmi` file brings; a bad document costs that document.

    Raises ExchangeError, with one sentence, if there is no XMI in it.
    """
    return gathered(path, ".xmi", _structures)


def gathered(path: Path, suffix: str, parse: _Parse) -> Incoming:
    """All documents of a folder, an archive or a file whose names end so, parsed by `parse`."""
    given = list(_given(path, suffix))
    if not given:
        raise ExchangeError(f"{path} holds no {suffix} file: name a folder with documents")
    parts: list[Incoming] = []
    for name, data in given:
        try:
            parts.append(taken(*parse(data), name))
        except ValueError as error:
            if len(given) == 1:
                raise ExchangeError(f"{name}: {error}") from error
            parts.append(Incoming(name, refused=(Refused(0, f"{name}: {error}"),)))
    return joined(str(path), parts)


def _given(path: Path, suffix: str) -> Iterable[tuple[str, bytes]]:
    if path.is_dir():
        files = (file for file in files_in(path, suffix) if file.name != LAYERS)
        return ((str(file.relative_to(path)), read_bytes(file)) for file in files)
    if is_archive(path):
        return _packed(path, suffix)
    return [(path.name, read_bytes(path))]


def _packed(path: Path, suffix: str) -> Iterator[tuple[str, bytes]]:
    with Archive(path) as archive:
        for name in archive.names:
            if name.lower().endswith(suffix) and name != LAYERS:
                yield name, archive.read(name)


def _structures(data: bytes) -> tuple[str, list[Structure]]:
    """The text of the first view and all feature structures; no entity is resolved.

    Raises ValueError, with the end of a sentence, if it is no XMI.
    """
    try:
        root = parsed_xml(data)
    except ImportError as error:
        raise ExchangeError("xmi needs lxml: pip install 'pressmark[cas]'") from error
    sofas = {each.get(_ID, ""): each for each in root.iter(f"{_CAS}Sofa")}
    sofa = next((each for each in sofas.values() if each.get("sofaString") is not None), None)
    if sofa is None:
        raise ValueError("no XMI with a text")
    key = sofa.get(_ID, "")
    found = [
        Structure(_kind(each.tag), _features(each), each.sourceline or 0)
        for each in root
        if isinstance(each.tag, str) and each.get("sofa", key) == key
    ]
    return sofa.get("sofaString"), found


def _kind(tag: str) -> str:
    """The name of a type: `{http:///webanno/custom.ecore}Claim` is `webanno.custom.Claim`."""
    space, _, name = tag[1:].partition("}")
    package = space.removeprefix("http:///").removesuffix(".ecore").replace("/", ".")
    return f"{package}.{name}"


def _features(each: Any) -> dict[str, str]:
    features = {key: value for key, value in each.attrib.items() if not key.startswith("{")}
    for child in each:
        if isinstance(child.tag, str):
            kept = features.get(child.tag, "")
            features[child.tag] = f"{kept}, {child.text}" if kept else child.text or ""
    return features
