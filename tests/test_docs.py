"""The documents say what is so: links, commands, keys, and a tutorial that works as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.app.robot import Robot, reader

from tui import config
from tui.actions import ACTIONS, command, keys_markdown
from tui.cli.loading import load
from tui.cli.page import COMMANDS
from tui.config import load_settings
from tui.keymap import Keymap, Run, parse_keys
from tui.samples import sample_articles
from tui.store import load_codebook
from tui.widgets.own_look import read_look

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(
    (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "annotations" / "README.md")
)
each_document = pytest.mark.parametrize(
    "document", [pytest.param(path, id=str(path.relative_to(ROOT))) for path in DOCUMENTS]
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# Links and names

FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    text = FENCED.sub("", document.read_text(encoding="utf-8"))
    return {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in HEADING.findall(text)
    }


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    broken: list[str] = []
    for link in LINK.findall(FENCED.sub("", document.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@each_document
def test_no_document_names_a_place_of_one_machine(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert re.findall(r"(?<![\w.~])/(?:root|home/\w+|Users/\w+|work|tmp|private)/\S*", text) == []


def test_every_document_can_be_reached_from_the_index() -> None:
    waiting, reached = [ROOT / "README.md"], set[Path]()
    while waiting:
        document = waiting.pop().resolve()
        if document in reached:
            continue
        reached.add(document)
        if document.is_dir():
            waiting += document.glob("*.md")
        elif document.suffix == ".md":
            links = LINK.findall(FENCED.sub("", document.read_text(encoding="utf-8")))
            here = (document.parent / link.partition("#")[0] for link in links if ":" not in link)
            waiting += [path for path in here if path.exists()]
    left_out = {ROOT / "annotations" / "README.md"}
    assert {path.resolve() for path in DOCUMENTS} - reached - left_out == set()


@each_document
def test_targets_of_make_are_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = re.findall(r"(?:^ {4}|`)make ([a-z][a-z-]*)", text, re.MULTILINE)
    there = set(re.findall(r"^([a-z][a-z-]*):", read("Makefile"), re.MULTILINE))
    assert set(named) <= there


def command_lines(text: str) -> list[list[str]]:
    """What stands in code as a call of pressmark: its words."""
    lines = re.findall(r"^ {4}pressmark +(.+)$", text, re.MULTILINE)
    lines += re.findall(r"`pressmark ([^`]+)`", text)
    return [re.split(r" {2,}|[#>|]", line)[0].split() for line in lines]


@each_document
def test_commands_and_their_options_are_there(document: Path) -> None:
    for words in command_lines(document.read_text(encoding="utf-8")):
        plain_name = bool(re.fullmatch(r"[a-z]+", words[0]))
        assert not plain_name or words[0] in COMMANDS, words
        taken = {
            option
            for parameter in load(words[0] if plain_name else "").params
            for option in parameter.opts
        }
        asked = {word for word in words if word.startswith("-") and word not in ("--", "--help")}
        assert asked <= taken, words


@each_document
def test_commands_behind_the_colon_are_there(document: Path) -> None:
    named = re.findall(r"`:([a-z]+)[^`]*`", document.read_text(encoding="utf-8"))
    assert [name for name in named if command(name) is None] == []


# Keys


def test_the_page_of_keys_is_fresh() -> None:
    assert read("docs/keys.md") == keys_markdown(), "run `make docs`"


# What the README's table of keys says, as mode and action.
IN_README = {
    "j": ("reading", "read.next-sentence"),
    "k": ("reading", "read.previous-sentence"),
    "Space": ("reading", "read.page-down"),
    "1": ("reading", "tag.slot"),
    "9": ("reading", "tag.slot"),
    "]": ("reading", "focus.next"),
    "c": ("reading", "claim.new"),
    "Enter": ("form", "claim.save"),
    "r": ("reading", "grade.start"),
    "b": ("grade", "grade.letter"),
    "2": ("grade", "grade.digit"),
    ";a": ("reading", "claim.field-source"),
    ";w": ("reading", "claim.field-when"),
    ";q": ("reading", "claim.field-quantity"),
    ";v": ("reading", "claim.field-verdict"),
    "s": ("reading", "select.grow"),
    "v": ("reading", "select.start"),
    "R": ("reading", "review.begin"),
    "a": ("review", "review.accept"),
    "x": ("review", "review.reject"),
    "!": ("review", "review.flag"),
    "u": ("reading", "go.undo"),
    "J": ("reading", "article.next"),
    "M": ("reading", "article.done"),
    "g/": ("reading", "search.open"),
    "L": ("reading", "claims.open"),
    "?": ("reading", "app.keys"),
}


@pytest.mark.parametrize("keys", IN_README)
def test_a_key_in_the_readme_does_what_is_said(keys: str) -> None:
    mode, wanted = IN_README[keys]
    *first, last = parse_keys(keys.lower() if len(keys) > 2 else keys)
    result = Keymap.default().feed(mode, first, last)
    assert isinstance(result, Run)
    assert result.action == wanted


def test_no_key_stands_in_the_readme_unchecked() -> None:
    table = [line for line in read("README.md").splitlines() if line.startswith("| `")]
    named = {span for line in table for span in re.findall(r"`([^`]+)`", line)}
    assert len(table) == 10
    assert {span for span in named if span[0] != ":"} - {";"} == set(IN_README)


# Examples


def example(name: str, folder: Path) -> Path:
    """An example file of docs/workspace.md, written to a folder."""
    found = re.search(
        rf"```toml\n(# {re.escape(name)}\n.*?)```", read("docs/workspace.md"), re.DOTALL
    )
    assert found
    path = folder / name
    path.write_text(found.group(1), encoding="utf-8")
    return path


def test_the_settings_in_the_documents_can_be_used(tmp_path: Path) -> None:
    example("pressmark.toml", tmp_path)
    settings = load_settings(tmp_path)
    assert (settings.name, settings.timezone) == ("Kursk 2025", "Asia/Seoul")
    assert [spec.type for spec in settings.fields] == ["text", "flag", "choice"]


def test_the_codebook_in_the_documents_can_be_used(tmp_path: Path) -> None:
    example("codebook.toml", tmp_path)
    codebook, troubles = load_codebook(tmp_path, "kim")
    assert troubles == ()
    tag = codebook.at_slot(1)
    assert tag is not None
    assert codebook.resolve("deployment") == tag.path == "military/deployment"


def test_the_keymap_in_the_documents_can_be_used(tmp_path: Path) -> None:
    keymap, problems = Keymap.load(example("keymap.toml", tmp_path))
    assert problems == ()
    assert keymap.label_of("review.accept", "review") == "a"
    assert keymap.label_of("claim.chain", "reading") == ""


def test_the_theme_in_the_documents_can_be_used(tmp_path: Path) -> None:
    look = read_look(example("theme.toml", tmp_path))
    assert look is not None
    assert (look.name, look.dark, look.accent) == ("paper", False, "#7a3b00")


def test_the_name_of_the_analyst_in_the_documents_can_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = config.Places(tmp_path, tmp_path, tmp_path)
    monkeypatch.setattr("tui.config.analyst.places", lambda: mine)
    monkeypatch.delenv(config.ANALYST, raising=False)
    example("config.toml", tmp_path)
    assert config.analyst_name() == "kim"


def test_every_package_has_its_sentence_in_the_architecture() -> None:
    named = set(re.findall(r"`tui\.([a-z]+)`", read("docs/architecture.md")))
    there = {path.stem for path in (ROOT / "src" / "tui").iterdir() if path.stem[0] not in "_."}
    assert named == there - {"py", "version", "seeds"}


def test_every_module_of_the_desk_has_its_words_in_the_architecture() -> None:
    text = read("docs/architecture.md").partition("## Inside the desk")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(?:desk\.)?([a-z]+)`", text))
    there = {path.stem for path in (ROOT / "src" / "tui" / "desk").glob("[!_]*.py")}
    assert there - named == set()


def test_every_action_has_its_method() -> None:
    sources = [path.read_text(encoding="utf-8") for path in ROOT.glob("src/tui/screens/*.py")]
    marks = [mark for source in sources for mark in re.findall(r"@does\(([^)]*)\)", source)]
    done = [name for mark in marks for name in re.findall(r'"([^"]+)"', mark)]
    assert sorted(done) == sorted(a.id for a in ACTIONS if not a.id.startswith("text."))


def test_areas_of_keys_are_done_where_the_architecture_says() -> None:
    text = read("docs/architecture.md").partition("**From a key to its code**")[2]
    said = {
        area: module
        for part in text.partition("- **")[0].split(";")
        for module in re.findall(r"`([a-z]+)\.py`", part)
        for area in re.findall(r"`([a-z]+)\.`", part)
    }
    assert set(said) == {action.id.partition(".")[0] for action in ACTIONS} - {"text"}
    for area, module in said.items():
        assert f'@does("{area}.' in read(f"src/tui/screens/{module}.py"), area


# The tutorial

NAMED = {"Enter": "enter", "Tab": "tab", "Esc": "escape", "Space": "space", "Ctrl+u": "ctrl+u"}
FENCE = re.compile(r"```text\n(.*?)```", re.DOTALL)


class Part(NamedTuple):
    """What is pressed, in order, and the rows that the screen then has."""

    keys: tuple[str, ...]
    rows: tuple[str, ...]


def parts(text: str) -> Iterator[Part]:
    """The tutorial as it is acted out: each `Press` line, with the boxes up to the next one."""
    first, *rest = re.split(r"^\*\*Press\*\* ", text, flags=re.MULTILINE)
    yield Part((), rows(first))
    for piece in rest:
        line = piece.partition("\n")[0]
        yield Part(tuple(re.findall(r"`([^`]+)`", line)), rows(piece))


def rows(text: str) -> tuple[str, ...]:
    boxes = FENCE.findall(text)
    return tuple(plain(row) for box in boxes for row in box.splitlines() if row.strip())


def plain(text: str) -> str:
    return " ".join(text.split())


async def press(user: Robot, word: str) -> None:
    keys = [NAMED[word]] if word in NAMED else [NAMED.get(key, key) for key in word]
    await user.keys(*(key if len(key) == 1 else f"<{key}>" for key in keys))


async def test_the_tutorial_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    root = tmp_path / "tour"
    root.mkdir()
    acted = list(parts(read("docs/tutorial.md")))
    assert len(acted) > 15
    articles = (sample_articles(),)
    async with reader(root, paths=articles, tour=True, size=(120, 36)) as user:
        for part in acted:
            for word in part.keys:
                await press(user, word)
            await user.saved()
            shown = [plain(row) for row in user.shown().splitlines()]
            missing = [row for row in part.rows if not any(row in there for there in shown)]
            assert missing == [], f"after {' '.join(part.keys)}:\n{user.shown()}"
        assert user.app.return_code == 0
    reports = list(root.rglob("*.md"))
    assert len(reports) == 1
    assert "In conflict with claim" in reports[0].read_text(encoding="utf-8")
