"""A desk driven at random against a plain model: nothing is lost, and undo means undo."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from msgspec.structs import replace
from tests.desk.marking import FILES

from tui.desk import Desk, DeskError
from tui.model.records import Claim, Highlight, Hop, Phrase
from tui.model.spans import Extent

STEPS = int(os.environ.get("PRESSMARK_STEPS", "40"))
EXAMPLES = int(os.environ.get("PRESSMARK_EXAMPLES", "12"))
TAGS = ("military", "casualties", "diplomacy", "own/new")
NAMES = tuple(FILES)


class Value(NamedTuple):
    """One record of the model; `version` is another number after every change."""

    version: int
    data: dict[str, Any] | None  # None: deleted, or not made yet


ABSENT = Value(0, None)


@dataclass
class Entry:
    """A step of the model: each record before and after it."""

    number: int
    articles: frozenset[str]
    changes: dict[str, tuple[Value, Value]]
    undone: int = 0  # when it was taken back; 0: in force


@dataclass
class Model:
    """Records by id, and the steps that made them."""

    records: dict[str, Value] = field(default_factory=dict)
    steps: list[Entry] = field(default_factory=list)
    clock: int = 0
    order: dict[int, int] = field(default_factory=dict)  # step -> when it came into force

    def tick(self) -> int:
        self.clock += 1
        return self.clock

    def of(self, kind: str, article: str = "") -> dict[str, dict[str, Any]]:
        return {
            key: value.data
            for key, value in self.records.items()
            if value.data is not None
            and value.data["kind"] == kind
            and article in ("", value.data["article"])
        }

    def do(self, changes: dict[str, dict[str, Any] | None]) -> None:
        found: dict[str, tuple[Value, Value]] = {}
        for key, data in changes.items():
            before = self.records.get(key, ABSENT)
            found[key] = (before, Value(self.tick(), data))
        articles = frozenset(
            (after.data or before.data or {})["article"] for before, after in found.values()
        )
        entry = Entry(self.tick(), articles, found)
        self.order[entry.number] = entry.number
        self.steps.append(entry)
        self.records |= {key: after for key, (_, after) in found.items()}

    def changed(self, key: str, left: Value) -> bool:
        """Whether a record is not as it was left; of an article it is enough that it says so."""
        now = self.records[key]
        if any(v.data is not None and v.data["kind"] == "article" for v in (now, left)):
            blank = {"done": False, "tags": ()}
            shown, wanted = (v.data or blank for v in (now, left))
            return any(shown[name] != wanted[name] for name in blank)
        return now != left

    def undo(self, scope: frozenset[str]) -> bool:
        able = [s for s in self.steps if not s.undone and s.articles & scope]
        if not able:
            return False
        step = max(able, key=lambda s: self.order[s.number])
        if any(self.changed(key, after) for key, (_, after) in step.changes.items()):
            return False
        self.records |= {key: before for key, (before, _) in step.changes.items()}
        step.undone = self.tick()
        return True

    def redo(self, scope: frozenset[str]) -> bool:
        newest = max((s.number for s in self.steps if s.articles & scope), default=0)
        able = [s for s in self.steps if s.undone > newest and s.articles & scope]
        if not able:
            return False
        step = max(able, key=lambda s: s.undone)
        if any(self.changed(key, before) for key, (before, _) in step.changes.items()):
            return False
        self.records |= {key: after for key, (_, after) in step.changes.items()}
        step.undone = 0
        self.order[step.number] = self.tick()
        return True


class DeskMachine(RuleBasedStateMachine):
    """One analyst at a desk on three articles, now and then closed and opened again."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.root = self.folder / "news"
        self.root.mkdir()
        for name, text in FILES.items():
            (self.root / name).write_text(text, encoding="utf-8")
        self.model = Model()
        self.desk = self.opened()
        self.ids = {name: self.desk.find(name) for name in NAMES}

    def opened(self) -> Desk:
        desk = Desk.open((), root=self.root, analyst="kim", locks=self.folder / "locks")
        desk.scan()
        return desk

    def teardown(self) -> None:
        self.desk.close()
        shutil.rmtree(self.folder)

    # what there is to act on

    def article(self, name: str) -> str:
        return self.ids[name]

    def pick(self, kind: str, index: int) -> str:
        keys = sorted(self.model.of(kind))
        return keys[index % len(keys)] if keys else ""

    def extents(self, article: str, index: int) -> tuple[Extent, ...]:
        sentences = self.desk.outline(article).sentences
        extent = sentences[index % len(sentences)].extent
        if index % 5 == 4 and len(sentences) > 1:
            return (sentences[0].extent, sentences[-1].extent)
        if index % 3 == 2:
            return (Extent(extent.start, extent.start + max(1, (extent.end - extent.start) // 2)),)
        return (extent,)

    def highlight_at(self, article: str, extents: tuple[Extent, ...]) -> str:
        found = self.model.of("highlight", article)
        return next((k for k, data in found.items() if data["extents"] == extents), "")

    def fresh(self, step: Any, kind: str) -> str:
        """The id of the record of a kind that a step made."""
        return next(c.after.id for c in step.changes if c.before is None and c.after.type == kind)

    # verbs

    @rule(
        name=st.sampled_from(NAMES),
        index=st.integers(0, 12),
        tags=st.lists(st.sampled_from(TAGS), max_size=2, unique=True),
    )
    def highlight(self, name: str, index: int, tags: list[str]) -> None:
        article = self.article(name)
        extents = self.extents(article, index)
        there = self.highlight_at(article, extents)
        step = self.desk.highlight(article, extents, tags)
        if there:
            old = self.model.records[there].data or {}
            both = (*old["tags"], *(t for t in tags if t not in old["tags"]))
            assert (step is None) == (both == old["tags"])
            if step is not None:
                self.model.do({there: old | {"tags": both}})
            return
        data = {"kind": "highlight", "article": article, "extents": extents, "note": ""}
        self.model.do({self.fresh(step, "highlight"): data | {"tags": tuple(tags)}})

    @rule(index=st.integers(0, 30), path=st.sampled_from(TAGS))
    def toggle(self, index: int, path: str) -> None:
        key = self.pick("highlight", index)
        if key:
            old = self.model.records[key].data or {}
            tags = tuple(t for t in old["tags"] if t != path)
            tags = tags if path in old["tags"] else (*tags, path)
            assert self.desk.tag([key], path) is not None
            self.model.do({key: old | {"tags": tags}})

    @rule(index=st.integers(0, 30), text=st.sampled_from(("", "check", "once more")))
    def note(self, index: int, text: str) -> None:
        key = self.pick("highlight", index)
        if key:
            old = self.model.records[key].data or {}
            step = self.desk.note(key, text)
            assert (step is None) == (old["note"] == text)
            if step is not None:
                self.model.do({key: old | {"note": text}})

    @rule(index=st.integers(0, 30), to=st.integers(0, 12))
    def respan(self, index: int, to: int) -> None:
        key = self.pick("highlight", index)
        if not key:
            return
        old = self.model.records[key].data or {}
        extents = self.extents(old["article"], to)
        there = self.highlight_at(old["article"], extents)
        try:
            step = self.desk.respan(key, extents)
        except DeskError:
            assert there not in ("", key)
            return
        assert (step is None) == (there == key)
        if step is not None:
            self.model.do({key: old | {"extents": extents}})

    @rule(index=st.integers(0, 60), kind=st.sampled_from(("highlight", "claim", "link")))
    def remove(self, index: int, kind: str) -> None:
        key = self.pick(kind, index)
        if not key:
            return
        changes: dict[str, dict[str, Any] | None] = {key: None}
        if kind == "highlight":
            on_it = self.model.of("claim")
            changes |= {k: None for k, data in on_it.items() if data["highlight"] == key}
        assert self.desk.remove(key) is not None
        self.model.do(changes)

    @rule(
        name=st.sampled_from(NAMES),
        index=st.integers(0, 12),
        words=st.sampled_from(("it is so", "they say", "no")),
        tags=st.lists(st.sampled_from(TAGS), max_size=1),
    )
    def claim(self, name: str, index: int, words: str, tags: list[str]) -> None:
        article = self.article(name)
        extents = self.extents(article, index)
        there = self.highlight_at(article, extents)
        chain = (Hop(Phrase("News Today"), "document"), Hop(Phrase("NIS"), "named"))
        draft = Claim(article=article, statement=words, chain=chain)
        step = self.desk.save_claim(draft, extents, tags=tags)
        assert step is not None
        changes: dict[str, dict[str, Any] | None] = {}
        if not there:
            there = self.fresh(step, "highlight")
            made = {"kind": "highlight", "article": article, "extents": extents, "note": ""}
            changes[there] = made | {"tags": tuple(tags)}
        else:
            old = self.model.records[there].data or {}
            if old["tags"] != tuple(tags):
                changes[there] = old | {"tags": tuple(tags)}
        fresh = {"kind": "claim", "article": article, "highlight": there, "statement": words}
        changes[self.fresh(step, "claim")] = fresh | {"letter": "", "digit": ""}
        self.model.do(changes)

    @rule(index=st.integers(0, 60), words=st.sampled_from(("it is so", "rather not")))
    def edit(self, index: int, words: str) -> None:
        key = self.pick("claim", index)
        if key:
            old = self.model.records[key].data or {}
            kept = self.desk.annotations(old["article"]).claim(key)
            assert kept is not None
            step = self.desk.save_claim(replace(kept, statement=words))
            assert (step is None) == (old["statement"] == words)
            if step is not None:
                self.model.do({key: old | {"statement": words}})

    @rule(
        index=st.integers(0, 60),
        letter=st.sampled_from(("", "A", "F")),
        digit=st.sampled_from(("", "2")),
    )
    def grade(self, index: int, letter: str, digit: str) -> None:
        key = self.pick("claim", index)
        if key and letter + digit:
            old = self.model.records[key].data or {}
            fresh = dict(old)
            if letter:
                fresh["letter"] = "" if old["letter"] == letter else letter
            if digit:
                fresh["digit"] = "" if old["digit"] == digit else digit
            assert self.desk.grade(key, letter, digit) is not None
            self.model.do({key: fresh})

    def reviews(self, claim: str) -> list[tuple[str, dict[str, Any]]]:
        """The claim's live reviews, the newest decision last."""
        found = [(k, d) for k, d in self.model.of("review").items() if d["claim"] == claim]
        return sorted(found, key=lambda item: item[1]["at"])

    @rule(index=st.integers(0, 60), decision=st.sampled_from(("accept", "reject")))
    def review(self, index: int, decision: str) -> None:
        key = self.pick("claim", index)
        if not key:
            return
        version = self.model.records[key].version
        earlier = self.reviews(key)
        step = self.desk.review(key, decision)
        if earlier and earlier[-1][1]["version"] == version:
            name, old = earlier[-1]
            assert (step is None) == (old["decision"] == decision)
            if step is not None:
                self.model.do({name: old | {"decision": decision}})
            return
        article = (self.model.records[key].data or {})["article"]
        data = {"kind": "review", "article": article, "claim": key, "version": version}
        data |= {"at": self.model.tick(), "decision": decision}
        self.model.do({self.fresh(step, "review"): data})

    @rule(one=st.integers(0, 60), other=st.integers(0, 60))
    def link(self, one: int, other: int) -> None:
        first, second = self.pick("claim", one), self.pick("claim", other)
        if not first or first == second:
            return
        ends = (first, second)
        there = {frozenset(d["ends"]) for d in self.model.of("link").values()}
        step = self.desk.link(first, second, "contradicts")
        assert (step is None) == (frozenset(ends) in there)
        if step is not None:
            article = (self.model.records[first].data or {})["article"]
            data = {"kind": "link", "article": article, "ends": ends}
            self.model.do({self.fresh(step, "link"): data})

    @rule(name=st.sampled_from(NAMES), done=st.booleans())
    def done(self, name: str, done: bool) -> None:
        article = self.article(name)
        old = self.model.of("article", article).get(article)
        step = self.desk.mark_done(article, done)
        assert (step is None) == ((old["done"] if old else False) == done)
        if step is not None:
            fresh = {"kind": "article", "article": article, "tags": ()} | (old or {})
            self.model.do({article: fresh | {"done": done}})

    @rule(name=st.sampled_from(NAMES), path=st.sampled_from(TAGS))
    def tag_article(self, name: str, path: str) -> None:
        article = self.article(name)
        old = self.model.of("article", article).get(article)
        old = old or {"kind": "article", "article": article, "tags": (), "done": False}
        tags = tuple(t for t in old["tags"] if t != path)
        assert self.desk.tag_article(article, path) is not None
        tags = tags if path in old["tags"] else (*tags, path)
        self.model.do({article: old | {"tags": tags}})

    @rule(path=st.sampled_from(TAGS), words=st.sampled_from(("The troops", "troops", "January")))
    def tag_everywhere(self, path: str, words: str) -> None:
        places = self.desk.occurrences(words)
        step = self.desk.tag_occurrences("", words, path, everywhere=True)
        changes: dict[str, dict[str, Any] | None] = {}
        made = {c.after.id for c in step.changes if c.before is None} if step else set()
        for place in places:
            extents = (place.extent,)
            key = self.highlight_at(place.article, extents)
            old = self.model.records[key].data if key else None
            if old is not None and path not in old["tags"]:
                changes[key] = old | {"tags": (*old["tags"], path)}
            elif old is None:
                assert step is not None
                key = next(
                    c.after.id
                    for c in step.changes
                    if c.after.id in made
                    and isinstance(c.after, Highlight)
                    and c.after.article == place.article
                    and c.after.spans[0].extent == place.extent
                )
                data = {"kind": "highlight", "article": place.article, "extents": extents}
                changes[key] = data | {"note": "", "tags": (path,)}
        assert (step is None) == (not changes)
        if changes:
            self.model.do(changes)

    # undo, redo, restart

    def scope(self, name: str) -> tuple[list[str] | None, frozenset[str]]:
        if not name:
            return None, frozenset(self.ids.values())
        return [self.article(name)], frozenset([self.article(name)])

    @rule(name=st.sampled_from(("", *NAMES)))
    def undo(self, name: str) -> None:
        asked, scope = self.scope(name)
        try:
            self.desk.undo(asked)
        except DeskError:
            assert not self.model.undo(scope)
        else:
            assert self.model.undo(scope)

    @rule(name=st.sampled_from(("", *NAMES)))
    def redo(self, name: str) -> None:
        asked, scope = self.scope(name)
        try:
            self.desk.redo(asked)
        except DeskError:
            assert not self.model.redo(scope)
        else:
            assert self.model.redo(scope)

    @rule()
    def restart(self) -> None:
        self.desk.flush()
        # What was put together change by change is what all records give at once.
        before = [self.desk.annotations(article) for article in self.ids.values()]
        self.desk.close()
        self.desk = self.opened()
        assert self.desk.pending == 0
        assert [self.desk.annotations(article) for article in self.ids.values()] == before

    # what must hold

    @invariant()
    def shows_what_the_model_says(self) -> None:
        for article in self.ids.values():
            self.same_annotations(article)

    def same_annotations(self, article: str) -> None:
        notes = self.desk.annotations(article)
        assert all(p.fit == "exact" for p in notes.highlights)
        shown = {p.record.id: (p.extents, p.record.tags, p.record.note) for p in notes.highlights}
        highlights = self.model.of("highlight", article)
        assert shown == {k: (d["extents"], d["tags"], d["note"]) for k, d in highlights.items()}
        claims = self.model.of("claim", article)
        assert {c.id for c in notes.all_claims()} == claims.keys()
        for claim in notes.all_claims():
            wanted = claims[claim.id]
            assert (claim.highlight, claim.statement) == (
                wanted["highlight"],
                wanted["statement"],
            )
            assert (claim.chain[-1].reliability, claim.credibility) == (
                wanted["letter"],
                wanted["digit"],
            )
            assert notes.status(claim).name == self.status(claim.id), claim.statement
        everything = self.model.of("claim")
        links = [d for d in self.model.of("link").values() if set(d["ends"]) <= everything.keys()]
        here = [set(d["ends"]) for d in links if set(d["ends"]) & claims.keys()]
        assert sorted(map(sorted, here)) == sorted(sorted((k.from_, k.to)) for k in notes.links)
        entry = self.desk.entry(article)
        about = self.model.of("article", article).get(article) or {"done": False, "tags": ()}
        assert (entry.done, entry.tags) == (about["done"], about["tags"])
        assert (entry.highlights, entry.claims) == (len(highlights), len(claims))
        assert entry.drafts == sum(self.status(key) == "draft" for key in claims)

    def status(self, claim: str) -> str:
        found = self.reviews(claim)
        if not found or found[-1][1]["version"] != self.model.records[claim].version:
            return "draft"
        return {"accept": "accepted", "reject": "rejected"}[found[-1][1]["decision"]]


TestDeskMachine = DeskMachine.TestCase
TestDeskMachine.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.filter_too_much),
)
