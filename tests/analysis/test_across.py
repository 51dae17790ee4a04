"""Many statements compared: the same links whatever the order, and work that does not explode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.analysis.telling import told

from tui.analysis import across
from tui.analysis.accounts import Account
from tui.analysis.across import Accounts, without_chains
from tui.analysis.proposed_links import ProposedLink


def held(accounts: Iterable[Account]) -> Accounts:
    found = Accounts()
    for account in accounts:
        found.add(account)
    return found


STORY = [
    told("The troops in Kursk have more than 3,000 casualties", day="2025-02-05", name="a"),
    told("The troops in Kursk have more than 3,000 casualties", day="2025-02-06", name="b"),
    told("Casualties of the troops in Kursk are 4,000", day="2025-02-19", name="c"),
    told("The troops in Kursk have only 900 casualties", "Moscow", day="2025-02-20", name="d"),
    told("The council of Harrow will build a bridge over the river", "Ann Lee", name="e"),
    told("A bridge over the river will be built by Harrow council", "Ann Lee", name="f"),
    told("The mayor of Harrow opened the fair on Sunday", "US officials", "anonymous", name="g"),
]


def pairs(links: Iterable[ProposedLink]) -> dict[tuple[str, str], str]:
    return {(link.from_.id, link.to.id): link.kind for link in links}


def test_a_story_is_told_by_its_links() -> None:
    found = pairs(held(STORY).all_links())
    assert found[("b", "a")] == "repeats"
    assert found[("c", "a")] == "updates"
    assert found[("d", "a")] == found[("d", "c")] == "contradicts"
    assert {end for pair in found for end in pair} <= set("abcdef")
    assert not {("c", "b"), ("d", "b")} & found.keys(), "b is a: its links are those of a"


@given(st.permutations(STORY), st.sets(st.sampled_from("abcdefg")))
def test_the_order_in_which_statements_come_and_go_makes_no_difference(
    order: Sequence[Account], gone: set[str]
) -> None:
    index = held(order)
    for name in gone:
        index.drop(name)
    left = [account for account in STORY if account.id not in gone]
    assert index.all_links() == held(left).all_links()
    assert len(index) == len(left)
    for account in gone:
        index.add(next(each for each in STORY if each.id == account))
    assert index.all_links() == held(STORY).all_links()


def test_each_statement_has_the_links_that_all_have() -> None:
    index = held(STORY)
    everything = {link.id: link for link in index.all_links()}
    of_each = {link.id: link for account in STORY for link in index.links(account)}
    assert everything.items() <= of_each.items()
    more = (link for key, link in of_each.items() if key not in everything)
    assert {(link.from_.id, link.to.id) for link in more} == {("c", "b"), ("d", "b")}
    assert index.get("a") is STORY[0]
    assert index.get("nobody") is None


def test_a_statement_that_is_edited_takes_the_place_of_the_one_before() -> None:
    index = held(STORY)
    index.add(told("The mayor of Harrow has resigned", "Moscow", day="2025-02-20", name="d"))
    assert not {"d"} & {end for pair in pairs(index.all_links()) for end in pair}


def test_of_what_is_repeated_the_earliest_is_told() -> None:
    words = "The troops in Kursk have more than 3,000 casualties"
    ways = ("", " by now", " so far", " in all", " this winter")
    same = [
        told(words + way, day=f"2025-02-0{at}", name=f"n{at}") for at, way in enumerate(ways, 1)
    ]
    index = held(same)
    assert len(index.all_links()) == 10
    left = without_chains(index.all_links())
    assert pairs(left) == {(f"n{at}", "n1"): "repeats" for at in range(2, 6)}


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts how often two statements are put beside each other."""
    counts: Counter[str] = Counter()
    honest = across.proposed_link

    def counting(one: Account, *rest: object) -> object:
        counts["pairs"] += 1
        return honest(one, *rest)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(across, "proposed_link", counting)
    return counts


def alike(
    number: int, words: str, source: str = "US officials", kind: str = "anonymous"
) -> Account:
    return told(
        words, source, kind, day=f"2025-0{1 + number % 9}-1{number % 7}", name=f"{number:06}"
    )


def test_ten_thousand_identical_statements_are_compared_with_the_first_of_them(
    compared: Counter[str],
) -> None:
    words = "The troops lost more than 3,000 men in the battle of Harrow bridge"
    first = told(words, "US officials", "anonymous")
    many = [replace(first, id=f"{n:06}", article=f"{n}", highlight=f"{n}") for n in range(10_000)]
    links = held(many).all_links()
    assert len(links) == 9_999
    assert {link.to.id for link in links} == {"000000"}
    assert compared["pairs"] < 11_000


@pytest.mark.parametrize(
    "words",
    [
        "The troops lost {} men in the battle of Harrow bridge",
        "In the battle of Harrow bridge soldier Smith met brother number{} of the same name",
        "해로우 다리 전투에서 병력 {}명이 숨졌다",
    ],
)
def test_the_work_grows_with_the_number_of_statements_and_not_with_its_square(
    compared: Counter[str], words: str
) -> None:
    work: list[int] = []
    for count in (50, 200):
        compared.clear()
        held(alike(n, words.format(100 + 7 * n)) for n in range(count)).all_links()
        work.append(compared["pairs"])
    assert work[1] <= 6 * work[0]
    assert work[1] <= 80 * 200
