"""Comparisons across articles through the desk: kept up with claims, settled ones left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.desk.conftest import Opener
from tests.desk.marking import claim

from tui.desk import Desk, DeskError, conflicting
from tui.model.records import Claim, Decision, Hop
from tui.model.sources import Source

COUNTED = """Losses counted
Harbor Wire
2025-02-05 10:00

The intelligence service estimates that the troops in Kursk have taken more than 3,000 casualties.
Moscow said that only 900 of the troops in Kursk were casualties.
"""
AGAIN = """Losses counted again
Northern Desk
2025-02-12 10:00

The troops in Kursk have taken more than 3,000 casualties, the intelligence service said.
It says that the troops in Kursk now have 4,000 casualties.
"""
FIRST = "the troops in Kursk have taken more than 3,000 casualties"
FEWER = "only 900 of the troops in Kursk were casualties"
SAME = "The troops in Kursk have taken more than 3,000 casualties"
MORE = "the troops in Kursk now have 4,000 casualties"


@pytest.fixture
def root(root: Path) -> Path:
    (root / "counted.txt").write_text(COUNTED, encoding="utf-8")
    (root / "again.txt").write_text(AGAIN, encoding="utf-8")
    return root


def counted(desk: Desk, name: str, words: str, source: str = "NIS") -> Claim:
    """A claim on words of an article, with its figures, that goes back to a source."""
    from tui.analysis import find_quantities

    made = claim(desk, name, words)
    text = desk.article(made.article).text
    placed = desk.annotations(made.article).highlight(made.highlight)
    assert placed is not None
    chain = (
        made.chain[0],
        replace(made.chain[1], source=replace(made.chain[1].source, text=source)),
    )
    quantities = tuple(find_quantities(text, placed.extents[0]))
    desk.save_claim(replace(made, chain=chain, quantities=quantities))
    return next(row.claim for row in desk.claims() if row.claim.id == made.id)


@pytest.fixture
def told(desk: Desk) -> tuple[Desk, Claim, Claim, Claim, Claim]:
    first = counted(desk, "counted.txt", FIRST)
    fewer = counted(desk, "counted.txt", FEWER, "Moscow")
    same = counted(desk, "again.txt", SAME)
    more = counted(desk, "again.txt", MORE)
    return desk, first, fewer, same, more


Told = tuple[Desk, Claim, Claim, Claim, Claim]


def seen(desk: Desk, one: Claim) -> set[tuple[str, str]]:
    """What a claim has to do with which others."""
    return {
        (link.kind, link.to.id if link.from_.id == one.id else link.from_.id)
        for link in desk.comparisons(one.id)
    }


def test_a_claim_is_compared_with_all_others_of_the_workspace(told: Told) -> None:
    desk, first, fewer, same, more = told
    assert seen(desk, first) >= {
        ("repeats", same.id),
        ("updates", more.id),
        ("contradicts", fewer.id),
    }
    assert seen(desk, more) >= {("updates", first.id), ("updates", fewer.id)}
    link = desk.comparisons(same.id)[0]
    assert (link.kind, link.from_.id, link.to.id) == ("repeats", same.id, first.id)
    assert (link.from_.quote, link.to.quote) == (SAME, FIRST)
    assert desk.article(link.to.article).text[slice(*link.to.extents[0])] == FIRST
    assert link.from_.published.startswith("2025-02-12")
    assert "same source: NIS" in link.reasons


def test_all_conflicts_are_listed_and_chosen_by_kind_and_article(told: Told) -> None:
    desk, first, *_, more = told
    found = desk.conflicts()
    assert {link.kind for link in found} == {"repeats", "updates", "contradicts"}
    assert [link.score for link in found] == sorted((k.score for k in found), reverse=True)
    only = desk.conflicts(("updates",))
    assert {link.from_.id for link in only} == {more.id}
    assert {link.kind for link in only} == {"updates"}
    plain = desk.find("plain.txt")
    assert desk.conflicts(articles=[plain]) == []
    assert desk.conflicts(articles=[plain, first.article]) == found


def test_what_is_linked_or_dropped_is_not_proposed_again(told: Told, open_desk: Opener) -> None:
    desk, first, _, same, more = told
    repeats, *_ = desk.comparisons(same.id)
    desk.link(repeats.from_.id, repeats.to.id, repeats.kind)
    assert ("repeats", first.id) not in seen(desk, same)
    updates = next(link for link in desk.comparisons(first.id) if link.kind == "updates")
    desk.drop_link(updates)
    assert ("updates", more.id) not in seen(desk, first)
    (decided,) = desk.annotations(more.article).decisions
    assert (decided.suggestion, decided.decision) == (updates.id, "reject")
    desk.flush()
    again = open_desk("kim")
    assert seen(again, first) == seen(desk, first)
    assert not {repeats.id, updates.id} & {link.id for link in again.conflicts()}
    lee = open_desk("lee")
    assert ("updates", more.id) in seen(lee, first), "another analyst decides anew"
    desk.undo()
    assert ("updates", more.id) in seen(desk, first)


def test_what_changes_is_compared_anew(told: Told) -> None:
    desk, first, fewer, same, _ = told
    assert ("contradicts", fewer.id) in seen(desk, first)
    desk.save_claim(replace(fewer, quantities=()))
    assert ("contradicts", fewer.id) not in seen(desk, first)
    desk.undo()
    assert ("contradicts", fewer.id) in seen(desk, first)
    desk.review(fewer.id, "reject")
    assert ("contradicts", fewer.id) not in seen(desk, first), "what is rejected says nothing"
    assert desk.comparisons(fewer.id) == ()
    desk.remove(same.id)
    assert ("repeats", same.id) not in seen(desk, first)
    with pytest.raises(DeskError):
        desk.comparisons(same.id)
    with pytest.raises(DeskError, match="not a claim"):
        desk.comparisons(first.highlight)


def test_only_what_changed_is_read_again(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    desk, first, _, same, more = told
    desk.comparisons(first.id)
    from tui.desk import accounting

    read: list[str] = []
    honest = accounting.account_of_claim

    def noting(one: Claim, *rest: object) -> object:
        read.append(one.id)
        return honest(one, *rest)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(accounting, "account_of_claim", noting)
    desk.comparisons(same.id)
    assert read == []
    desk.note(more.id, "who counted?")
    desk.comparisons(same.id)
    assert read == [more.id]


def test_a_source_that_gets_another_name_is_known_by_it(told: Told) -> None:
    desk, *_, same, _ = told
    desk.save_claim(replace(same, chain=(same.chain[0], named(same, "the spy agency"))))
    assert "same source: NIS" not in desk.comparisons(same.id)[0].reasons
    desk.remember_source(Source("NIS", ("the spy agency",)))
    assert "same source: NIS" in desk.comparisons(same.id)[0].reasons


def named(one: Claim, name: str) -> Hop:
    hop = one.chain[1]
    return replace(hop, source=replace(hop.source, text=name))


def test_proposals_are_compared_on_demand_and_only_those_that_stand_open(told: Told) -> None:
    desk, *_, same, more = told
    done: list[tuple[str, int, int]] = []
    found = desk.conflicts(proposals=True, progress=lambda *step: done.append(step))
    assert not any(link.from_.proposed or link.to.proposed for link in found)
    desk.remove(same.id)
    desk.remove(more.id)
    found = desk.conflicts(proposals=True)
    proposed = {link.from_.id for link in found if link.from_.proposed}
    (suggested,) = [
        p for p in desk.proposals(same.article) if p.id in proposed and "taken" in p.spans[0].exact
    ]
    assert {step[0] for step in done} == {"proposing", "comparing"}
    assert all(0 < step <= total for _, step, total in done)
    desk.drop({same.article: [suggested.id]})
    left = desk.conflicts(proposals=True)
    assert suggested.id not in {link.from_.id for link in left}
    assert not any(link.to.proposed and link.from_.proposed for link in desk.conflicts())


# texts that are alike

RAIN = " ".join(f"Rain fell on roof {n} and on field {n} all day." for n in range(60))
WORDS = " ".join(
    f"The {n}th sentence of the story tells of ship {n} in harbour {n}." for n in range(60)
)


def alike(desk: Desk, name: str) -> list[str]:
    return [each.entry.path for each in desk.near_duplicates(desk.find(name))]


def written(root: Path) -> None:
    for name, text in (
        ("wire.txt", f"Ships in harbour\nHarbor Wire\n2025-02-05 10:00\n\n{WORDS}\n"),
        ("copy.txt", f"Ships seen\nNorthern Desk\n2025-02-06 10:00\n\n{WORDS} It rained.\n"),
        ("short.txt", f"Ships\nThe Meridian\n2025-02-07 10:00\n\n{WORDS[:900]}\n"),
        (
            "other.txt",
            f"Rain\nThe Meridian\n2025-02-07 11:00\n\n{WORDS[:200]} {RAIN}\n",
        ),
    ):
        (root / name).write_text(text, encoding="utf-8")


def test_near_duplicates_of_an_article_are_told_with_how_alike_they_are(
    root: Path, open_desk: Opener
) -> None:
    written(root)
    desk = open_desk()
    assert set(alike(desk, "wire.txt")) == {"copy.txt", "short.txt"}
    assert alike(desk, "nis.txt") == []
    found = {each.entry.path: each.likeness for each in desk.near_duplicates(desk.find("wire.txt"))}
    assert found["copy.txt"].resemblance > 0.9
    assert found["short.txt"].resemblance < 0.4
    assert found["short.txt"].containment > 0.8
    with pytest.raises(DeskError):
        desk.near_duplicates("nothing")


def test_new_and_changed_texts_are_sampled_and_the_others_are_not_read_twice(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(root)

    def opened() -> Desk:
        desk = Desk.open(
            [], root=root, analyst="kim", locks=tmp_path / "locks", cache=tmp_path / "cache"
        )
        desk.scan()
        return desk

    read: list[str] = []
    honest = conflicting.Conflicting._sketched
    monkeypatch.setattr(
        conflicting.Conflicting,
        "_sketched",
        lambda desk, article: (read.append(article), honest(desk, article))[1],
    )
    first = opened()
    while first.sample(0):
        assert read
    assert len(read) == len(first.entries())
    first.close()
    (root / "late.txt").write_text(f"Late\n\n{WORDS} More rain.\n", encoding="utf-8")
    read.clear()
    later = opened()
    assert set(alike(later, "wire.txt")) == {"copy.txt", "short.txt", "late.txt"}
    assert read == [later.find("late.txt")]
    later.close()
    for kept in (tmp_path / "cache" / "sketches").rglob("*"):
        if kept.is_file():
            kept.write_bytes(kept.read_bytes()[:-30] + b"\xff no sketch")
    damaged = opened()
    assert set(alike(damaged, "wire.txt")) == {"copy.txt", "short.txt", "late.txt"}
    damaged.close()


def test_a_decision_on_a_link_is_a_record_like_others(told: Told, tmp_path: Path) -> None:
    desk, first, *_ = told
    desk.drop_link(desk.comparisons(first.id)[0])
    path = tmp_path / "all.jsonl"
    desk.export("jsonl", output=path)
    assert '"type":"decision"' in path.read_text(encoding="utf-8")
    assert isinstance(desk.last_step.changes[0].after, Decision)  # pyright: ignore[reportOptionalMemberAccess]
