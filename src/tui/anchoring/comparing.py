"""What is asked of two or more texts of an article, as one question that can be answered apart.

Small texts are compared where they are asked about; large ones, whose comparison takes seconds, in
a child process (`asked_apart`). What is worked out is the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from tui.anchoring.aligning import Alignment
from tui.anchoring.differing import Run, differences
from tui.anchoring.placing import Found, Passage, Placer, comparable
from tui.anchoring.searching import LONGEST as LONGEST_SEARCHED
from tui.apart.worker import Worker
from tui.model.articles import Article
from tui.model.spans import Extent

# Milliseconds that it took (`python -m benchmarks compare`).
A_LETTER = 0.0005  # of two texts that are aligned, a code point of either
A_PASSAGE = 0.1  # that is followed through an alignment
A_SEARCH = 0.0002  # of a passage whose own text is lost, a code point of today's text
A_LOOK = 0.0000005  # the same, where the very words are there, or the text is too long for that
LONG_ENOUGH = 200.0


class Question(Struct, frozen=True):
    """Where passages stand on texts; and, of two texts, what sets them apart.

    `texts` are canonical texts by their SHA-256, as far as they are to be had. All of `passages`
    are looked for on each text that `on` names. `runs` names an older and a newer text of which
    the differences are wanted, or is empty.
    """

    texts: Mapping[str, str]
    on: tuple[str, ...]
    passages: tuple[Passage, ...]
    runs: tuple[str, ...] = ()

    @property
    def cost(self) -> float:
        """About how many milliseconds the answer takes; no more are counted than matter."""
        pairs = {self.runs} if self.runs else set[tuple[str, ...]]()
        milliseconds = 0.0
        for today in self.on:
            size = len(self.texts[today])
            for passage in self.passages:
                old = self.texts.get(passage.revision)
                if milliseconds > LONG_ENOUGH:
                    return milliseconds
                if old is None or passage.revision == today:
                    likes = size <= LONGEST_SEARCHED and passage.exact not in self.texts[today]
                    milliseconds += (A_SEARCH if likes else A_LOOK) * size
                elif comparable(old, self.texts[today]):
                    pairs.add((passage.revision, today))
                    milliseconds += A_PASSAGE
        letters = sum(len(self.texts[each]) for pair in pairs for each in pair)
        return milliseconds + A_LETTER * letters


class Answer(Struct, frozen=True):
    """Where the passages of a question stand, on each of its texts; and the runs of the two."""

    found: tuple[Mapping[Passage, Found], ...] = ()
    runs: tuple[Run, ...] = ()


def answered(question: Question) -> Answer:
    """The answer, worked out here and now."""
    placers = [
        Placer(Article("", question.texts[today], today), question.texts.get)
        for today in question.on
    ]
    found = tuple(
        {passage: placer.span(passage.span, passage.revision) for passage in question.passages}
        for placer in placers
    )
    return Answer(found, _runs(question, placers))


def _runs(question: Question, placers: Sequence[Placer]) -> tuple[Run, ...]:
    """What sets the two texts apart; the alignment that the passages needed serves again."""
    if not question.runs:
        return ()
    old, new = question.runs
    there = (
        placer.alignment(old)
        for today, placer in zip(question.on, placers, strict=True)
        if today == new
    )
    alignment = next(there, None) or Alignment(question.texts[old], question.texts[new])
    return differences(alignment)


def asked_apart(worker: Worker, question: Question) -> Answer:
    """The answer, worked out in a child process. Raises what `Worker.ask` does."""
    texts = {name: text.encode("utf-8", "surrogatepass") for name, text in question.texts.items()}
    request = {
        "texts": [(name, len(text)) for name, text in texts.items()],
        "on": question.on,
        "passages": question.passages,
        "runs": question.runs,
    }
    (line,) = worker.ask(__name__, request, b"".join(texts.values()))
    found, runs = json.loads(line)
    return Answer(
        tuple(
            {
                passage: Found(Extent(*extent) if extent else None, str(fit), float(score))
                for passage, (extent, fit, score) in zip(question.passages, each, strict=True)
            }
            for each in found
        ),
        tuple(Run(str(kind), Extent(*old), Extent(*new)) for kind, old, new in runs),
    )


# The same in the child: see `tui.apart.lines.Task`.


def load(_request: Mapping[str, Any]) -> None:
    """Import what the work needs: it is there with this module."""


def answers(request: Mapping[str, Any], body: bytes) -> Iterator[bytes]:
    """The one answer to the question in a request."""
    texts: dict[str, str] = {}
    for name, size in request["texts"]:
        texts[name] = body[:size].decode("utf-8", "surrogatepass")
        body = body[size:]
    passages = tuple(Passage(*each) for each in request["passages"])
    answer = answered(Question(texts, tuple(request["on"]), passages, tuple(request["runs"])))
    found = [list(each.values()) for each in answer.found]
    yield json.dumps((found, answer.runs), separators=(",", ":")).encode("ascii")
