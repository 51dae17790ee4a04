"""Keys that claim: the form and its fields, the chain, grades, links."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.robot import Robot, presses, reader

from tui.screens.form import Form

NIS = "The National Intelligence Service told"


async def claimed(user: Robot, words: str = NIS) -> None:
    """Make a claim of the sentence that has these words."""
    await user.keys("/", words, "<enter>", "<esc>", "c", "<enter>")


def form(user: Robot) -> Form:
    """The form that is open."""
    assert user.screen.form is not None, "no form is open"
    return user.screen.form


@presses("claim.new", "claim.save")
async def test_c_fills_a_form_in_from_cues_and_enter_saves_it(root: Path) -> None:
    async with reader(root) as user:
        await user.find(NIS)
        await user.keys("c")
        assert "CLAIM" in user.status()
        assert not user.claims(), "nothing is saved before Enter"
        # The reading keys go on working in the text.
        await user.keys("j", "w")
        assert user.word() == "is"
        await user.keys("<enter>")
        (claim,) = user.claims()
        assert claim.statement.startswith(NIS)
        assert claim.chain[-1].source.text == "National Intelligence Service"
        assert claim.when is not None
        assert user.place.focus == claim.id
        assert len(user.highlights()) == 1
        # On a focused claim `c` opens it; leaving it unchanged says nothing.
        await user.keys("c", "q")
        assert "without saving" not in user.status()
        assert user.place.focus == claim.id
        # A second claim on the same highlight.
        await user.find(NIS)
        await user.keys("c", "<enter>")
        assert len(user.claims()) == 2
        assert len(user.highlights()) == 1


async def test_a_claim_is_made_of_a_selection_and_leaving_it_saves_nothing(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("/", "more than 3,000", "<enter>", "v", "eeee", "c", "<enter>")
        (claim,) = user.claims()
        assert claim.statement == "more than 3,000 casualties"
        assert claim.quantities[0].text.startswith("more than 3,000")
        await user.keys("j", "c", ";n", "not yet", "<enter>", "q")
        assert "left without saving" in user.status()
        assert len(user.claims()) == 1


@presses("form.next-field", "form.previous-field")
async def test_tab_walks_through_the_fields_and_enter_keeps_each(root: Path) -> None:
    async with reader(root) as user:
        await user.find(NIS)
        await user.keys("c", "<tab>")
        assert "EDIT" in user.status()
        assert "statement" in user.shown()
        await user.keys(" (twice)", "<tab>", "<enter>", "<tab>")
        assert form(user).claim.statement.endswith("(twice)")
        assert form(user).current == "cue"
        await user.keys("<esc>", "<s-tab>")
        assert form(user).current == "source"
        await user.keys("<esc>", "<enter>")
        assert user.claims()[0].statement.endswith("(twice)")


FIELDS = (
    ("claim.field-statement", ";s", "They rest.", lambda c: c.statement == "They rest."),
    ("claim.field-source", ";a", "NIS", lambda c: c.chain[-1].source.text == "NIS"),
    ("claim.field-cue", ";u", "hinted", lambda c: c.chain[-1].cue.text == "hinted"),
    ("claim.field-said", ";d", "2025-02-04", lambda c: c.chain[-1].said.edtf == "2025-02-04"),
    ("claim.field-when", ";w", "last November", lambda c: c.when.edtf == "2024-11"),
    ("claim.field-quantity", ";q", "> 3,000 killed", lambda c: c.quantities[0].lower == 3000),
    ("claim.field-place", ";p", "Kursk", lambda c: c.place.text == "Kursk"),
    ("claim.field-about", ";b", "the units", lambda c: c.about.text == "the units"),
    ("claim.field-translation", ";t", "북한군", lambda c: c.translation == "북한군"),
    ("claim.field-note", ";n", "check", lambda c: c.note == "check"),
    ("claim.field-hedge", ";h", "perhaps", lambda c: c.hedge.text == "perhaps"),
    ("claim.field-rationale", ";r", "seen twice", lambda c: c.assessment.rationale == "seen twice"),
    (
        "claim.field-evidence",
        ";e",
        "https://a.example https://b.example",
        lambda c: len(c.assessment.evidence) == 2,
    ),
    ("claim.field-role", ";k", "director", lambda c: c.chain[-1].role == "director"),
    ("claim.field-affiliation", ";f", "Seoul", lambda c: c.chain[-1].affiliation == "Seoul"),
    (
        "claim.field-basis",
        ";g",
        "two films",
        lambda c: c.assessment.confidence_basis == "two films",
    ),
)
CHOICES = (
    ("claim.field-modality", ";m", "deni", lambda c: c.modality == "denied"),
    ("claim.field-verdict", ";v", "contest", lambda c: c.assessment.verdict == "contested"),
    ("claim.field-likelihood", ";l", "very likely", lambda c: "very" in c.assessment.likelihood),
    ("claim.field-confidence", ";c", "low", lambda c: c.assessment.confidence == "low"),
)


@presses(*(case[0] for case in (*FIELDS, *CHOICES)))
async def test_a_semicolon_and_a_letter_edit_a_field_in_place(root: Path) -> None:
    async with reader(root) as user:
        await user.find(NIS)
        await user.keys("c")
        for name, keys, typed, holds in FIELDS:
            await user.keys(keys, "<ctrl+u>", typed, "<enter>")
            assert holds(form(user).claim), (name, user.status())
        for name, keys, typed, holds in CHOICES:
            await user.keys(keys, typed, "<enter>")
            assert holds(form(user).claim), (name, user.status())
        await user.keys("<enter>")
        (claim,) = user.claims()
        assert all(holds(claim) for *_, holds in (*FIELDS, *CHOICES))
        # Emptying a field, or picking "not set", clears it; without the form it is saved at once.
        await user.keys(";p", "<ctrl+u>", "<enter>", ";c", "not set", "<enter>")
        (claim,) = user.claims()
        assert claim.place is None
        assert claim.assessment.confidence == ""
        await user.keys("u", "u")
        assert user.claims()[0].place is not None


async def test_with_a_selection_a_field_takes_the_words_and_where_they_stand(root: Path) -> None:
    async with reader(root) as user:
        await user.find(NIS)
        await user.keys("c", "/", "mid-January", "<enter>", "b", "v", "eeee", ";w")
        taken = form(user).claim.when
        assert taken is not None
        assert taken.text.startswith("since mid-January")
        assert taken.span is not None
        text = user.place.article.text
        assert text[taken.span.start : taken.span.end].startswith("since mid-January")
        assert not user.selected()

        await user.keys("/", "parliament", "<enter>", "v", "e", ";a")
        hop = form(user).claim.chain[-1]
        assert hop.source.text.startswith("parliament")
        assert hop.source.span is not None
        # A field that no text fills is edited in place, and the selection stays for another.
        await user.keys("gg", "v", "e", ";n", "why", "<enter>")
        assert form(user).claim.note == "why"
        assert user.selected()
        await user.keys("<esc>", "<enter>")
        assert user.claims()[0].chain[-1].source.text.startswith("parliament")


def names(user: Robot) -> list[str]:
    return [hop.source.text for hop in form(user).claim.chain]


async def test_words_that_do_not_fit_a_field_stay_in_it_to_be_mended(root: Path) -> None:
    async with reader(root) as user:
        await user.find(NIS)
        await user.keys("c")
        before = names(user)
        await user.keys("C", "<ctrl+u>", "News Today > > NIS/said", "<enter>")
        assert "EDIT" in user.status()
        assert "News Today > > NIS/said" in user.shown()
        assert names(user) == before
        await user.keys("<ctrl+u>", "News Today/reported > NIS/said", "<enter>")
        assert names(user)[-1] == "NIS"


async def test_enter_does_nothing_to_a_selection_beside_an_open_claim(root: Path) -> None:
    async with reader(root) as user:
        await user.find(NIS)
        await user.keys("c", "v", "e", "<enter>")
        assert not user.highlights()
        assert "Esc lets go" in user.status()
        await user.keys("c")
        assert "a claim is open" in user.status()
        await user.keys("<esc>", "<enter>")
        assert len(user.claims()) == len(user.highlights()) == 1


@presses("claim.field-own")
async def test_the_fields_of_the_workspace_have_digits(root: Path) -> None:
    (root / "pressmark.toml").write_text(
        '[fields]\npriority = { type = "choice", values = ["high", "low"] }\n'
        'desk = { type = "text", label = "Our desk" }\nweight = "number"\n'
    )
    async with reader(root) as user:
        await user.find(NIS)
        await user.keys("c")
        for row in (";1 priority ·", ";2 Our desk ·", ";3 weight   ·"):
            assert row in user.shown()
        await user.keys(";")
        assert "1 priority  2 Our desk  3 weight" in user.status()
        await user.keys("2", "Asia", "<enter>", ";1", "high", "<enter>")
        await user.keys(";3", "heavy", "<enter>")
        assert "takes a number" in user.status()
        await user.keys("<ctrl+u>", "2.5", "<enter>")
        assert "takes a number" not in user.status()
        await user.keys(";9")
        assert "[fields] in pressmark.toml" in user.status()
        await user.keys("/", "parliament", "<enter>", "v", "e", ";2", "<enter>")
        claim = user.claims()[0]
        assert claim.fields == {"priority": "high", "desk": "parliament's", "weight": "2.5"}
        order = [
            user.shown().index(each) for each in ("priority high", "Our desk parl", "weight 2")
        ]
        assert order == sorted(order)


async def test_where_no_outlet_is_known_the_source_of_the_text_is_the_source(root: Path) -> None:
    (root / "no-outlet.txt").write_text(
        "Sales rise\n\nTime Warner said on Friday that it owns 8% of a search engine.\n"
    )
    async with reader(root, paths=(root / "no-outlet.txt",)) as user:
        assert not user.place.article.outlet
        await user.keys("j", "c")
        assert "Time Warner/said" in user.shown()
        await user.keys("<enter>", "rb2")
        (claim,) = user.claims()
        assert (claim.chain[-1].source.text, claim.chain[-1].reliability) == ("Time Warner", "B")
        assert user.desk.sources.find("Time Warner") is not None
        assert "Time Warner said" in user.shown()
        await user.keys(";a", "<ctrl+u>", "Warner", "<enter>")
        assert [hop.source.text for hop in user.claims()[0].chain] == ["", "Warner"]
        await user.keys("C")
        assert "chain Warner/said" in user.shown()
        await user.keys("<ctrl+u>", "AFP/reported > Warner/said", "<enter>")
        assert [hop.source.text for hop in user.claims()[0].chain] == ["", "AFP", "Warner"]
        assert "Warner said · via AFP" in user.shown()
        assert "Warner said; via AFP" in user.desk.export("md").text


@presses("claim.chain")
async def test_the_chain_is_one_line_outlet_outermost(root: Path) -> None:
    async with reader(root) as user:
        await user.find("The New York Times wrote")
        await user.keys("c", "C", "<ctrl+u>", "News Today/reported > NYT/wrote > officials/said")
        await user.keys("<enter>")
        names = [hop.source.text for hop in form(user).claim.chain]
        assert names == ["News Today", "NYT", "officials"]
        await user.keys("<enter>", "C", "<esc>")
        assert [hop.source.text for hop in user.claims()[0].chain] == names
        # On a focused claim it is saved at once.
        await user.keys("C", "<ctrl+u>", "News Today/reported > NYT/wrote", "<enter>")
        assert [hop.source.text for hop in user.claims()[0].chain] == names[:2]


async def test_sources_that_were_met_are_completed_by_tab_alone(root: Path) -> None:
    async with reader(root) as user:
        await claimed(user)
        await user.find("The agency estimates")
        await user.keys("c", ";a", "<ctrl+u>", "national int")
        assert "National Intelligence Service" not in user.shown().splitlines()[-3]
        await user.keys("<tab>", "<enter>")
        assert form(user).claim.chain[-1].source.text == "National Intelligence Service"
        await user.keys("C", "<ctrl+u>", "News Today/reported > national", "<tab>", "<enter>")
        assert form(user).claim.chain[-1].source.text == "National Intelligence Service"


def grade(user: Robot) -> tuple[str, str]:
    claim = user.claims()[0]
    return claim.chain[-1].reliability, claim.credibility


@presses("grade.start", "grade.letter", "grade.digit", "grade.keep", "grade.source")
async def test_r_grades_by_a_letter_a_digit_or_both(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "r", "b")
        assert "no claim is focused" in user.status() or not user.claims()
        await claimed(user)
        await user.keys("r", "b", "2")
        assert grade(user) == ("B", "2")
        assert "GRADE" not in user.status()
        await user.keys("r", "3")
        assert grade(user) == ("B", "3"), "a digit alone leaves the letter"
        await user.keys("r", "c", "<enter>")
        assert grade(user) == ("C", "3"), "a letter alone leaves the digit"
        # After the letter any other key is an ordinary one.
        await user.keys("r", "a", "j")
        assert grade(user) == ("A", "3")
        assert "GRADE" not in user.status()
        await user.keys("g[", "r", "a", "3")
        assert grade(user) == ("", ""), "the same once more takes it off"
        await user.keys("r", "z")
        assert "GRADE" not in user.status()
        assert grade(user) == ("", "")

        await user.keys("r", "b")
        assert "also for National Intelligence Service" in user.status()
        await user.keys(",")
        assert "is held B from" in user.status()
        source = user.desk.sources.find("National Intelligence Service")
        assert source is not None
        assert source.reliability[-1].grade == "B"
        # Its next claim begins with that letter.
        await claimed(user, "According to the same official")
        await user.find("The agency estimates")
        await user.keys(
            "c", ";a", "<ctrl+u>", "National Intelligence Service", "<enter>", "<enter>"
        )
        assert grade(user)[0] == "B"


async def test_a_grade_needs_no_saved_claim(root: Path) -> None:
    async with reader(root) as user:
        await user.find(NIS)
        await user.keys("c", "r", "b", "2", "<enter>")
        assert grade(user) == ("B", "2")
        await user.keys("u")
        assert not user.claims()


LINKS = (
    ("+", "link.supports", "supports"),
    ("-", "link.contradicts", "contradicts"),
    ("=", "link.repeats", "repeats"),
    (">", "link.updates", "updates"),
)


@presses(*(action for _, action, _ in LINKS))
async def test_links_are_picked_from_candidates_by_typing(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "+")
        assert "no claim is focused" in user.status()
        await claimed(user)
        await user.keys("+")
        assert "no other claim in the workspace" in user.status()
        (first,) = user.claims()
        await user.keys("J")
        await claimed(user, "no North Korean unit had fought")
        (second,) = user.claims()
        for key, _, kind in LINKS:
            await user.keys(key)
            assert "PICK" in user.status()
            await user.keys("observed", "<enter>")
            assert kind in user.status()
        links = user.desk.annotations(user.place.article.id).links
        assert {link.kind for link in links} == {kind for *_, kind in LINKS}
        assert all({link.from_, link.to} == {first.id, second.id} for link in links)
        await user.keys("=", "<enter>")
        assert "linked like that already" in user.status()
        await user.keys("u")
        assert len(user.desk.annotations(user.place.article.id).links) == 3


async def test_a_form_that_is_open_is_not_lost_to_another_article(root: Path) -> None:
    async with reader(root) as user:
        await user.find(NIS)
        article = user.place.article.id
        await user.keys("c", ";n", "keep me", "<enter>")
        await user.click("KIM'S SOLDIERS")
        await user.click("KIM'S SOLDIERS")
        assert user.place.article.id == article
        assert "a claim is open" in user.status()
        await user.keys(":", "review workspace", "<enter>")
        assert user.screen.review is None
        await user.keys("<enter>")
        assert user.claims()[0].note == "keep me"


async def test_tags_given_in_the_form_are_saved_with_it_as_one_step(root: Path) -> None:
    async with reader(root) as user:
        await user.find(NIS)
        await user.keys("c", "1", "t", "casu", "<enter>", "1", ".", "<enter>")
        assert user.highlights()[0].tags == ("casualties", "military")
        await user.keys("u")
        assert not user.highlights()


@pytest.mark.parametrize("leave", ["ZZ", ":q"])
async def test_a_half_filled_form_is_there_again_after_a_restart(root: Path, leave: str) -> None:
    async with reader(root) as user:
        await user.keys("J")
        await user.find("The New York Times had earlier")
        await user.keys("c", ";n", "half way", "<enter>", "r", "b", "2", "1")
        await user.keys(*((leave, "<enter>") if leave[0] == ":" else (leave,)))
    async with reader(root) as user:
        assert user.place.article.outlet == "Harbor Wire"
        assert "you left open" in user.status()
        assert user.text().startswith("The New York Times had earlier")
        await user.keys("<enter>")
        (claim,) = user.claims()
        assert (claim.note, claim.credibility) == ("half way", "2")
        assert user.highlights()[0].tags == ("military",)
        await user.keys("q", "q")
    async with reader(root) as user:
        assert user.screen.form is None


async def test_a_refused_r_takes_the_letters_behind_it_and_c_claims(
    root: Path,
) -> None:
    async with reader(root) as user:
        await user.keys("j", "1", "r", "d")
        assert len(user.highlights()) == 1, "d was a letter of the grade, not a deletion"
        await user.keys("r")
        assert "nothing to grade" in user.status()
        await user.keys("c", "<enter>")
        assert len(user.claims()) == 1


@presses("go.undo", "go.redo")
async def test_undo_takes_back_what_was_set_in_the_form_and_then_what_lies_below(
    root: Path,
) -> None:
    async with reader(root) as user:
        await user.keys("j", "m", "j")
        await user.keys("c", ";n", "first", "<enter>", ";n", "<ctrl+u>", "second", "<enter>", "3")
        assert (form(user).claim.note, form(user).tags) == ("second", ["diplomacy"])
        await user.keys("u")
        assert form(user).tags == []
        assert "undone in the open claim: tag diplomacy" in user.message()
        await user.keys("u")
        assert form(user).claim.note == "first"
        assert "undone in the open claim: note" in user.message()
        await user.keys("U", "U")
        assert (form(user).claim.note, form(user).tags) == ("second", ["diplomacy"])
        await user.keys("u", "u", "u")
        assert form(user).claim.note == ""
        assert not form(user).edited
        assert len(user.highlights()) == 1, "what was saved is not touched before"
        await user.keys("u")
        assert user.highlights() == []
        assert user.screen.form is not None
        # A text field takes the keys first.
        await user.keys(";n", "u", "<enter>")
        assert form(user).claim.note == "u"
