"""Tags as brat has them: names of types, and the two files that say what types there are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count

from tui.exchange.foreign import UNTAGGED, tag_for
from tui.model.codebook import Codebook
from tui.model.records import LINK_KINDS, MODALITIES

MODALITY = "Modality"
_ILLEGAL = re.compile(r"[^A-Za-z0-9_-]+")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_SHOWN = str.maketrans("|<>\t", "¦‹› ")  # these mean something in a configuration
_RESERVED = ("SEPARATOR",)


class Types:
    """A type for each tag, and for highlights without one; no two tags have the same."""

    def __init__(self) -> None:
        self.by_tag: dict[str, str] = {}
        self._taken: set[str] = {*_RESERVED}
        self.add((UNTAGGED,))

    def add(self, tags: Iterable[str]) -> None:
        """Give a type to those that have none yet."""
        for tag in tags:
            if tag not in self.by_tag:
                self.by_tag[tag] = name = self._free(_type_for(tag))
                self._taken.add(name)

    def _free(self, wanted: str) -> str:
        numbered = (f"{wanted}_{number}" for number in count(2))
        return next(name for name in chain((wanted,), numbered) if name not in self._taken)


def _type_for(tag: str) -> str:
    """What brat stores for a tag: ASCII letters, digits, `_` and `-`; a letter comes first.

    Letters that have no likeness in ASCII are written as their code points.
    """
    name = _ILLEGAL.sub("_", "".join(map(_folded, unicodedata.normalize("NFC", tag))))
    return name if name[:1].isalpha() else f"t{name}"


def _folded(char: str) -> str:
    if char.isascii():
        return char
    plain = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode()
    return plain or f"u{ord(char):04X}"


def annotation_conf(types: Mapping[str, str]) -> str:
    """What may be annotated: each tag below its parent, links as relations, modality."""
    by_path = dict(sorted(types.items()))
    entities = [f"{chr(9) * _depth(tag, by_path)}{name}" for tag, name in by_path.items()]
    relations = [f"{kind}\tArg1:<ENTITY>, Arg2:<ENTITY>" for kind in LINK_KINDS]
    values = "|".join(MODALITIES)
    return "\n".join(
        (
            *("[entities]", *entities, ""),
            *("[relations]", *relations, ""),
            *("[events]", ""),
            *("[attributes]", f"{MODALITY}\tArg:<ENTITY>, Value:{values}", ""),
        )
    )


def _depth(tag: str, by_path: Mapping[str, str]) -> int:
    """How many of the tags above it stand above it in the file."""
    parts = tag.split("/")
    return sum("/".join(parts[:end]) in by_path for end in range(1, len(parts)))


def visual_conf(types: Mapping[str, str], codebook: Codebook) -> str:
    """How it is shown: types as their tags, in their colours."""
    labels = [f"{name} | {tag.translate(_SHOWN)}" for tag, name in types.items()]
    coloured = ((name, codebook.colour(tag)) for tag, name in types.items())
    drawn = [
        f"{name}\tbgColor:{colour}, borderColor:darken"
        for name, colour in coloured
        if _COLOUR.fullmatch(colour)
    ]
    default = "SPAN_DEFAULT\tfgColor:black, bgColor:#fff3b0, borderColor:darken"
    arcs = "ARC_DEFAULT\tcolor:black, arrowHead:triangle-5"
    return "\n".join(("[labels]", *labels, "", "[drawing]", default, arcs, *drawn, ""))


def tags_in(conf: str) -> dict[str, str]:
    """The tags of types by a `visual.conf`, where a label is what its type was made from."""
    return {
        name: tag
        for name, label in _labels(conf)
        if (tag := tag_for(label)) and _same(name, _type_for(tag))
    }


def _same(name: str, made: str) -> bool:
    return name == made or bool(re.fullmatch(re.escape(made) + r"_\d+", name))


def _labels(conf: str) -> Iterator[tuple[str, str]]:
    section = ""
    for line in conf.split("\n"):
        if line.startswith("["):
            section = line.strip()
        elif section == "[labels]" and "|" in line and not line.startswith("#"):
            name, label, *_ = (part.strip() for part in line.split("|"))
            yield name, label
