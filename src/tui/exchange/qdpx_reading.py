"""What REFI-QDA projects bring that Pressmark, QualCoder, ATLAS.ti, MAXQDA or NVivo have written.

They differ in what they count: line ends as one character or two, characters beyond the first
65,536 as one or two, a byte-order mark or not. A selection's name has its words in most of them:
the count is taken that most of the words agree with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from tui.exchange.carrying import Carried, carried_in
from tui.exchange.files import ExchangeError
from tui.exchange.foreign import UNTAGGED, Mark, document, reunited
from tui.exchange.guarded import Archive, local_name, xml_root
from tui.exchange.incoming import Document, Incoming, Refused
from tui.exchange.native import Packed
from tui.exchange.offsets import CODE_POINTS, UTF16, ForeignText, canonical
from tui.exchange.refi import (
    VARIABLES,
    check_version,
    children,
    codes_in,
    fit,
    key_of,
    text_in,
)
from tui.exchange.remarks import with_notes
from tui.model.codebook import Codebook
from tui.model.ids import sha256
from tui.model.records import Highlight, Record
from tui.model.spans import Extent

_UNREAD = {
    "PictureSource": "a picture",
    "AudioSource": "a recording",
    "VideoSource": "a recording",
}


def read_project(path: Path) -> Incoming:
    """The texts of a project, with their codings and memos, and its codebook.

    Raises ExchangeError, with one sentence, if it is none, or not to be trusted.
    """
    with Archive(path) as archive:
        name = _project_in(archive, path)
        root = xml_root(archive.read(name), f"{path}: {name}", "refi")
        check_version(root, "Project", str(path))
        return _Project(archive, root).read(str(path))


def _project_in(archive: Archive, path: Path) -> str:
    """The name of the project's XML: programs name it as they like."""
    found = [name for name in archive.names if name.lower().endswith(".qde")]
    found.sort(key=lambda name: (name.count("/"), name.lower() != "project.qde"))
    if not found:
        raise ExchangeError(f"{path} is no REFI-QDA project: there is no project.qde in it")
    return found[0]


class _Note(Struct):
    """A note of the project."""

    name: str
    text: str
    ranges: list[tuple[str, str]]
    used: bool = False


class _Source(Struct):
    """A text as it is read: the document, its marks, and memos by where they stand."""

    where: Document
    marks: list[Mark] = field(default_factory=list[Mark])
    memos: dict[Extent, list[str]] = field(default_factory=dict[Extent, "list[str]"])


class _Project:
    """One project while it is read."""

    def __init__(self, archive: Archive, root: Any) -> None:
        self._archive = archive
        self._root = root
        self._names = {name.replace("\\", "/").lower(): name for name in archive.names}
        self._refused: list[str] = []
        codebook = next(children(root, "CodeBook"), None)
        self._codes = codes_in(codebook, self._refused)
        self._variables = {
            key_of(each.get("guid")): each.get("name") or ""
            for group in children(root, "Variables")
            for each in children(group, "Variable")
        }
        self._notes = {key_of(each.get("guid")): self._note(each) for each in self._all("Notes")}
        self._linked = self._links()

    def read(self, name: str) -> Incoming:
        """All of it."""
        carried, changed = self._carried(), 0
        records: list[Record] = []
        documents: list[Document] = []
        for source in self._sources(carried):
            ours = carried.pop(source.where.key, None)
            documents.append(source.where)
            found, notes = _with_memos(source, ours.packed if ours else Packed())
            records += found
            changed += notes
        self._left_over(carried)
        book = Codebook(tuple(t for t in self._codes.book.tags if t.path != UNTAGGED))
        refused = tuple(Refused(0, reason) for reason in self._refused)
        return Incoming(
            name, tuple(records), book, refused=refused, changed=changed, documents=tuple(documents)
        )

    def _all(self, name: str) -> Iterator[Any]:
        for group in children(self._root, name):
            yield from group

    def _carried(self) -> dict[str, Carried]:
        """What notes bring of ours, by article."""
        found: dict[str, Carried] = {}
        for note in self._notes.values():
            try:
                ours, note.text = carried_in(note.text)
            except ValueError as error:
                note.used = True
                self._refused.append(f"note “{note.name}”: {error}")
                continue
            if ours is not None:
                note.used = True
                found.setdefault(ours.article.get("id", ""), ours)
        return found

    def _left_over(self, carried: Mapping[str, Carried]) -> None:
        for ours in carried.values():
            title = ours.article.get("title") or ours.article.get("id", "")
            self._refused.append(f"what Pressmark knew of “{title}” has no text in the project")
        for note in self._notes.values():
            if not note.used and note.text.strip():
                self._refused.append(f"note “{note.name}” is of no passage: keep it elsewhere")

    def _note(self, each: Any) -> _Note:
        text = text_in(each, "PlainTextContent")
        if not text and each.get("plainTextPath"):
            try:
                text = canonical(self._text(each, "note"))
            except ValueError as error:
                self._refused.append(str(error))
        ranges = [_range(selection) for selection in children(each, "PlainTextSelection")]
        text = text or text_in(each, "Description")
        return _Note(each.get("name") or each.get("guid") or "", text, ranges)

    def _links(self) -> dict[str, list[str]]:
        """The notes that links tie to something, by its GUID, as NVivo has them."""
        found: dict[str, list[str]] = {}
        for link in self._all("Links"):
            ends = key_of(link.get("originGUID")), key_of(link.get("targetGUID"))
            for note, other in (ends, ends[::-1]):
                if note in self._notes:
                    found.setdefault(other, []).append(note)
        return found

    def _sources(self, carried: Mapping[str, Carried]) -> Iterator[_Source]:
        for element in self._all("Sources"):
            kind, name = local_name(element), element.get("name") or ""
            if kind == "PDFSource":
                texts = list(children(element, "Representation"))
                if not texts:
                    self._refused.append(f"source “{name}” is a PDF without its text")
            elif kind == "TextSource":
                texts = [element]
            else:
                self._refused.append(
                    f"source “{name}” is {_UNREAD.get(kind, 'of no kind')}, no text"
                )
                continue
            for text in texts:
                try:
                    raw = self._text(text, "source", name)
                except ValueError as error:
                    self._refused.append(str(error))
                else:
                    yield self._source(text, raw, name, carried)
            if kind == "PDFSource" and any(children(element, "PDFSelection")):
                self._refused.append(f"source “{name}”: what is marked on its pages is left out")

    def _text(self, element: Any, what: str, name: str = "") -> str:
        """The text of a source or note, as it is; raises ValueError with a sentence."""
        name = name or element.get("name") or element.get("guid") or ""
        inline = next(children(element, "PlainTextContent"), None)
        if inline is not None:
            return "".join(inline.itertext())
        where = element.get("plainTextPath") or ""
        if not where:
            raise ValueError(f"{what} “{name}” has no plain text: export it with plain text too")
        scheme, _, rest = where.partition("://")
        if scheme.lower() != "internal":
            raise ValueError(f"{what} “{name}” lies outside of the file ({where}): put it inside")
        wanted = rest.replace("\\", "/").strip("/").lower()
        found = self._names.get(f"sources/{wanted}") or next(
            (real for low, real in self._names.items() if low.endswith(f"/{wanted}")), None
        )
        if found is None:
            raise ValueError(f"{what} “{name}”: {where} is not in the file")
        data = self._archive.read(found)
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        try:
            return data.decode("utf-16" if wide else "utf-8")
        except UnicodeDecodeError as error:
            raise ValueError(f"{what} “{name}” is not UTF-8 at byte {error.start}") from error

    def _source(self, element: Any, raw: str, name: str, carried: Mapping[str, Carried]) -> _Source:
        ours = self._ours(element, raw, carried)
        about = {key: self._value(element, key) for key in VARIABLES} | dict(ours)
        source = _Source(
            document(
                canonical(raw),
                article=about["id"],
                name=about["path"] or ("" if ours else name),
                title=about.get("title", name),
                url=about["url"],
                outlet=about["outlet"],
                published=about["published"],
            )
        )
        theirs = self._counted(element, raw)
        for selection in children(element, "PlainTextSelection"):
            self._selection(selection, source, theirs)
        self._notes_on(element, source, theirs)
        if any(children(element, "Coding")):
            self._refused.append(f"source “{name}”: codes on the whole of it are left out")
        if text_in(element, "Description").strip():
            self._refused.append(f"source “{name}”: its memo is left out")
        return source

    def _value(self, element: Any, key: str) -> str:
        """What a variable of ours says of a source."""
        for value in children(element, "VariableValue"):
            of = next(children(value, "VariableRef"), None)
            name = "" if of is None else self._variables.get(key_of(of.get("targetGUID")), "")
            if name == VARIABLES[key]:
                return text_in(value, "TextValue").strip()
        return ""

    def _ours(self, element: Any, raw: str, carried: Mapping[str, Carried]) -> Mapping[str, str]:
        """What we had written of this source's article, if it is one of ours."""
        found = carried.get(self._value(element, "id"))
        if found is None:
            revision = sha256(canonical(raw))
            same = (c for c in carried.values() if c.article.get("revision") == revision)
            found = next(same, None)
        return found.article if found is not None else {}

    def _counted(self, element: Any, raw: str) -> ForeignText:
        """The text, counted as most of the selections' names agree with."""
        plain = raw.removeprefix("\ufeff")
        ways = [(canonical(raw), CODE_POINTS)] if self._of_atlas() else []
        ways += [(plain, CODE_POINTS), (canonical(raw), CODE_POINTS), (raw, CODE_POINTS)]
        ways += [(plain, UTF16), (canonical(raw), UTF16), (raw, UTF16)]
        counted = [ForeignText(*way) for way in dict.fromkeys(ways)]
        named = [
            (_range(each), words)
            for each in children(element, "PlainTextSelection")
            if (words := "".join((each.get("name") or "").split()).rstrip(".…"))
        ]
        if len(counted) == 1 or not named:
            return counted[0]
        return max(counted, key=lambda text: sum(_reads(text, at, words) for at, words in named))

    def _of_atlas(self) -> bool:
        """ATLAS.ti counts a line end as one character, whatever stands in the file."""
        return "atlas" in (self._root.get("origin") or "").lower()

    def _selection(self, selection: Any, source: _Source, theirs: ForeignText) -> None:
        extent = self._extent(_range(selection), source, theirs)
        if extent is None:
            return
        notes = [key_of(each.get("targetGUID")) for each in children(selection, "NoteRef")]
        notes += self._linked.get(key_of(selection.get("guid")), [])
        tags: list[str] = []
        for coding in children(selection, "Coding"):
            notes += [key_of(each.get("targetGUID")) for each in children(coding, "NoteRef")]
            of = next(children(coding, "CodeRef"), None)
            tag = "" if of is None else self._codes.paths.get(key_of(of.get("targetGUID")), "")
            if tag:
                tags.append(tag)
            else:
                where = f"{extent.start}-{extent.end} of “{source.where.title}”"
                self._refused.append(f"coding {where} names no code of the project")
        source.marks += [Mark(*extent, tag) for tag in tags or [UNTAGGED]]
        memos = [text_in(selection, "Description"), *map(self._said, notes)]
        source.memos.setdefault(extent, []).extend(filter(str.strip, memos))

    def _said(self, key: str) -> str:
        note = self._notes.get(key)
        if note is None:
            return ""
        note.used = True
        return note.text

    def _notes_on(self, element: Any, source: _Source, theirs: ForeignText) -> None:
        """Notes on passages that have no code, as QualCoder has them."""
        for ref in children(element, "NoteRef"):
            note = self._notes.get(key_of(ref.get("targetGUID")))
            for given in note.ranges if note is not None else ():
                extent = self._extent(given, source, theirs)
                if extent is not None and note is not None:
                    note.used = True
                    source.marks.append(Mark(*extent))
                    source.memos.setdefault(extent, []).append(note.text)

    def _extent(
        self, given: tuple[str, str], source: _Source, theirs: ForeignText
    ) -> Extent | None:
        try:
            found = _placed(theirs, given)
        except ValueError as error:
            shown = "-".join(given)[:40]
            self._refused.append(f"selection {shown} of “{source.where.title}”: {error}")
            return None
        return found


def _range(selection: Any) -> tuple[str, str]:
    return selection.get("startPosition") or "", selection.get("endPosition") or ""


def _placed(text: ForeignText, given: tuple[str, str]) -> Extent:
    """Where a selection stands; raises ValueError, with the end of a sentence, if nowhere."""
    start, end = (text.back(int(value)) for value in given)
    if start >= end:
        raise ValueError("it has no words")
    return Extent(start, end)


def _reads(text: ForeignText, given: tuple[str, str], words: str) -> int:
    """2 if a selection's words are those of its name, 1 if they begin so, 0 if they do not."""
    try:
        found = "".join(_placed(text, given).of(text.text).split()).rstrip(".…")
    except ValueError:
        return 0
    return 2 if found == words else int(found.startswith(words))


def _with_memos(source: _Source, carried: Packed) -> tuple[list[Record], int]:
    """The records of a source with the memos of their places, and how many of ours were changed."""
    known = {
        (extent, canonical(fit(record.note)).strip())
        for record in carried.records
        if isinstance(record, Highlight)
        for extent in carried.today.get(record.id, ())
    }
    said = {
        extent: [memo for memo in memos if (extent, memo.strip()) not in known]
        for extent, memos in source.memos.items()
    }
    records = reunited(source.where, source.marks, carried)
    return with_notes(source.where, records, said, carried)
