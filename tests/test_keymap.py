"""Keys lead to actions, a keymap of one's own is checked, and nobody is locked in."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.actions import MODES, keys_markdown
from tui.keymap import (
    Hangul,
    Keymap,
    Nothing,
    Run,
    Wait,
    key_name,
    parse_keys,
)

KEYED = [mode.name for mode in MODES if not mode.takes_text]
TYPED = [mode.name for mode in MODES if mode.takes_text]


def typed(keymap, mode, keys):
    """What the last of the keys does, with waiting ones kept as the screen keeps them."""
    waiting: tuple[str, ...] = ()
    result = Nothing()
    for key in keys:
        result = keymap.feed(mode, waiting, key)
        waiting = result.keys if isinstance(result, Wait) else ()
    return result


@pytest.fixture
def keymap():
    return Keymap.default()


@pytest.mark.parametrize(
    ("mode", "keys", "action", "argument"),
    [
        ("reading", "j", "read.next-sentence", ""),
        ("reading", ["down"], "read.next-sentence", ""),
        ("reading", "gg", "read.first", ""),
        ("reading", "g]", "focus.next-claim", ""),
        ("reading", "3", "tag.slot", "3"),
        ("reading", ["quotation_mark"], "select.quotation", ""),
        ("reading", ["semicolon", "a"], "claim.field-source", ""),
        ("reading", "fKu", "read.find-word", "Ku"),
        ("reading", "f국정", "read.find-word", "국정"),
        ("reading", ["Z", "Z"], "app.quit", ""),
        ("reading", ["grave_accent"], "go.back", ""),
        ("reading", ["greater_than_sign"], "link.updates", ""),
        ("reading", ["ctrl+u"], "read.half-page-up", ""),
        ("grade", "b", "grade.letter", "b"),
        ("grade", "2", "grade.digit", "2"),
        ("review", "X4", "review.reject-reason", "4"),
        ("review", "]", "review.skip", ""),
        ("form", ["enter"], "claim.save", ""),
        ("confirm", ["tab"], "confirm.widen", ""),
        ("find", ["escape"], "text.leave", ""),
        ("command", ["ctrl+i"], "text.complete", ""),
    ],
)
def test_keys_run_their_action(keymap, mode, keys, action, argument):
    assert typed(keymap, mode, keys) == Run(action, argument)


def test_a_waiting_prefix_says_its_choices_in_words(keymap):
    wait = typed(keymap, "reading", "g")
    assert isinstance(wait, Wait)
    assert wait.keys == ("g",)
    assert {(offer.key, offer.label) for offer in wait.choices} >= {
        ("g", "top"),
        ("]", "next claim"),
        ("x", "web page"),
    }
    reasons = typed(keymap, "review", "X")
    assert isinstance(reasons, Wait)
    assert [offer.label for offer in reasons.choices][:2] == ["not a claim", "wrong span"]


def test_free_characters_are_waited_for_in_words(keymap):
    wait = typed(keymap, "reading", "f")
    assert isinstance(wait, Wait)
    assert wait.choices == ()
    assert "two letters" in wait.hint
    assert typed(keymap, "reading", ["f", "a", "space"]) == Run("read.find-word", "a ")


@pytest.mark.parametrize(
    "keys", ["gj", "yd", "Zj", ["f", "escape"], ["X", "9"], ["semicolon", "j"]]
)
def test_a_key_outside_the_choices_cancels_and_does_nothing_else(keymap, keys):
    assert typed(keymap, "reading", keys) == Nothing(cancelled=True)


def test_a_key_that_is_nothing_does_nothing(keymap):
    assert keymap.feed("reading", (), "Q") == Nothing(cancelled=False)
    assert keymap.feed("review", (), "5") == Nothing(cancelled=False)


def test_waiting_keys_of_another_mode_are_given_up(keymap):
    assert keymap.feed("grade", (";",), "s") == Nothing(cancelled=True)


@pytest.mark.parametrize("letter", ["ㅓ", "ㅏ", "한", "ᄒ"])
@pytest.mark.parametrize("mode", KEYED)
def test_a_hangul_letter_outside_a_field_runs_nothing_and_says_so(keymap, mode, letter):
    assert keymap.feed(mode, (), letter) == Hangul("한/영")


@pytest.mark.parametrize("mode", TYPED)
def test_letters_of_any_script_are_for_the_field_where_text_is_typed(keymap, mode):
    for letter in "aq:?1;ㅓ한":
        assert keymap.feed(mode, (), letter) == Nothing()


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [
        ("j", "j", "j"),
        ("G", "G", "G"),
        ("shift+g", "G", "G"),
        ("shift+g", None, "G"),
        ("ctrl+d", "\x04", "ctrl+d"),
        ("space", " ", "space"),
        ("enter", "\r", "enter"),
        ("ctrl+m", "\r", "enter"),
        ("escape", "\x1b", "escape"),
        ("quotation_mark", '"', '"'),
        ("quotation_mark", None, '"'),
        ("left_square_bracket", None, "["),
        ("left_curly_bracket", None, "{"),
        ("circumflex_accent", None, "^"),
        ("dollar_sign", None, "$"),
        ("full_stop", None, "."),
        ("equals_sign", None, "="),
        ("plus", None, "+"),
        ("minus", None, "-"),
        ("slash", None, "/"),
        ("asterisk", None, "*"),
        ("ampersand", None, "&"),
        ("exclamation_mark", None, "!"),
        ("question_mark", None, "?"),
        ("colon", None, ":"),
        ("comma", None, ","),
        ("upper_case", None, "upper_case"),
        ("shift+tab", None, "shift+tab"),
        ("alt+j", "j", "alt+j"),
        ("pageup", None, "pageup"),
    ],
)
def test_key_names_of_the_terminal_layer_become_characters(key, character, name):
    assert key_name(key, character) == name


def test_every_key_name_that_textual_makes_of_a_character_comes_back():
    from textual.keys import _character_to_key

    for code in range(0x21, 0x7F):
        assert key_name(_character_to_key(chr(code))) == chr(code)


@pytest.mark.parametrize(
    ("notation", "keys"),
    [
        ("gg", ("g", "g")),
        (";s", (";", "s")),
        ("ctrl+d", ("ctrl+d",)),
        ("Ctrl+D", ("ctrl+d",)),
        ("g enter", ("g", "enter")),
        ("u p", ("u", "p")),
        ("up", ("up",)),
        ("esc", ("escape",)),
        ("+", ("+",)),
        ("ctrl++", ("ctrl++",)),
        ("shift+tab", ("shift+tab",)),
        ("", ()),
    ],
)
def test_notation_is_read(notation, keys):
    assert parse_keys(notation) == keys


def load(tmp_path, text):
    path = tmp_path / "keys.toml"
    path.write_text(text, encoding="utf-8")
    return Keymap.load(path)


def test_the_example_in_the_document_is_a_keymap_without_a_problem(tmp_path):
    example = keys_markdown().partition("```toml\n")[2].partition("```")[0]
    keymap, problems = load(tmp_path, example)
    assert problems == ()
    assert keymap.feed("reading", (), "Q") == Run("mark.highlight")
    assert keymap.feed("review", (), "A") == Run("review.accept")
    assert keymap.feed("panel", (), "a") == Run("review.accept")


def test_an_action_gets_other_keys_and_loses_the_old_ones(tmp_path):
    keymap, problems = load(tmp_path, '[keys]\n"mark.highlight" = ["H", "h h h"]\n')
    # `h` is a command of its own, so `hhh` could never be reached: the entry is refused.
    assert len(problems) == 1
    assert "`h`" in problems[0]
    keymap, problems = load(tmp_path, '[keys]\n"mark.highlight" = ["H"]\n')
    assert problems == ()
    assert keymap.feed("reading", (), "H") == Run("mark.highlight")
    assert keymap.feed("reading", (), "m") == Nothing()
    assert keymap.label_of("mark.highlight", "reading") == "H"


def test_names_without_quotes_and_one_key_without_a_list_are_taken(tmp_path):
    keymap, problems = load(tmp_path, '[keys]\nmark.highlight = "H"\nreview.accept = "y"\n')
    assert keymap.feed("reading", (), "H") == Run("mark.highlight")
    assert len(problems) == 1  # y begins yy
    assert keymap.feed("reading", (), "a") == Run("review.accept")


def test_a_mode_of_its_own_changes_that_mode_alone(tmp_path):
    keymap, problems = load(tmp_path, '[keys.review]\n"review.flag" = ["H"]\n')
    assert problems == ()
    assert keymap.feed("review", (), "H") == Run("review.flag")
    assert keymap.feed("review", (), "!") == Nothing()
    assert keymap.feed("panel", (), "!") == Run("review.flag")
    split = [found for found in keymap.actions() if found.id == "review.flag"]
    assert sorted(found.keys for found in split) == [("!",), ("H",)]


def test_two_actions_may_trade_their_keys(tmp_path):
    keymap, problems = load(tmp_path, '[keys]\n"mark.highlight" = "i"\n"mark.note" = "m"\n')
    assert problems == ()
    assert keymap.feed("reading", (), "i") == Run("mark.highlight")
    assert keymap.feed("reading", (), "m") == Run("mark.note")


def test_digits_can_move_behind_a_prefix(tmp_path):
    keymap, problems = load(tmp_path, '[keys]\n"tag.slot" = ["A"]\n')
    assert problems == ()
    assert typed(keymap, "reading", "A7") == Run("tag.slot", "7")
    assert keymap.feed("reading", (), "7") == Nothing()


def test_an_empty_list_frees_a_key(tmp_path):
    keymap, problems = load(tmp_path, '[keys]\n"claim.chain" = []\n"mark.highlight" = ["C"]\n')
    assert problems == ()
    assert keymap.feed("reading", (), "C") == Run("mark.highlight")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[keys]\n"mark.hilite" = ["m"]\n', ["mark.hilite", "pressmark keys"]),
        ('[keys]\n"mark.highlight" = ["c"]\n', ["mark.highlight", "claim.new", "`c`", "= []"]),
        ('[keys]\n"mark.highlight" = ["g"]\n', ["mark.highlight", "`g`", "never wait"]),
        ('[keys]\n"mark.highlight" = ["gga"]\n', ["mark.highlight", "`gg`", "never wait"]),
        ('[keys]\n"mark.highlight" = ["ctrl+nope"]\n', ["mark.highlight", "nope"]),
        ('[keys]\n"mark.highlight" = [7]\n', ["mark.highlight", "list of keys"]),
        ('[keys]\n"mark.highlight" = [""]\n', ["mark.highlight", "empty", "[]"]),
        ('[keys]\n"mark.highlight" = ["q"]\n', ["mark.highlight", "`q`", "leads out"]),
        ('[keys.list]\n"mark.highlight" = ["m"]\n', ["mark.highlight", "list", "reading"]),
        ('[keys]\n"text.keep" = ["k"]\n', ["text.keep", "`k`", "text is typed"]),
        ("keys = 3\n", ["[keys]"]),
    ],
)
def test_a_bad_entry_gets_a_sentence_and_its_defaults_stay(tmp_path, text, words):
    keymap, problems = load(tmp_path, text)
    assert len(problems) == 1
    assert problems[0].startswith(str(tmp_path / "keys.toml"))
    for word in words:
        assert word in problems[0]
    for mode in [found.name for found in MODES]:
        assert keymap.actions_in(mode) == Keymap.default().actions_in(mode)


@pytest.mark.parametrize("data", [b"[keys\n", b"\xff\xfe", b'"a" = '])
def test_a_broken_file_leaves_the_default_map(tmp_path, data):
    path = tmp_path / "keys.toml"
    path.write_bytes(data)
    keymap, problems = Keymap.load(path)
    assert len(problems) == 1
    assert str(path) in problems[0]
    assert keymap.actions() == Keymap.default().actions()


def test_a_missing_file_leaves_the_default_map(tmp_path):
    keymap, problems = Keymap.load(tmp_path / "none.toml")
    assert "cannot be read" in problems[0]
    assert keymap.feed("reading", (), "m") == Run("mark.highlight")


def test_leaving_can_get_more_keys_but_never_lose_its_own(tmp_path):
    keymap, problems = load(tmp_path, '[keys]\n"app.leave" = []\n"text.leave" = ["f2"]\n')
    assert problems == ()
    for mode in KEYED:
        assert keymap.feed(mode, (), "q") == Run("app.leave")
        assert keymap.feed(mode, (), "escape") == Run("app.leave")
    for mode in TYPED:
        assert keymap.feed(mode, (), "escape") == Run("text.leave")
        assert keymap.feed(mode, (), "f2") == Run("text.leave")


def action_ids():
    return st.sampled_from(sorted({a.id for a in Keymap.default().actions()} | {"no.such"}))


def notations():
    keys = st.sampled_from([*"qjgZzyX;:1aA]", "escape", "enter", "ctrl+d", "tab", "q q", "ㅓ", ""])
    return st.lists(keys, max_size=3).map("".join) | keys


@given(
    st.dictionaries(action_ids(), st.lists(notations(), max_size=2), max_size=6),
    st.sampled_from(["", *KEYED, *TYPED]),
)
def test_no_keymap_locks_the_analyst_in_or_lets_a_command_swallow_a_prefix(entries, mode):
    keymap, _ = Keymap.from_data({mode: entries} if mode else entries, "keys.toml")
    for name in KEYED:
        assert keymap.feed(name, (), "q") == Run("app.leave")
    for found in MODES:
        assert isinstance(keymap.feed(found.name, (), "escape"), Run)
        for action in keymap.actions_in(found.name):
            for notation in action.keys:
                last = action.choices[0].key if action.choices else ""
                keys = (*parse_keys(notation), *([last] if last else []))
                free = "ab"[: action.takes]
                assert typed(keymap, found.name, (*keys, *free)) == Run(action.id, last or free)


def test_reading_keys_needs_no_textual():
    code = "import tui.keymap, sys; print([m for m in sys.modules if m.startswith('textual')])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_key_is_looked_up_in_far_less_than_a_frame(keymap):
    keymap.feed("reading", (), "j")
    begun = time.process_time()
    for _ in range(1000):
        keymap.feed("reading", ("g",), "g")
    assert time.process_time() - begun < 0.5
