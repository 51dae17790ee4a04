"""Where passages of older revisions stand on today's text, and how two revisions differ.

Asked of `comparing`, which may answer later: what is not known until then is never made up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.anchoring import Found, Passage, Placer, Spot, TextOf
from tui.desk.comparing import Comparing, Outcome
from tui.desk.events import DeskError
from tui.desk.memory import State
from tui.model.articles import Article
from tui.model.records import Claim, Highlight
from tui.model.spans import Extent

if TYPE_CHECKING:
    from tui.anchoring import Run
    from tui.anchoring.comparing import Question


class Sought(NamedTuple):
    """The passages of an article that are looked for on one of its texts."""

    article: str
    revision: str


class Noted(NamedTuple):
    """A highlight, and where its words stand in two texts; nowhere, if they are not in one."""

    record: Highlight
    old: tuple[Extent, ...]
    new: tuple[Extent, ...]


class Seeking:
    """Places passages, at once or when an answer has come. `kept` gives texts by their SHA-256."""

    def __init__(self, told: Callable[[], None] | None, kept: TextOf) -> None:
        self.comparing = Comparing(told)
        self._kept = kept
        self._answers: dict[str, tuple[str, Mapping[Passage, Found]]] = {}  # by article; its text
        self._given_up: dict[Sought, str] = {}  # what was asked for last in vain, and why
        self._between: tuple[Hashable, Outcome] | None = None  # the last that was worked out apart

    def seek(
        self, article: Article, passages: Collection[Passage]
    ) -> Mapping[Passage, Found] | None:
        """Where passages of other revisions stand on a text; None while that is worked out."""
        from tui.anchoring.comparing import Question

        key = Sought(article.id, article.revision)
        revision, known = self._answers.get(key.article, ("", {}))
        if revision == key.revision and known.keys() >= set(passages):
            return known
        if self.comparing.asked(key):
            return None
        self._given_up.pop(key, None)
        texts = self._texts((article,), passages)
        question = Question(texts, (article.revision,), tuple(dict.fromkeys(passages)))
        answer = self.comparing.ask(key, question)
        return answer.found[0] if answer is not None else None

    def waited(self, article: Article, seconds: float) -> bool:
        """Wait so long for what is worked out of an article; whether it was, or was given up."""
        return self.comparing.wait(Sought(article.id, article.revision), seconds)

    def given_up(self, article: Article) -> str:
        """Why nothing came of it when its passages were sought last; empty if that is not so."""
        return self._given_up.get(Sought(article.id, article.revision), "")

    def taken(self, peek: Callable[[str], State | None]) -> Iterator[tuple[str, str]]:
        """Take in what was worked out apart; yields articles not placed in the end, and why.

        It is kept: the records of an article may be let go, and read again, before it is wanted.
        """
        for key, outcome in self.comparing.taken().items():
            if not isinstance(key, Sought):
                self._between = key, outcome
                continue
            if outcome.answer is not None:
                self._answers[key.article] = key.revision, outcome.answer.found[0]
            else:
                self._given_up[key] = outcome.why
            state = peek(key.article)
            if state is not None and state.placed_on == key.revision:
                state.given_up = outcome.answer is None
                state.touch()
            if outcome.answer is None:
                yield key.article, outcome.why

    def spots(self, claims: Sequence[Claim], article: Article, state: State) -> list[list[Spot]]:
        """Where the parts of claims stand on a text, each claim by itself.

        Raises DeskError (code 1) while that is worked out.
        """
        placer = Placer(article, known=state.found)
        spots = [list(placer.claim(claim)) for claim in claims]
        if placer.missing:
            found = self.seek(article, placer.missing)
            if found is None:
                raise not_yet("where the words of its claims are")
            placer = Placer(article, known={**state.found, **found})
            spots = [list(placer.claim(claim)) for claim in claims]
        return spots

    def between(
        self, old: Article, new: Article, highlights: Sequence[Highlight]
    ) -> tuple[tuple[Run, ...], tuple[Noted, ...]] | None:
        """What sets two texts apart, and where highlights stand in both; None while it is sought.

        Raises DeskError (code 1) if working it out was stopped or took too long.
        """
        from tui.anchoring.comparing import Question

        pair = (old.revision, new.revision)
        placers = [Placer(text, known={}) for text in (old, new)]
        for placer in placers:
            for highlight in highlights:
                placer.highlight(highlight)
        passages = tuple({**placers[0].missing, **placers[1].missing})
        question = Question(self._texts((old, new), passages), pair, passages, pair)
        outcome = self._outcome((pair, passages), question)
        if outcome is None or outcome.answer is None:
            if outcome is not None:
                raise DeskError(f"the two texts were not compared: {outcome.why}", 1)
            return None
        one, other = (
            Placer(text, known=found)
            for text, found in zip((old, new), outcome.answer.found, strict=True)
        )
        noted = (Noted(h, one.highlight(h).extents, other.highlight(h).extents) for h in highlights)
        return outcome.answer.runs, tuple(noted)

    def _outcome(self, key: Hashable, question: Question) -> Outcome | None:
        """The outcome that has come, kept until another one is asked for; else ask for it."""
        known, self._between = self._between, None
        if known is not None and known[0] == key:
            self._between = known if known[1].answer is not None else None
            return known[1]
        if self.comparing.asked(key):
            return None
        answer = self.comparing.ask(key, question)
        return Outcome(answer) if answer is not None else None

    def _texts(self, at_hand: Sequence[Article], passages: Collection[Passage]) -> dict[str, str]:
        """The texts that passages were made on, as far as they are to be had, and those at hand."""
        texts = {article.revision: article.text for article in at_hand}
        for revision in dict.fromkeys(passage.revision for passage in passages):
            old = self._kept(revision) if revision not in texts else None
            if old is not None:
                texts[revision] = old
        return texts


def not_yet(what: str) -> DeskError:
    """What is said of something that has to wait until long texts are compared."""
    return DeskError(f"{what} is not known yet: long texts are being compared", 1)


def unplaced(article: Article, why: str) -> str:
    """What is said of an article whose highlights were not placed."""
    return (
        f"{article.title or article.path}: what is marked in it has no place on today's text, "
        f"since comparing was given up ({why}): open it again to try again"
    )
