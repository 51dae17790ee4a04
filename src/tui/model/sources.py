"""The source registry: who is cited, under which names, and how reliable an analyst held them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from unicodedata import normalize

from msgspec import Struct, field
from msgspec.structs import replace

from tui.model.records import RELIABILITIES, SOURCE_KINDS


def _extra() -> Mapping[str, Any]:
    return {}


_OPENING = ("the", "a", "an", "one", "another")  # a capital there says nothing


class Reliability(Struct, frozen=True):
    """A letter A to F, from a day on (ISO date)."""

    grade: str
    since: str
    note: str = ""
    extra: Mapping[str, Any] = field(default_factory=_extra)


class Source(Struct, frozen=True):
    """One source that can be told from others; two unnamed officials are never one."""

    name: str
    aliases: tuple[str, ...] = ()
    kind: str = "named"
    role: str = ""
    affiliation: str = ""
    reliability: tuple[Reliability, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=_extra)

    def names(self) -> tuple[str, ...]:
        """Its name and aliases."""
        return (self.name, *self.aliases)

    def reliability_on(self, day: str) -> str:
        """The letter in force on an ISO day, or the empty string."""
        found = ""
        for entry in sorted(self.reliability, key=lambda r: r.since):
            if entry.since <= day:
                found = entry.grade
        return found


class Registry(Struct, frozen=True, dict=True):
    """Sources by name; look-ups fold case and white space and drop a leading article."""

    sources: tuple[Source, ...] = ()

    def find(self, name: str) -> Source | None:
        """The source with this name or alias, or None."""
        return self._by_name.get(folded(name))

    @cached_property
    def _by_name(self) -> Mapping[str, Source]:
        return {folded(n): source for source in reversed(self.sources) for n in source.names()}

    def with_source(self, source: Source) -> Registry:
        """A registry with this source in place of the one of the same name, or added."""
        wanted = folded(source.name)
        if any(folded(s.name) == wanted for s in self.sources):
            return Registry(tuple(source if folded(s.name) == wanted else s for s in self.sources))
        return Registry((*self.sources, source))

    def mentioned(self, text: str) -> Registry:
        """The sources of which a name or alias stands in a text, however it is broken in lines."""
        if not self.sources:
            return self
        closed = " ".join(normalize("NFC", text.casefold()).split())
        found = (s for s in self.sources if any(folded(n) in closed for n in s.names()))
        return Registry(tuple(found))

    def mentioned_too(self, text: str, asked: Registry, found: Registry) -> Registry:
        """The same, where it is known which of the sources of another registry were `found`.

        Only those that are not in that one are looked for.
        """
        known = {id(source) for source in asked.sources}
        fresh = Registry(tuple(each for each in self.sources if id(each) not in known))
        there = {id(each) for each in (*found.sources, *fresh.mentioned(text).sources)}
        return Registry(tuple(each for each in self.sources if id(each) in there))

    def completions(self, typed: str) -> tuple[str, ...]:
        """Names and aliases that begin, or have a word that begins, with what was typed."""
        wanted = folded(typed)
        names = [name for source in self.sources for name in source.names()]
        starts = [n for n in names if folded(n).startswith(wanted)]
        words = [n for n in names if any(w.startswith(wanted) for w in folded(n).split())]
        return tuple(dict.fromkeys((*starts, *words)))


def described(source: Source, given: Mapping[str, str], day: str) -> Source:
    """The source with what was given: `alias kind role affiliation reliability`.

    An alias is added to those there; a reliability holds from `day` (ISO) on. Raises ValueError
    with a sentence for another key or a value that does not fit.
    """
    for key, value in given.items():
        if key == "alias":
            source = replace(source, aliases=tuple(dict.fromkeys((*source.aliases, value))))
        elif key == "kind" and value in SOURCE_KINDS:
            source = replace(source, kind=value)
        elif key == "reliability" and value.upper() in RELIABILITIES:
            others = tuple(r for r in source.reliability if r.since != day)
            entry = Reliability(value.upper(), day)
            source = replace(source, reliability=(*others, entry))
        elif key == "role":
            source = replace(source, role=value)
        elif key == "affiliation":
            source = replace(source, affiliation=value)
        elif key in ("kind", "reliability"):
            values = SOURCE_KINDS if key == "kind" else RELIABILITIES
            raise ValueError(f"{key}={value}: it is one of {', '.join(values)}")
        else:
            raise ValueError(f"{key}= is unknown: alias, kind, role, affiliation or reliability")
    return source


def in_words(source: Source) -> str:
    """What is known of a source, in one line."""
    parts = [f"{source.name}: {source.kind}"]
    parts += [part for part in (source.role, source.affiliation) if part]
    parts += [f"also {', '.join(source.aliases)}"] if source.aliases else []
    held = sorted(source.reliability, key=lambda r: r.since)
    parts += [f"held {', '.join(f'{r.grade} from {r.since}' for r in held)}"] if held else []
    return " · ".join(parts)


def is_name(words: str) -> bool:
    """Whether words name one source wherever they stand: a capital or a letter without case.

    `The agency` and `one of them` do not; `NIS`, `South Korea's spy agency` and `국정원` do.
    """
    first, _, rest = words.partition(" ")
    bare = rest if first.casefold() in _OPENING and rest else words
    return any(c.isupper() or (c.isalpha() and not c.islower()) for c in bare)


def folded(name: str) -> str:
    """A name as compared: composed, case folded, white space closed up, no leading article."""
    words = normalize("NFC", name.casefold()).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words)


def union(registries: Iterable[Registry]) -> Registry:
    """All sources of several registries, an earlier one winning for a name."""
    found: dict[str, Source] = {}
    for registry in registries:
        for source in registry.sources:
            found.setdefault(folded(source.name), source)
    return Registry(tuple(found.values()))
