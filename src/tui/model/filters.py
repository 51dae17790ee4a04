"""Which claims and highlights are meant: one filter for the panel, the claims list and exports."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast
from unicodedata import normalize

from msgspec import Struct, field
from msgspec.structs import replace

from tui.model.articles import Article
from tui.model.codebook import Codebook, covers, tag_path
from tui.model.queries import BESIDE, holds, parse_words
from tui.model.records import MODALITIES, VERDICTS, Claim, Hop
from tui.model.sources import Registry, folded
from tui.model.spans import joined_quote
from tui.model.views import STATUSES, Placed, Status, grade_of
from tui.model.wording import format_list

PROPOSALS = "proposed"  # the status of what is no claim yet
FLAGS = ("flagged", "stale", "self-reviewed")  # `status` takes these too
StatusOf = Callable[[Claim], Status]
_NO_SOURCES = Registry()
_NO_FIELDS: Mapping[str, str] = {}
_WORD = r'(?:(?P<key>[\w-]+)(?P<sign>[:=]))?(?:"(?P<quoted>[^"]*)"?|(?P<plain>\S*))'
_TIME = r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d)?)?Z?)?)?)?"
_EDTF_DAY = r"\d{4}(-\d\d(-\d\d)?)?"
_GRADE = r"([A-F-]?)([1-6-]?)"


class Filter(Struct, frozen=True):
    """What a claim, or a highlight without one, must be. An empty part asks for nothing.

    `tag`, `status`, `assessment`, `modality` and `grade` may name several values, parted by
    commas: any of them will do. Times are ISO, whole or cut short (`2025-02`), in UTC as records
    have them; `after` is included, `before` is not. `when` is one EDTF date, or two parted by `/`
    of which one may be missing: it asks that the claim's own time meet that range.
    """

    tag: str = ""  # paths; a tag covers its children
    status: str = ""  # STATUSES, FLAGS or PROPOSALS
    assessment: str = ""  # VERDICTS
    source: str = ""  # anywhere in the chain, by any name that the registry knows it under
    analyst: str = ""
    after: str = ""  # created or changed at or after it
    before: str = ""
    when: str = ""
    articles: tuple[str, ...] = ()  # ids, beginnings of ids, or paths
    modality: str = ""  # MODALITIES
    grade: str = ""  # "B2", "B", "2", "none"
    fields: Mapping[str, str] = field(default_factory=dict[str, str])  # the workspace's own
    text: str = ""  # words that occur, as `queries.parse_words` has them

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return any(getattr(self, name) for name in self.__struct_fields__)

    @property
    def needs_claim(self) -> bool:
        """Whether only claims can match: it asks for what a bare highlight does not have."""
        parts = (self.status, self.assessment, self.source, self.when, self.modality, self.grade)
        return any(parts) or bool(self.fields)

    def matches(
        self,
        claim: Claim | None,
        placed: Placed,
        status: StatusOf,
        article: Article,
        codebook: Codebook,
        sources: Registry = _NO_SOURCES,
    ) -> bool:
        """Whether a claim on a highlight is meant, or, with None, the highlight by itself.

        `status` is asked for that of the claim, if the filter asks for one.
        """
        if self.articles and not self._of_articles(article):
            return False
        if self.tag and not _tagged(self.tag, placed, codebook):
            return False
        record = placed.record if claim is None else claim
        if self.analyst and folded(record.by) != folded(self.analyst):
            return False
        if not self._in_time(record.created, record.modified):
            return False
        if self.text and not _has_words(self.text, _texts(claim, placed)):
            return False
        if claim is None:
            return not self.needs_claim
        return self._of_claim(claim, status, sources)

    def _of_articles(self, article: Article) -> bool:
        return any(article.id.startswith(a) or article.path == a for a in self.articles if a)

    def _in_time(self, created: str, modified: str) -> bool:
        return any(
            moment[: len(self.after)] >= self.after
            and (not self.before or moment[: len(self.before)] < self.before)
            for moment in (created, modified)
        )

    def _of_claim(self, claim: Claim, status: StatusOf, sources: Registry) -> bool:
        if self.status and not _has_status(self.status, claim, status):
            return False
        if self.assessment and claim.assessment.verdict not in _values(self.assessment):
            return False
        if self.modality and claim.modality not in _values(self.modality):
            return False
        if self.source and not _cites(claim.chain, self.source, sources):
            return False
        if self.grade and not any(_grade_fits(g, grade_of(claim)) for g in _values(self.grade)):
            return False
        if self.when and not _about_time(claim, self.when):
            return False
        return all(_says(claim.fields.get(name), value) for name, value in self.fields.items())

    def describe(self) -> str:
        """What it asks for, as words for a sentence: `tag military, status accepted, by kim`."""
        names = {"analyst": "by", "when": "about", "articles": "article"}
        found: list[str] = []
        for part in self.__struct_fields__:
            value: Any = getattr(self, part)
            if not value:
                continue
            if part == "fields":
                found += [f"{name} {wanted}" for name, wanted in self.fields.items()]
            elif part == "text":
                found.append(f"with the words {value}")
            else:
                values = [value] if part == "source" else value
                values = _values(values) if isinstance(values, str) else list(values)
                found.append(f"{names.get(part, part)} {format_list(values, 'or')}")
        return ", ".join(found)


def _values(words: str) -> list[str]:
    return [word.strip() for word in words.split(",") if word.strip()]


def _tagged(wanted: str, placed: Placed, codebook: Codebook) -> bool:
    tags = codebook.resolved(placed.record.tags)
    if wanted == "none":
        return not tags
    parents = [codebook.resolve(path) for path in _values(wanted)]
    return any(covers(parent, tag) for parent in parents for tag in tags)


def _has_status(wanted: str, claim: Claim, status_of: StatusOf) -> bool:
    if not claim.id:
        return PROPOSALS in _values(wanted)
    status = status_of(claim)
    found = {
        status.name: True,
        "flagged": status.flagged,
        "stale": status.stale,
        "self-reviewed": status.self_reviewed,
    }
    return any(found.get(name, False) for name in _values(wanted))


def _cites(chain: Iterable[Hop], wanted: str, sources: Registry) -> bool:
    known = sources.find(wanted)
    names = {folded(name) for name in (known.names() if known else (wanted,))}
    return any(folded(hop.source.text) in names for hop in chain)


def _grade_fits(wanted: str, grade: str) -> bool:
    if wanted == "none":
        return not grade
    parts, shown = re.fullmatch(_GRADE, wanted), grade or "--"
    return parts is not None and all(parts[i + 1] in ("", shown[i]) for i in (0, 1))


def _about_time(claim: Claim, wanted: str) -> bool:
    """Whether the claim's time and the wanted range meet; an unresolved time meets none."""
    if claim.when is None or not (claim.when.earliest or claim.when.latest):
        return False
    start, slash, end = wanted.partition("/")
    end = end if slash else start
    return _not_after(claim.when.earliest, end) and _not_after(start, claim.when.latest)


def _not_after(earlier: str, later: str) -> bool:
    """Whether two ISO times, as far as both say, are in order; an empty one is open."""
    shared = min(len(earlier), len(later))
    return earlier[:shared] <= later[:shared]


def _says(value: Any, wanted: str) -> bool:
    if isinstance(value, bool):
        return wanted.casefold() in (("yes", "true", "1") if value else ("no", "false", "0"))
    if isinstance(value, (list, tuple)):
        return any(_says(item, wanted) for item in cast(Iterable[Any], value))
    return value is not None and folded(str(value)) == folded(wanted)


def _texts(claim: Claim | None, placed: Placed) -> Iterable[str]:
    yield joined_quote(placed.record.spans)
    yield placed.record.note
    yield from placed.record.tags
    if claim is None:
        return
    yield from (claim.statement, claim.translation, claim.note, claim.assessment.rationale)
    yield from (hop.source.text for hop in claim.chain)
    yield from (phrase.text for phrase in (claim.place, claim.about, claim.hedge) if phrase)
    yield from (quantity.text for quantity in claim.quantities)
    yield from (str(value) for value in claim.fields.values())
    if claim.when is not None:
        yield claim.when.text


def _has_words(wanted: str, texts: Iterable[str]) -> bool:
    everything = "\n".join(map(_comparable, texts))
    return holds(parse_words(wanted), lambda leaf: _comparable(leaf.words) in everything)


def _comparable(text: str) -> str:
    return " ".join(normalize("NFC", text.casefold()).split())


def parse_filter(words: str) -> Filter:
    """The filter of a typed line: `tag:military status:accepted by:kim source:NIS kyiv`.

    Keys are `tag status assessment source by after before when article modality grade`, each
    followed by a colon and a value, in double quotes if it has blanks; `name=value` asks for a
    field of the workspace's own; everything else is words to be found, as in search: phrases in
    double quotes, AND, OR, NOT, parentheses. A key without a value asks for nothing, so that a line
    may be read while it is typed.

    Raises ValueError, with one sentence, for a key or a value that there is not, or for words that
    make no query.
    """
    found = Filter()
    free: list[str] = []
    places: set[int] = set()  # among the words, where filters stand
    for match in re.finditer(_WORD, words):
        key, sign = match["key"], match["sign"]
        value = match["quoted"] if match["quoted"] is not None else match["plain"]
        if key is None:
            if value:
                free.append(f'"{value}"' if match["quoted"] is not None else value)
        elif sign == "=":
            places.add(len(free))
            found = replace(found, fields={**found.fields, key: value} if value else found.fields)
        elif key.isdigit() or (match["quoted"] is None and value.startswith("//")):
            free.append(match[0])  # 15:53 and https://... are words
        elif key not in _KEYS:
            raise ValueError(
                f"no filter {key!r}: there are {format_list(list(_KEYS))}, and name=value; "
                "words with a colon go into double quotes"
            )
        elif value:
            places.add(len(free))
            found = _KEYS[key](found, value)
    for place in places:
        if free[place - 1 : place] in (["OR"], ["NOT"]) or free[place : place + 1] == ["OR"]:
            raise ValueError(BESIDE)
    text = " ".join(free)
    parse_words(text)
    return replace(found, text=text)


def with_part(found: Filter, key: str, typed: str) -> Filter:
    """The filter with one part more, by its key (one of KEYS), as `parse_filter` reads it.

    Raises ValueError, with one sentence, for a value that there is not.
    """
    return _KEYS[key](found, typed)


def _one_of(name: str, values: tuple[str, ...]) -> Callable[[Filter, str], Filter]:
    def read(found: Filter, typed: str) -> Filter:
        wanted = _values(typed.casefold())
        for value in wanted:
            if value not in values:
                raise ValueError(f"no {name} {value!r}: there are {format_list(values)}")
        return replace(found, **{name: ",".join(wanted)})

    return read


def _read_tag(found: Filter, typed: str) -> Filter:
    paths = [path if path == "none" else tag_path(path) for path in _values(typed)]
    return replace(found, tag=",".join(paths))


def _time_reader(name: str) -> Callable[[Filter, str], Filter]:
    def read(found: Filter, typed: str) -> Filter:
        if not re.fullmatch(_TIME, typed):
            raise ValueError(
                f"{name}:{typed} is no time: write 2025, 2025-02, 2025-02-05 or 2025-02-05T15:53"
            )
        return replace(found, **{name: typed.removesuffix("Z")})

    return read


def _read_when(found: Filter, typed: str) -> Filter:
    ends = typed.replace("..", "").split("/")
    if len(ends) > 2 or not any(ends) or not all(not e or re.fullmatch(_EDTF_DAY, e) for e in ends):
        raise ValueError(f"when:{typed} is no time: write 2025-01, or 2025-01-10/2025-02")
    return replace(found, when="/".join(ends))


def _read_grade(found: Filter, typed: str) -> Filter:
    grades = [g if g == "none" else g.upper() for g in _values(typed)]
    for grade in grades:
        if grade != "none" and not re.fullmatch(_GRADE, grade):
            raise ValueError(f"no grade {grade!r}: write a letter A-F, a digit 1-6, or both (B2)")
    return replace(found, grade=",".join(grades))


_KEYS: Mapping[str, Callable[[Filter, str], Filter]] = {
    "tag": _read_tag,
    "status": _one_of("status", (*STATUSES, *FLAGS, PROPOSALS)),
    "assessment": _one_of("assessment", VERDICTS),
    "source": lambda found, typed: replace(found, source=typed),
    "by": lambda found, typed: replace(found, analyst=typed),
    "after": _time_reader("after"),
    "before": _time_reader("before"),
    "when": _read_when,
    "article": lambda found, typed: replace(found, articles=(*found.articles, typed)),
    "modality": _one_of("modality", MODALITIES),
    "grade": _read_grade,
}
KEYS = tuple(_KEYS)  # for completion
