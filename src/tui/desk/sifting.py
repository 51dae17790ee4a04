"""Which articles of the list are meant, by their entries and by what the index finds; their order.

A word is found in an entry (title, outlet, path, date), in the text of the article or in what is
marked in it. Filters of annotations are asked of the index alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct, field
from msgspec.structs import replace

from tui.desk.entries import Entry
from tui.model.filters import PROPOSALS, Filter, parse_filter
from tui.model.queries import Leaf, Node, holds, leaves, parse_words
from tui.model.wording import format_list

NEWS = ("new", "revised", "conflict")  # what can be new about an article, the first the first read
STATES = tuple(
    f"is:{name}" for name in ("open", "done", *NEWS, "unread", "drafts", "gone")
)  # words of the filter
ORDERS = ("time", "queue")
KEYS = ("tag", "source", "status", "by", "after", "before")
_PARTS = frozenset(("tag", "source", "status", "analyst", "after", "before", "text"))
_WORD = re.compile(r'"[^"]*"?|[^\s"]+(?:"[^"]*"?)?')
_AT_ONCE = 500  # entries that are looked at between two looks at the clock
_NO_NEWS: Mapping[str, str] = {}


class Found(Struct, frozen=True):
    """What the index found: ids of articles by word, and those that have what is filtered for."""

    words: Mapping[Leaf, frozenset[str]] = field(default_factory=dict[Leaf, frozenset[str]])
    filtered: frozenset[str] = frozenset()


_NOTHING = Found()


class Sieve(Struct, frozen=True):
    """A filter of articles, as typed and as read."""

    typed: str = ""
    states: tuple[str, ...] = ()
    words: Node | None = None
    filter: Filter = Filter()  # of annotations, without words

    def __bool__(self) -> bool:
        """Whether it asks for anything."""
        return bool(self.states or self.asks_index)

    @property
    def asks_index(self) -> bool:
        """Whether the index has something to say to it."""
        return self.words is not None or bool(self.filter)

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The single words and phrases."""
        return tuple(leaves(self.words))

    def sift(
        self,
        entries: Sequence[Entry],
        found: Found = _NOTHING,
        news: Mapping[str, str] = _NO_NEWS,
    ) -> Iterator[Sequence[Entry]]:
        """The entries that are meant, in small parts, between which keys may be answered.

        `news` says what is new about which article (NEWS).
        """
        lowered = {leaf: " ".join(leaf.words.casefold().split()) for leaf in self.leaves}
        filtered = found.filtered if self.filter else None
        for start in range(0, len(entries), _AT_ONCE):
            some = entries[start : start + _AT_ONCE]
            for state in self.states:
                some = [entry for entry in some if _is(state, entry, news.get(entry.id, ""))]
            if filtered is not None:
                some = [entry for entry in some if entry.id in filtered]
            if self.words is not None:
                some = [e for e in some if _says(e, self.words, found, lowered)]
            yield some


def parse_sieve(typed: str) -> Sieve:
    """The filter of a typed line: `is:open tag:military (kursk OR 쿠르스크) NOT drills`.

    Raises ValueError, with one sentence, for what makes no filter of articles.
    """
    states: list[str] = []
    rest: list[str] = []
    for word in _WORD.findall(typed):
        if not word.casefold().startswith("is:"):
            rest.append(word)
        elif word.casefold() in STATES:
            states.append(word.casefold())
        elif len(word) > len("is:"):
            raise ValueError(f"no state {word!r}: there are {format_list(STATES)}")
    wanted = parse_filter(" ".join(rest))
    given = {name for name in wanted.__struct_fields__ if getattr(wanted, name)}
    if given - _PARTS:
        named = format_list([f"{key}:" for key in KEYS])
        raise ValueError(f"articles are filtered by {named}, states and words; by others claims")
    if PROPOSALS in wanted.status.split(","):
        raise ValueError("articles cannot be filtered by what is proposed for them: :review does")
    return Sieve(
        " ".join(typed.split()),
        tuple(dict.fromkeys(states)),
        parse_words(wanted.text),
        replace(wanted, text=""),
    )


class Queue:
    """Entries as they are to be read: those that are not done first, of these what is new first.

    `ranks` says which of NEWS came of an article, by its place there. Within each kind they stay
    in the order that they came in; without ranks all of them do.
    """

    def __init__(self, ranks: Mapping[str, int] | None) -> None:
        self._ranks = ranks
        self._kinds: list[list[Entry]] = [[] for _ in range(2 * (len(NEWS) + 1))]

    def take(self, entries: Iterable[Entry]) -> None:
        """Put some more in their places."""
        if self._ranks is None:
            self._kinds[0].extend(entries)
            return
        rest = len(NEWS)
        for entry in entries:
            rank = self._ranks.get(entry.id, rest)
            self._kinds[rank + (rest + 1 if entry.done else 0)].append(entry)

    def all(self) -> tuple[Entry, ...]:
        """All that were taken, in order."""
        return tuple(chain.from_iterable(self._kinds))


def _says(entry: Entry, words: Node, found: Found, lowered: Mapping[Leaf, str]) -> bool:
    line = " ".join((entry.title, entry.outlet, entry.path, entry.published)).casefold()
    return holds(words, lambda leaf: lowered[leaf] in line or entry.id in found.words.get(leaf, ()))


def _is(state: str, entry: Entry, new: str) -> bool:
    match state.removeprefix("is:"):
        case "open":
            return not entry.done
        case "done":
            return entry.done
        case "unread":
            return entry.new
        case "drafts":
            return entry.drafts > 0
        case "gone":
            return entry.gone
        case name:
            return new == name
