"""News that is edited, with the truth: where each code point of the first text stands after it.

A text here is a list of letters that each know where in the first text they come from. Edits take
letters away, put others in and replace some; what replaces a word takes its place over. So it is
known of every quote, without looking for it, whether it is still there and where.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

ADDED, CHANGED, REMOVED = 3.3, 2.7, 2.0  # sentences a version
MOVED = 0.15
TYPOGRAPHY = 0.2  # share of versions that set quotation marks, dashes or ellipses otherwise
SPACING = 0.2  # share of versions that break lines or space words otherwise
PLANTED = 0.6  # share of articles that have look-alikes from the first version on
ALIKE = 0.25  # share of added sentences that are look-alikes of one that is there
TWIN_REMOVED = 0.3  # share of removed sentences taken from those that have a look-alike
LONGEST = 20_000  # code points; longer ones are no single article

_SENTENCE = re.compile(r".+?(?:[.!?]+[\"'”’)]*(?=\s)|$)", re.DOTALL)
_WORD = re.compile(r"\S+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w'-]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Letter(NamedTuple):
    """One code point; `origin` is its offset in the first text, `kept` that it is the same word."""

    char: str
    origin: int = -1
    kept: bool = False


Piece = list[Letter]


@dataclass
class Paper:
    """An article as paragraphs of sentences, without the white space between them."""

    paragraphs: list[list[Piece]]
    glue: str = " "
    gap: str = "\n\n"
    twins: set[int] = field(default_factory=set[int])  # origins of sentences with a look-alike

    def letters(self) -> Piece:
        found: Piece = []
        for i, paragraph in enumerate(self.paragraphs):
            found += [Letter(c) for c in self.gap] if i else []
            for j, sentence in enumerate(paragraph):
                found += [Letter(c) for c in self.glue] if j else []
                found += sentence
        return found

    def places(self) -> list[tuple[int, int]]:
        return [(i, j) for i, p in enumerate(self.paragraphs) for j in range(len(p))]


class Truth(NamedTuple):
    """What became of a quote: `here`, `gone`, `replaced` (all its words), `torn` (most of them)."""

    state: str
    start: int = 0
    end: int = 0


def plain(text: str) -> Piece:
    return [Letter(c) for c in text]


def words_of(piece: Piece) -> str:
    return "".join(letter.char for letter in piece)


def load(folder: Path) -> list[str]:
    """The articles of a folder: `.txt` files, and `.json` files with a list of `sentences`."""
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".txt" and path.name != "SOURCE.txt":
            found.append(path.read_bytes().decode("utf-8", "replace").replace("\r", "").strip())
        elif path.suffix == ".json":
            found.append(_joined(json.loads(path.read_text(encoding="utf-8"))))
    return list(
        dict.fromkeys(text for text in found if text.count(".") >= 6 and len(text) < 20_000)
    )


def _joined(dump: dict[str, object]) -> str:
    sentences = [str(s).strip().rstrip(".") + "." for s in dump.get("sentences", [])]  # type: ignore[attr-defined]
    paragraphs = [" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)]
    return "\n\n".join([str(dump.get("title", "")), *paragraphs])


def sentences(text: str) -> list[list[str]]:
    paragraphs = [p.strip() for p in re.split(r"\n\s*\n", text)]
    return [[s.strip() for s in _SENTENCE.findall(p) if s.strip()] for p in paragraphs if p]


class Editor:
    """Makes first texts and later versions of them; everything follows from the seed."""

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        self.chance = random.Random(seed)
        cut = [s for text in texts for p in sentences(text) for s in p]
        self._others = [s for s in cut if 30 <= len(s) <= 400 and s[-1] in '.!?"”']
        self._names = sorted({n for s in cut for n in _NAME.findall(s)}) or ["Novak"]
        self._words_known = sorted(
            {w for s in cut[:20_000] for w in s.split()[1:-1] if w.isalpha()}
        )

    # first texts

    def first(self, text: str) -> Paper:
        """The article with look-alikes of a few of its sentences put in, in most articles."""
        cut = sentences(text)
        twins: set[str] = set()
        if self.chance.random() < PLANTED:
            for _ in range(self.chance.choice((1, 1, 2))):
                twins |= self._plant(cut)
        paper = Paper([[plain(s) for s in p] for p in cut])
        at = 0
        for letter_row in paper.paragraphs:
            for j, sentence in enumerate(letter_row):
                if words_of(sentence) in twins:
                    paper.twins.add(at)
                letter_row[j] = [Letter(x.char, at + n, True) for n, x in enumerate(sentence)]
                at += len(sentence) + len(paper.glue if j < len(letter_row) - 1 else paper.gap)
        return paper

    def _plant(self, cut: list[list[str]]) -> set[str]:
        long = [s for p in cut for s in p if len(s) > 50]
        if not long:
            return set()
        model = self.chance.choice(long)
        twin = self.alike(model)
        self.chance.choice(cut[1:] or cut).insert(0, twin)
        return {model, twin}

    def alike(self, sentence: str) -> str:
        """The same sentence about another subject: other names, other figures."""
        other = _NAME.sub(lambda _: self.chance.choice(self._names), sentence)
        other = _NUMBER.sub(lambda found: self._figure(found.group()), other)
        if other.split()[:2] == sentence.split()[:2] or other == sentence:
            words = other.split()
            for at in self.chance.sample(range(len(words) - 1), min(len(words) - 1, 2)):
                words[at] = self.chance.choice(self._names)
            other = " ".join(words)
        return other

    def _figure(self, old: str) -> str:
        new = "".join(self.chance.choice("123456789") if c.isdigit() else c for c in old)
        return new if new != old else old + "7"

    # versions

    def version(self, paper: Paper) -> Paper:
        """The next version: sentences added, changed, removed, at times moved or set otherwise."""
        new = Paper([list(p) for p in paper.paragraphs], paper.glue, paper.gap, paper.twins)
        for _ in range(self._count(REMOVED)):
            self._remove(new)
        for _ in range(self._count(CHANGED)):
            self._change(new)
        for _ in range(self._count(ADDED)):
            self._add(new)
        for _ in range(self._count(MOVED)):
            self._move(new)
        new.paragraphs = [p for p in new.paragraphs if p]
        if self.chance.random() < TYPOGRAPHY:
            self._reset(new)
        if self.chance.random() < SPACING:
            self._respace(new)
        return new

    def _count(self, rate: float) -> int:
        """How often something happens that happens `rate` times on average (Poisson)."""
        times, clock = 0, self.chance.expovariate(1)
        while clock < rate:
            times += 1
            clock += self.chance.expovariate(1)
        return times

    def _remove(self, paper: Paper) -> None:
        places = paper.places()
        if len(places) < 4:
            return
        twins = [(i, j) for i, j in places if paper.paragraphs[i][j][0].origin in paper.twins]
        i, j = self.chance.choice(twins if twins and self._is(TWIN_REMOVED) else places)
        del paper.paragraphs[i][j]

    def _add(self, paper: Paper) -> None:
        new = self.chance.choice(self._others)
        if self._is(ALIKE):
            i, j = self.chance.choice(paper.places())
            new = self.alike(words_of(paper.paragraphs[i][j]))
        if self._is(0.4):
            paper.paragraphs.insert(self.chance.randint(0, len(paper.paragraphs)), [plain(new)])
        else:
            paragraph = self.chance.choice(paper.paragraphs)
            paragraph.insert(self.chance.randint(0, len(paragraph)), plain(new))

    def _move(self, paper: Paper) -> None:
        places = paper.places()
        if len(places) < 6:
            return
        i, j = self.chance.choice(places)
        sentence = paper.paragraphs[i].pop(j)
        self.chance.choice(paper.paragraphs).insert(0, sentence)

    def _is(self, share: float) -> bool:
        return self.chance.random() < share

    # changes inside a sentence

    def _change(self, paper: Paper) -> None:
        i, j = self.chance.choice(paper.places())
        edits = (
            (self._other_word, 4),
            (self._other_figure, 4),
            (self._drop, 2),
            (self._insert, 3),
            (self._retell, 1),
            (self._slip, 2),
        )
        kinds: list[Callable[[Piece], Piece]] = [edit for edit, _ in edits]
        picked = self.chance.choices(
            kinds, [w for _, w in edits], k=self.chance.choice((1, 1, 2, 3))
        )
        for edit in picked:
            changed = edit(paper.paragraphs[i][j])
            if words_of(changed).strip():
                paper.paragraphs[i][j] = changed

    def _words(self, piece: Piece) -> list[tuple[int, int]]:
        return [found.span() for found in _WORD.finditer(words_of(piece))]

    def _other_word(self, piece: Piece) -> Piece:
        start, end = self.chance.choice(self._words(piece))
        while end > start + 1 and piece[end - 1].char in ".,!?\"'”’":
            end -= 1
        return replaced(piece, start, end, self.chance.choice(self._words_known))

    def _other_figure(self, piece: Piece) -> Piece:
        found = list(_NUMBER.finditer(words_of(piece)))
        if not found:
            return self._other_word(piece)
        number = self.chance.choice(found)
        return replaced(piece, *number.span(), self._figure(number.group()))

    def _drop(self, piece: Piece) -> Piece:
        """Leave out a run of up to five words."""
        words = self._words(piece)
        first = self.chance.randrange(len(words))
        last = min(len(words) - 2, first + self.chance.randint(0, 4))
        if last < first or last - first + 1 > len(words) / 2:
            return piece
        return piece[: words[first][0]] + piece[words[last + 1][0] :]

    def _insert(self, piece: Piece) -> Piece:
        """Put in up to eight words out of another sentence."""
        words = self._words(piece)
        other = self.chance.choice(self._others).split()
        first = self.chance.randrange(len(other))
        new = " ".join(other[first : first + self.chance.randint(1, 8)])
        new = re.sub(r"[.!?]+[\"'”’)]*(?!\S)", "", new)
        at = words[self.chance.randrange(len(words))][0]
        return piece[:at] + plain(new + " ") + piece[at:]

    def _retell(self, piece: Piece) -> Piece:
        """Write the second half anew."""
        words = self._words(piece)
        if len(words) < 8:
            return piece
        other = self.chance.choice(self._others).split()
        at = words[self.chance.randint(len(words) // 2, len(words) - 2)][0]
        return replaced(piece, at, len(piece), " ".join(other[-6:]))

    def _slip(self, piece: Piece) -> Piece:
        """One letter more, less or other: a slip of the pen, mended."""
        at = self.chance.randrange(len(piece))
        if not piece[at].char.isalpha():
            return piece
        new = self.chance.choice(("", "e", piece[at].char * 2))
        inside = [Letter(c, piece[at].origin, True) for c in new]
        return piece[:at] + inside + piece[at + 1 :]

    # how it is set

    def _reset(self, paper: Paper) -> None:
        """Quotation marks, dashes and ellipses the other way, all through."""
        curly = any(x.char in "“”’" for p in paper.paragraphs for s in p for x in s)
        for paragraph in paper.paragraphs:
            for j, sentence in enumerate(paragraph):
                paragraph[j] = straight(sentence) if curly else curled(sentence)

    def _respace(self, paper: Paper) -> None:
        """Other blanks between sentences, other breaks between paragraphs, or lines filled."""
        way = self.chance.choice(("gap", "glue", "wrap", "solid"))
        if way == "gap":
            paper.gap = "\n" if paper.gap == "\n\n" else "\n\n"
        elif way == "glue":
            paper.glue = self.chance.choice(("  ", "\n", "\u00a0"))
        else:
            for paragraph in paper.paragraphs:
                for j, sentence in enumerate(paragraph):
                    paragraph[j] = wrapped(sentence, 8 if way == "wrap" else 0)


def replaced(piece: Piece, start: int, end: int, new: str) -> Piece:
    """The piece with other words in the place of some, which stand for the old ones."""
    origins = [x.origin for x in piece[start:end]]
    inside = [Letter(c, origins[n * len(origins) // len(new)]) for n, c in enumerate(new)]
    return piece[:start] + inside + piece[end:]


def curled(piece: Piece) -> Piece:
    found: Piece = []
    for letter in piece:
        before = found[-1].char if found else " "
        new = letter.char
        if new == '"':
            new = "“" if before in " (\n" else "”"
        elif new == "'":
            new = "‘" if before in " (\n" else "’"
        elif new == "-" and before == " ":
            new = "–"
        found.append(letter._replace(char=new))
    return found


def straight(piece: Piece) -> Piece:
    table = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-"}
    return [letter._replace(char=table.get(letter.char, letter.char)) for letter in piece]


def wrapped(piece: Piece, every: int) -> Piece:
    """Each so many words a line break in the place of a blank, or none at all."""
    found: Piece = []
    blanks = 0
    for letter in piece:
        new = letter.char
        if new in " \n":
            blanks += 1
            new = "\n" if every and blanks % every == 0 else " "
        found.append(letter._replace(char=new))
    return found


def truth(letters: Piece, start: int, end: int, quote: str) -> Truth:
    """What became of the quote that stood at `start` to `end` of the first text."""
    mine = [i for i, x in enumerate(letters) if start <= x.origin < end]
    if not mine:
        return Truth("gone")
    kept = sum(not letters[i].char.isspace() and letters[i].kept for i in mine)
    share = kept / max(1, sum(not c.isspace() for c in quote))
    if share == 0:
        return Truth("replaced", mine[0], mine[-1] + 1)
    if share < 0.5 or len(mine) < (mine[-1] + 1 - mine[0]) / 2:
        return Truth("torn", mine[0], mine[-1] + 1)
    return Truth("here", mine[0], mine[-1] + 1)
