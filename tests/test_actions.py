"""The registry says every key once, and one key means one thing in every mode."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from itertools import combinations

import pytest

from tui.actions import (
    ACTIONS,
    COMMANDS,
    GROUPS,
    MODES,
    action,
    actions_in,
    command,
    command_names,
    key_label,
    keys_json,
    keys_label,
    keys_markdown,
    mode,
)
from tui.keymap import is_printable, parse_keys

# Actions that are one thing seen from different places: what a hand learns as one key.
ONE_MEANING = (
    {"read.next-sentence", "list.next", "text.next"},
    {"read.previous-sentence", "list.previous", "text.previous"},
    {"read.page-down", "list.page-down"},
    {"read.page-up", "list.page-up"},
    {"read.half-page-down", "list.half-page-down"},
    {"read.half-page-up", "list.half-page-up"},
    {"read.first", "list.first"},
    {
        "read.next-paragraph", "differences.next-paragraph", "timeline.next-period",
        "claims.next-group",
    },
    {
        "read.previous-paragraph", "differences.previous-paragraph", "timeline.previous-period",
        "claims.previous-group",
    },
    {"list.order", "claims.sort"},
    {"find.next", "differences.next"},
    {"find.previous", "differences.previous"},
    {"read.last", "list.last"},
    {"read.line-start", "list.first"},  # Home
    {"read.line-end", "list.last"},  # End
    # Enter says yes to what is shown.
    {
        "focus.open", "list.open", "select.keep", "claim.save", "grade.keep", "confirm.yes",
        "codebook.rename", "text.keep", "timeline.go", "claims.go",
        "search.go",
    },
    # Tab goes on to the next place, or to more of it.
    {"pane.next", "form.next-field", "confirm.widen", "text.complete", "timeline.scope",
     "claims.scope", "search.query"},
    {"find.open", "search.query"},  # what is looked for
    {"pane.filter", "search.query"},  # what the list shows
    {"pane.previous", "form.previous-field", "text.back"},
    {"app.leave", "text.leave"},
    # A digit is a slot, and after a key that asks for one the answer.
    {"tag.slot", "codebook.slot", "grade.digit", "claims.tag-slot"},
    {"tag.picker", "codebook.new", "claims.tag"},
    # In the list of claims it is done to what is selected there, or to the claim of the row.
    {"tag.repeat", "claims.repeat-tag"},
    {"review.reject", "claims.reject"},
    {"review.reject-reason", "claims.reject-reason"},
    {"review.flag", "claims.flag"},
    {"go.undo", "claims.undo"},
    {"go.redo", "claims.redo"},
    # v selects exactly, s more and S less, of words or of rows.
    {"select.start", "claims.select"},
    {"select.grow", "claims.select-more"},
    {"select.shrink", "claims.select-less"},
    {"mark.note", "codebook.description"},
    {"claim.field-note", "codebook.description"},
    {"mark.delete", "codebook.remove"},
    {"focus.next", "review.skip"},
    {"focus.previous", "review.back"},
    {"tag.occurrences", "grade.source"},  # the same for all of them
    {"mark.note-editor", "text.editor"},
    # After r, a letter is the grade: the mode is a waiting prefix with an offer beside it.
    {"grade.letter", "review.accept", "claims.accept"},
    {"grade.letter", "read.previous-word"},
    {"grade.letter", "claim.new"},
    {"grade.letter", "mark.delete", "codebook.remove"},
    {"grade.letter", "read.word-end"},
    {"grade.letter", "read.find-word"},
)  # fmt: skip

# What DESIGN asks of the keyboard, by the key and the action it must be.
ASKED = {
    "reading": (
        "j k h l w b e ^ $ f } { space ctrl+d ctrl+u gg G ] [ g] g[ J K M ` / n N * enter yy gx "
        "g/ m s S \" v t . , i ctrl+o d c ;s ;a ;u ;d ;w ;q ;p ;b ;m ;v ;t ;n ;h ;r ;e ;l ;c ;g "
        ";1 C r + - > = R a x ! "
        "u U B T F tab z ? ctrl+p : ZZ q escape up down left right"
    ),
    "select": "j k h l w b o & s S \" v m t . , c ;s enter q escape",
    "panel": "j k gg G ] [ enter t . , i d c C r + - > = a x ! F u U tab q escape",
    "list": "j k gg G enter J K M F tab u U q escape",
    "form": "j k w s v \" ;s ;q C r enter tab i u U z q escape",
    "review": "a x ! ] [ c r i v u U j k q escape",
    "codebook": "j k enter d u U q escape",
    "claims": "j k gg G } { enter tab O H F v s S a x X1 ! 1 9 t . r u U L T ? : q escape",
    "search": "g/ enter tab / F j k gg G ? : q escape",
    "timeline": "g/ j k gg G } { enter tab # F L T ? q escape",
}  # fmt: skip


def sequences(found):
    for notation in found.keys:
        keys = parse_keys(notation)
        if not found.choices:
            yield keys
        for choice in found.choices:
            yield (*keys, choice.key)


def test_ids_are_area_dot_verb_and_occur_once():
    ids = [found.id for found in ACTIONS]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", name) for name in ids)


def test_every_action_has_words_keys_modes_and_a_group():
    names = {found.name for found in MODES}
    for found in ACTIONS:
        assert found.summary, found.id
        assert found.keys, found.id
        assert found.modes, found.id
        assert set(found.modes) <= names, found.id
        assert found.group in GROUPS, found.id


def test_one_key_means_one_thing_in_every_mode():
    meanings: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for found in ACTIONS:
        for keys in sequences(found):
            meanings[keys].add(found.id)
    for keys, ids in meanings.items():
        for one, other in combinations(sorted(ids), 2):
            assert any({one, other} <= family for family in ONE_MEANING), f"{keys}: {one}, {other}"


@pytest.mark.parametrize("name", list(ASKED))
def test_every_key_that_the_day_needs_works(name):
    have = {" ".join(keys) for found in actions_in(name) for keys in sequences(found)}
    wanted = {" ".join(parse_keys(notation)) for notation in ASKED[name].split()}
    assert wanted <= have, sorted(wanted - have)


@pytest.mark.parametrize("name", [found.name for found in MODES if not found.takes_text])
def test_printable_keys_do_everything(name):
    plain = {"enter", "escape", "tab"}
    for found in actions_in(name):
        if found.id in ("pane.previous", "form.previous-field"):
            continue  # Tab comes round to them
        assert any(
            all(is_printable(key) or key in plain for key in keys) for keys in sequences(found)
        ), f"{found.id} has no key without Ctrl in {name}"


@pytest.mark.parametrize("name", [found.name for found in MODES if found.takes_text])
def test_text_fields_take_every_printable_key(name):
    for found in actions_in(name):
        assert not any(is_printable(keys[0]) for keys in sequences(found)), found.id


def test_every_mode_can_be_left_by_escape_and_by_q_where_no_text_is_typed():
    for found in MODES:
        ways = {
            keys
            for leaving in actions_in(found.name)
            if leaving.id in ("app.leave", "text.leave")
            for keys in sequences(leaving)
        }
        assert ("escape",) in ways, found.name
        assert found.takes_text or ("q",) in ways, found.name


def test_digits_do_nothing_in_a_review():
    keys = {key for found in actions_in("review") for key in sequences(found)}
    assert not any((digit,) in keys for digit in "0123456789")


def test_a_rejection_takes_one_of_the_five_reasons():
    found = action("review.reject-reason")
    assert [choice.key for choice in found.choices] == ["1", "2", "3", "4", "5"]
    assert found.choices[1].label == "wrong span"


def test_the_key_document_names_every_action_and_every_command():
    page = keys_markdown()
    for found in ACTIONS:
        assert f"`{found.id}`" in page
    for found in COMMANDS:
        assert f"`:{found.name}" in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert all(re.sub(r"\\\|", "", row).count("|") in (3, 4, 5) for row in rows)


def test_the_key_data_is_json_and_says_what_may_follow():
    data = json.loads(json.dumps(keys_json()))
    assert len(data) == len(ACTIONS)
    by_id = {entry["id"]: entry for entry in data}
    assert by_id["read.find-word"]["takes"] == 2
    assert by_id["tag.slot"]["choices"][8]["key"] == "9"


@pytest.mark.parametrize(
    ("key", "label"),
    [("ctrl+d", "Ctrl+d"), ("gg", "gg"), ("escape", "Esc"), ("up", "↑"), ("f1", "F1"),
     ("shift+tab", "Shift+Tab"), ("ctrl+left", "Ctrl+←"), ("+", "+"), ("g enter", "g Enter")],
)  # fmt: skip
def test_keys_are_written_as_people_write_them(key, label):
    assert key_label(key) == label


def test_choices_and_free_characters_are_written_behind_their_key():
    assert keys_label(action("tag.slot")) == "1–9"
    assert keys_label(action("review.reject-reason")) == "X 1–5"
    assert keys_label(action("read.find-word")) == "f + 2 letters"


def test_a_command_is_found_by_name_alias_and_clear_beginning():
    for typed, name in (("export", "export"), ("exp", "export"), ("w", "write"), ("q", "quit"),
                        ("wq", "wq"), ("x", "wq"), ("q!", "quit")):  # fmt: skip
        found = command(typed)
        assert found is not None
        assert found.name == name
    assert command("") is None
    assert command("nonsense") is None
    assert command("t") is None  # theme or tour
    assert command_names("co") == ("codebook",)


def test_command_names_and_aliases_occur_once():
    names = [name for found in COMMANDS for name in (found.name, *found.aliases)]
    assert len(names) == len(set(names))


def test_asking_for_what_is_not_there_raises():
    with pytest.raises(KeyError):
        action("no.such")
    with pytest.raises(KeyError):
        mode("nowhere")
