"""Where things lie, whose workspace it is, what its settings say, what a session leaves."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from tui import config
from tui.config import (
    analyst_name,
    find_workspace,
    load_settings,
    load_state,
    places,
    state_file,
)
from tui.desk import DeskError
from tui.model.settings import FieldSpec, Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder and user folders of their own."""
    for name in ("CONFIG", "STATE", "CACHE", "DATA"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "xdg" / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("PRESSMARK_ANALYST", raising=False)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def settings_of(root: Path, text: str) -> Settings:
    (root / "pressmark.toml").write_text(text, encoding="utf-8")
    return load_settings(root)


# the workspace


def test_without_any_mark_the_path_itself_is_the_workspace(home: Path) -> None:
    news = home / "news"
    news.mkdir()
    (news / "a.txt").write_text("a")
    assert find_workspace([news]) == news
    assert find_workspace([news / "a.txt"]) == news


def test_without_a_path_the_search_begins_at_the_current_folder(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "desk" / "deep").mkdir(parents=True)
    (home / "desk" / "pressmark.toml").touch()
    monkeypatch.chdir(home / "desk" / "deep")
    assert find_workspace([]) == home / "desk"
    monkeypatch.chdir(home)
    assert find_workspace([]) == home


@pytest.mark.parametrize(
    ("mark", "counts"),
    [
        ("pressmark.toml", True),
        ("annotations/codebook.toml", True),
        ("annotations/revisions/x.txt", True),
        ("annotations/notes.txt", False),
        ("codebook.toml", False),
    ],
)
def test_a_workspace_is_known_by_its_marks(home: Path, mark: str, counts: bool) -> None:
    deep = home / "desk" / "2025" / "02"
    deep.mkdir(parents=True)
    marked = home / "desk" / mark
    marked.parent.mkdir(parents=True, exist_ok=True)
    marked.touch()
    assert find_workspace([deep]) == (home / "desk" if counts else deep)


def test_the_search_ends_at_the_home_folder(home: Path) -> None:
    (home.parent / "pressmark.toml").touch()
    (home / "news").mkdir()
    assert find_workspace([home / "news"]) == home / "news"
    (home / "pressmark.toml").touch()
    assert find_workspace([home / "news"]) == home


def test_the_search_ends_at_a_mount_point(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "pressmark.toml").touch()
    disk = home / "disk"
    (disk / "news").mkdir(parents=True)
    monkeypatch.setattr(Path, "is_mount", lambda path: path == disk)
    assert find_workspace([disk / "news"]) == disk / "news"


def test_a_path_inside_another_workspace_is_refused(home: Path) -> None:
    for name in ("one", "two"):
        (home / name / "news").mkdir(parents=True)
        (home / name / "pressmark.toml").touch()
    with pytest.raises(DeskError, match="--workspace") as refusal:
        find_workspace([home / "one", home / "two" / "news"])
    assert refusal.value.code == 2
    assert str(home / "two") in str(refusal.value)
    assert find_workspace([home / "one", home / "two"], home / "one") == home / "one"
    (home / "free").mkdir()
    assert find_workspace([home / "one", home / "free"]) == home / "one"


def test_the_explicit_workspace_must_be_a_folder(home: Path) -> None:
    (home / "file").touch()
    assert find_workspace([], home) == home
    for wrong in (home / "file", home / "nowhere"):
        with pytest.raises(DeskError, match="--workspace") as refusal:
            find_workspace([], wrong)
        assert refusal.value.code == 2


# settings


def test_a_workspace_without_settings_has_the_defaults(home: Path) -> None:
    assert load_settings(home) == Settings()


def test_settings_say_name_timezone_and_fields(home: Path) -> None:
    found = settings_of(
        home,
        """
        name = "Kursk desk"
        timezone = "Asia/Seoul"
        [fields]
        priority = "number"
        [fields.theatre]
        type = "choice"
        values = ["land", "sea", "land"]
        label = "Theatre of war"
        """,
    )
    assert (found.name, found.timezone) == ("Kursk desk", "Asia/Seoul")
    assert found.fields == (
        FieldSpec("priority", "number"),
        FieldSpec("theatre", "choice", ("land", "sea"), "Theatre of war"),
    )


def test_settings_say_where_a_dump_in_json_has_the_fields_of_an_article(home: Path) -> None:
    text = '[json]\narticles = "response.docs"\ntitle = "headline.main"\nbody = " lead "\n'
    assert settings_of(home, text).json_fields == {
        "articles": "response.docs",
        "title": "headline.main",
        "body": "lead",
    }


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("json = 3", "write [json]"),
        ('[json]\nheadline = "x"', "no field 'headline'; there are title, body, url"),
        ("[json]\ntitle = 3", 'write title = "a.key'),
        ('[json]\ntitle = " "', "title is no key"),
        ("name = \nx = 1", "line 1"),
        ("name = 3", "name"),
        ('timezone = "Seoul"', "Asia/Seoul"),
        ("fields = 3", "[fields.NAME]"),
        ('[fields.a]\ntype = "colour"', "[fields.a]: no type 'colour'"),
        ('[fields.a]\ntype = "choice"', "a choice needs values"),
        ('[fields.a]\nvalues = ["x"]', "values go with type choice"),
        ('[fields.a]\ntype = "choice"\nvalues = [1]', "values a list of texts"),
        ("[fields]\na = 3", 'write a = "text"'),
        ('[fields."a b"]\ntype = "text"', "a letter first"),
        ("[fields.a]\ntipe = 1", "no key 'tipe'"),
        ('tiemzone = "Asia/Seoul"', "no key 'tiemzone'; there are name, timezone"),
        ("[reading]\nsmallest = 3", "[reading]: no key 'smallest'"),
    ],
)
def test_settings_that_make_no_sense_are_refused_by_file_and_place(
    home: Path, text: str, named: str
) -> None:
    with pytest.raises(DeskError) as refusal:
        settings_of(home, text)
    assert refusal.value.code == 2
    assert "pressmark.toml" in str(refusal.value)
    assert named in str(refusal.value)
    assert "\n" not in str(refusal.value)


# the analyst


def test_settings_that_are_no_file_are_refused_at_once(home: Path) -> None:
    (home / "pressmark.toml").symlink_to("/dev/zero")
    with pytest.raises(DeskError, match="is no file"):
        load_settings(home)


def test_the_analyst_is_the_option_then_the_environment_then_the_config_then_the_login(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LOGNAME", "login")
    monkeypatch.setenv("USER", "login")
    assert analyst_name() == "login"
    config_file = places().config / "config.toml"
    config_file.parent.mkdir(parents=True)
    config_file.write_text('analyst = "from config"')
    assert analyst_name() == "from config"
    monkeypatch.setenv("PRESSMARK_ANALYST", "김민지")
    assert analyst_name() == "김민지"
    assert analyst_name("kim") == "kim"


@pytest.mark.parametrize("name", ["a\x1b[31m", "x" * 81, "line\nbreak"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(DeskError, match="is no name"):
        analyst_name(name)


def test_a_broken_user_config_is_named() -> None:
    config_file = places().config / "config.toml"
    config_file.parent.mkdir(parents=True)
    config_file.write_text("analyst = [")
    with pytest.raises(DeskError, match=r"config\.toml"):
        analyst_name()
    assert analyst_name("kim") == "kim"


# state


def test_a_session_comes_back_to_where_it_was(home: Path) -> None:
    state = load_state(home)
    assert (state.article, state.caret, state.layout, state.draft) == ("", 0, {}, {})
    state.article, state.caret = "abcdefghij234567", 120
    state.layout["pane"] = "list"
    state.tour_offered = True
    state.seen["abcdefghij234567"] = None
    assert state.save()
    again = load_state(home)
    assert (again.article, again.caret) == ("abcdefghij234567", 120)
    assert again.layout == {"pane": "list"}
    assert list(again.seen) == ["abcdefghij234567"]
    assert again.tour_offered


def test_each_workspace_has_a_state_of_its_own_and_the_tour_is_offered_once(home: Path) -> None:
    (home / "one").mkdir()
    (home / "two").mkdir()
    state = load_state(home / "one")
    state.article, state.tour_offered = "here", True
    state.save()
    other = load_state(home / "two")
    assert (other.article, other.tour_offered) == ("", True)


def test_a_half_filled_form_outlives_the_session_until_it_is_saved(home: Path) -> None:
    state = load_state(home)
    state.keep_draft({"claim": {"statement": "북한군 \udc80"}})
    assert load_state(home).draft == {"claim": {"statement": "북한군 \udc80"}}
    state.forget_draft()
    assert load_state(home).draft == {}
    state.forget_draft()


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1]", b"\xff\xfe", b'{"article": 3, "caret": -4, "layout": [], "seen": "x"}'],
)
def test_an_unreadable_state_is_passed_over(home: Path, content: bytes) -> None:
    file = state_file(home)
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    file.with_suffix(".draft.json").write_bytes(content)
    state = load_state(home)
    assert (state.article, state.caret, state.layout, state.seen) == ("", 0, {}, {})
    assert state.save()


def test_only_the_owner_reads_the_state_and_it_is_written_whole(home: Path) -> None:
    state = load_state(home)
    state.article = "one"
    state.keep_draft({"claim": 1})
    assert state.save()
    for file in (state_file(home), state_file(home).with_suffix(".draft.json")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert json.loads(file.read_text())
    assert not list(state_file(home).parent.glob(".*"))


def test_a_state_that_cannot_be_written_harms_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places().state.parent.mkdir(parents=True, exist_ok=True)
    places().state.write_text("a file where the folder should be")
    state = config.State(state_file(home), article="one")
    assert not state.save()
    assert not state.keep_draft({"claim": 1})
    state.forget_draft()
