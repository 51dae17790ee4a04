"""Keys of the desk around the article: panes, filters, codebook, palette, commands, help."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.robot import Robot, presses, reader

from tui.actions import COMMANDS
from tui.exchange import FORMATS
from tui.screens import working


def on_disk(root: Path) -> dict[Path, bytes]:
    """The annotations as they lie there."""
    return {path: path.read_bytes() for path in (root / "annotations").rglob("*.json")}


def names_in(folder: Path) -> list[str]:
    """What lies in a folder, which need not be there, but for what is just being written."""
    return [path.name for path in folder.glob("[!.]*")]


def panes(user: Robot) -> set[str]:
    """The panes that are on the screen."""
    return {
        name for name in ("list", "article", "side") if user.screen.query_one(f"#{name}").display
    }


@presses("pane.next", "pane.previous", "pane.text-only")
@pytest.mark.parametrize(
    ("width", "first", "second", "third"),
    [
        (
            120,
            {"list", "article", "side"},
            {"list", "article", "side"},
            {"list", "article", "side"},
        ),
        (100, {"article", "side"}, {"article", "side"}, {"list", "article"}),
        (80, {"article"}, {"side"}, {"list"}),
    ],
)
async def test_as_many_panes_as_fit(
    root: Path, width: int, first: set[str], second: set[str], third: set[str]
) -> None:
    async with reader(root, size=(width, 30)) as user:
        assert panes(user) == first
        await user.keys("<tab>")
        assert "PANEL" in user.status()
        assert panes(user) == second
        await user.keys("<tab>")
        assert "LIST" in user.status()
        assert panes(user) == third
        await user.keys("<tab>", "<s-tab>", "z")
        assert panes(user) == {"article"}
        assert "READ" in user.status()
        # Any other pane ends that, and so does `z` itself.
        await user.keys("z")
        assert panes(user) == first
        await user.keys("z", "<tab>", "q")
        assert panes(user) == first
        await user.pilot.resize_terminal(121, 30)
        await user.settle()
        assert panes(user) == {"list", "article", "side"}


@presses(
    "list.next",
    "list.previous",
    "list.page-down",
    "list.page-up",
    "list.half-page-down",
    "list.half-page-up",
    "list.first",
    "list.last",
    "list.open",
)
async def test_the_list_of_articles_is_walked_and_opened(root: Path) -> None:
    async with reader(root, size=(120, 16)) as user:
        rows = user.screen.list
        await user.keys("<s-tab>", "j", "j", "k")
        assert rows.cursor == 1
        await user.keys("G")
        assert rows.cursor == rows.count - 1
        await user.keys("gg", " ")
        page = rows.cursor
        assert page > 1
        await user.keys("P")
        assert rows.cursor == 0
        await user.keys(")")
        assert 0 < rows.cursor <= page
        await user.keys("(", "<down>", "<enter>")
        assert user.place.article.outlet == "Harbor Wire"
        assert "READ" in user.status()
        # In the list, `M` means the article of the row.
        await user.keys("<s-tab>", "G", "M")
        assert [entry.done for entry in user.desk.entries()] == [False] * 8 + [True]
        assert user.place.article.outlet == "News Today"
        await user.keys("u")
        assert not any(entry.done for entry in user.desk.entries())


async def test_the_panel_moves_the_article_and_its_row_is_what_keys_mean(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "1", "jj", "2", "jj", "c", "<enter>", "gg", "<tab>")
        assert user.place.focus == user.highlights()[0].id
        await user.keys("j")
        assert user.place.focus == user.highlights()[1].id
        assert user.text().startswith(user.highlights()[1].spans[0].exact[:20])
        await user.keys("3", "i", "from here", "<enter>")
        assert user.highlights()[1].tags == ("casualties", "diplomacy")
        assert user.highlights()[1].note == "from here"
        await user.keys("G")
        assert user.place.focus == user.claims()[0].id
        await user.keys("r", "b", "2", "a", "<enter>")
        assert "CLAIM" in user.status()
        assert user.claim_status() == "accepted"
        await user.keys("q", "gg", "d", "d")
        assert len(user.highlights()) == 1, "after one is deleted the next row is meant"
        await user.keys("u", "u")
        assert len(user.highlights()) == 3
        await user.keys("q", "q")
        assert not user.place.focus


@presses("pane.filter")
async def test_f_filters_the_pane_that_has_the_keys(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "1", "j", "2", "j", "c", "<enter>", "a", "j", "c", "<enter>")
        panel = user.screen.panel
        everything = panel.count
        await user.keys("F", "tag:cas", "<tab>", "<enter>")
        assert panel.count == 1
        assert "· tag ca" in user.shown()
        await user.keys("F", "<ctrl+u>", "status:accepted", "<enter>")
        assert panel.count == 2
        await user.keys("F", "<ctrl+u>", "status:nothing", "<enter>")
        assert "no status" in user.status()
        await user.keys("F", "<ctrl+u>", "tag:places", "<enter>")
        assert "Nothing marked here is" in " ".join(user.shown().split())
        await user.keys("F", "<ctrl+u>", "<enter>")
        assert panel.count == everything
        await user.keys(":", "filter tag:mil", "<tab>", "<enter>")
        assert panel.count == 1
        await user.keys(":", "filter", "<enter>")
        assert panel.count == everything

        await user.keys("<s-tab>", "F", "is:un", "<tab>", "<enter>")
        assert user.screen.list.count == 8
        await user.keys("F", "<ctrl+u>", "meridian", "<enter>")
        await user.sifted()
        assert "The Meridian" in {entry.outlet for entry in user.screen.listed()}
        assert user.screen.list.count < 9
        await user.keys("F", "<ctrl+u>", "no such words", "<enter>")
        await user.sifted()
        assert "No article has “no" in user.shown()


@presses(
    "codebook.open",
    "codebook.new",
    "codebook.rename",
    "codebook.description",
    "codebook.colour",
    "codebook.slot",
    "codebook.remove",
)
async def test_the_codebook_is_edited_by_keys(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "1", "2", "B")
        assert "CODEBOOK" in user.status()
        await user.keys("t", "weather/snow", "<enter>")
        book = user.desk.codebook
        assert book.get("weather/snow") is not None
        await user.keys("9")
        assert user.desk.codebook.at_slot(9) == user.desk.codebook.get("weather/snow")
        await user.keys("9")
        assert user.desk.codebook.at_slot(9) is None
        await user.keys("i", "What falls.", "<enter>", ";o", "green", "<enter>")
        tag = user.desk.codebook.get("weather/snow")
        assert tag is not None
        assert (tag.description, tag.colour) == ("What falls.", "green")
        await user.keys("<enter>", "<ctrl+u>", "weather/ice", "<enter>")
        assert "rename weather/snow to weather/ice: it is on 0 highlights" in user.message()
        await user.keys("<enter>")
        assert user.desk.codebook.get("weather/snow") is None
        assert user.desk.codebook.get("weather/ice") is not None
        await user.keys("F", "ice", "<enter>", "d")
        assert user.desk.codebook.get("weather/ice") is None
        await user.keys("u")
        assert user.desk.codebook.get("weather/ice") is not None
        await user.keys("U", "q")
        assert "READ" in user.status()
        assert user.desk.codebook.get("weather/ice") is None
        assert user.highlights()[0].tags == ("military", "casualties")


@presses("codebook.merge", "codebook.parent", "go.undo", "go.redo")
async def test_tags_are_joined_and_laid_inside_with_a_preview_and_one_undo(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "2", "j", "1", "B", "gg")
        before = user.desk.codebook
        row = user.screen.codebook.list.index_of("casualties")
        await user.keys("j" * (row or 0), ";i", "military", "<enter>")
        assert "rename casualties and 2 below it to military/casualties" in user.message()
        assert "1 highlight" in user.message()
        await user.keys("<enter>")
        resolved = user.desk.codebook.resolved(user.highlights()[0].tags)
        assert resolved == ("military/casualties",)
        await user.keys("u")
        assert user.desk.codebook == before
        await user.keys("U", "u", ";j", "military", "<enter>")
        assert "merge casualties and 2 below it to military" in user.message()
        await user.keys("x")
        assert "nothing done" in user.status()
        assert user.desk.codebook == before
        await user.keys(";j", "military", "<enter>", "<enter>")
        assert user.desk.codebook.resolved(user.highlights()[0].tags) == ("military",)
        await user.keys("u", "q")
        assert user.desk.codebook == before
        # The codebook's undo leaves the articles alone, and theirs the codebook.
        await user.keys("u")
        assert len(user.highlights()) == 1
        assert user.desk.codebook == before


@presses("app.palette")
async def test_the_palette_runs_every_action_by_name(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "<ctrl+p>", "highlight the selection", "<enter>")
        assert len(user.highlights()) == 1
        await user.keys("g", "p", "focus the next high", "<enter>", "<ctrl+p>", "a note", "<enter>")
        await user.keys("from the palette", "<enter>")
        assert user.highlights()[0].note == "from the palette"
        await user.keys("<ctrl+p>", ":theme", "<enter>")
        assert "COMMAND" in user.status()
        await user.keys("<esc>")
        assert "READ" in user.status()


@presses("app.keys")
async def test_a_question_mark_shows_the_keys_that_work_here(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("?")
        assert "KEYS" in user.status()
        assert "highlight the selection" in user.shown()
        await user.keys("G", "gg", "?")
        assert "READ" in user.status()
        await user.keys("j", "c", "?")
        assert "save the claim" in user.shown()
        await user.keys("q")
        assert "CLAIM" in user.status()


@presses("app.command", "text.complete")
async def test_commands_are_completed_and_unknown_ones_named(root: Path) -> None:
    async with reader(root, size=(140, 30)) as user:
        await user.keys(":")
        assert "COMMAND" in user.status()
        await user.keys("the", "<tab>", " ", "<tab>", "<enter>")
        assert "theme " in user.status()
        await user.keys(":", "nonsense", "<enter>")
        assert "no command :nonsense" in user.status()
        await user.keys(":", "export 'x", "<enter>")
        assert "No closing quotation" in user.status()
        await user.keys(":", "<enter>", ":", "<esc>")
        assert "READ" in user.status()


COMMANDS_DO = {  # in an order in which none spoils the next
    "theme": ("theme", lambda user: "theme " in user.status()),
    "analyst": ("analyst", lambda user: "kim" in user.message()),
    "tour": ("tour", lambda user: "pressmark --tour" in user.status()),
    "help": ("h", lambda user: "KEYS" in user.status()),
    "write": ("w", lambda user: "everything is saved" in user.status()),
    "codebook": ("codebook", lambda user: "CODEBOOK" in user.status()),
    "saved": ("saved", lambda user: "nothing is saved yet" in user.message()),
    "save": ("save near tag:military", lambda user: "saved as @near" in user.message()),
    "accept": ("accept", lambda user: "nothing to accept" in user.status()),
    "review": ("review", lambda user: "nothing to review" in user.status()),
    "import": ("import", lambda user: "FILE" in user.status()),
    "passed": ("passed", lambda user: "could be read" in user.status()),
    "export": ("export csv", lambda user: "export csv" in user.message()),
    "source": ("source", lambda user: "source" in user.message()),
    "redo": ("redo", lambda user: "nothing to redo" in user.status()),
    "filter": ("filter tag:military", lambda user: user.screen.panel.count == 1),
    "undo": ("undo", lambda user: not user.highlights()),
    "done": ("done", lambda user: user.desk.entry(user.place.article.id).done),
    "proposals": ("proposals on", lambda user: user.screen.proposing.shown),
    "quit": ("q", lambda user: user.app._exit),
    "wq": ("wq", lambda user: user.app._exit),
}
LEAVE = ("quit", "wq")


def test_each_command_is_tried() -> None:
    assert set(COMMANDS_DO) == {command.name for command in COMMANDS}


@pytest.mark.parametrize("ending", LEAVE)
async def test_each_command_does_what_it_says(root: Path, ending: str) -> None:
    """All in one go, and the other way to leave by itself."""
    names = [name for name in COMMANDS_DO if name not in LEAVE] if ending == LEAVE[0] else []
    async with reader(root, size=(160, 30)) as user:
        await user.keys("j", "1")
        for name in [*names, ending]:
            typed, holds = COMMANDS_DO[name]
            await user.keys(":", typed, "<enter>")
            if name in LEAVE:
                await user.left()
            assert holds(user), (name, user.status())
            if name not in LEAVE:
                await user.keys("<esc>", "<esc>", "<esc>")


async def test_export_says_what_it_will_write_and_tab_widens_it(root: Path) -> None:
    async with reader(root, size=(160, 30)) as user:
        await user.keys("j", "c", "<enter>", "a", "J", "j", "c", "<enter>")
        await user.keys(":", "export csv", "<enter>")
        assert "csv, 1 claim" in user.message()
        assert "1 draft" in user.message()
        assert "this article" in user.message()
        await user.keys("<tab>")
        assert "2 claims, 1 accepted, 1 draft" in user.message()
        assert "workspace" in user.message()
        await user.keys("<enter>")
        assert "wrote" in user.status()
        (written,) = (root / "annotations").rglob("*.csv")
        assert str(written) in user.message()
        assert written.read_text(encoding="utf-8-sig").count("\n") >= 3
        await user.keys(":", "export md status:accepted", "<enter>", "<tab>")
        assert "md, 1 claim, 1 accepted" in user.message()
        await user.keys("<esc>", ":", "export csv /nowhere/at/all.csv", "<enter>", "<enter>")
        assert "/nowhere/at/all.csv" in user.message()
        assert "wrote" not in user.message()


async def test_a_long_export_says_how_far_it_is_answers_keys_and_is_stopped_by_escape(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader(root, size=(160, 30)) as user:
        await user.keys("j", "c", "<enter>", "a", "J", "j", "c", "<enter>")
        await user.saved()
        before = on_disk(root)
        monkeypatch.setattr(working, "SLICE", -1.0)  # a step at a time, ...
        monkeypatch.setattr(working, "PAUSE", 0.05)  # ... and time to look between two
        monkeypatch.setattr(working, "LONG", 0.0)
        out = tmp_path / "out"
        out.mkdir()
        await user.keys(":", f"export jsonl {out}/all.jsonl", "<enter>", "<tab>")
        user.patient = False
        await user.keys("<enter>")
        await user.over(lambda: "exporting" not in user.status())
        assert "of 2 articles · Esc stops" in user.status()
        here = user.text()
        await user.keys("j")
        assert user.text() != here
        await user.keys("q")
        assert "Esc stops it, then q leaves" in user.message()
        await user.keys("<esc>")
        assert user.message() == "stopped: nothing was written"
        assert list(out.iterdir()) == []
        user.patient = True
        await user.keys(":", f"export jsonl {out}/all.jsonl", "<enter>", "<tab>", "<enter>")
        assert user.message() == f"wrote {out}/all.jsonl: 2 claims, 1 accepted, 1 draft"
        user.patient = False
        await user.keys(":", f"import {out}/all.jsonl", "<enter>")
        assert "· Esc stops" in user.status()
        await user.keys("<esc>")
        assert user.message() == "stopped: nothing was taken in"
        assert on_disk(root) == before


async def test_all_formats_go_into_a_folder_and_escape_leaves_those_that_are_done(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader(root, size=(160, 30)) as user:
        await user.keys("j", "c", "<enter>", ":", "export al", "<tab>", "<enter>")
        assert "export all, 1 claim, 1 draft, this article (Tab: workspace), to" in user.message()
        await user.keys("<enter>")
        (folder,) = (root / "annotations" / "_exports").iterdir()
        assert f"formats to {folder}: 1 claim, 1 draft; not written: a .qdc" in user.message()
        assert "; not all has a place in" in user.message()
        made = {name.removeprefix(f"{folder.name}-") for name in names_in(folder)}
        written = [a for a in FORMATS.values() if a.writes and a.name != "qdc"]  # no tag
        assert made == {f"{a.name}{a.suffixes[0] if a.suffixes else ''}" for a in written}
        monkeypatch.setattr(working, "SLICE", -1.0)
        await user.keys(":", f"export all {tmp_path}/some", "<enter>")
        user.patient = False
        await user.keys("<enter>")
        for _ in range(1000):
            if names_in(tmp_path / "some"):
                break
            await user.pilot.pause(0.005)
        await user.keys("<esc>")
        assert user.message() == f"stopped: what was done by then is in {tmp_path}/some"
        assert 0 < len(names_in(tmp_path / "some")) < len(written)


async def test_what_could_not_be_read_is_listed_with_its_reason(root: Path) -> None:
    (root / "broken.txt").write_bytes(b"\x00\x01\x02" * 40)
    (root / "gone.txt").symlink_to(root / "nowhere")
    async with reader(root, size=(120, 30)) as user:
        await user.scanned()
        await user.keys(":", "passed", "<enter>")
        assert "2 passed" in user.shown(), "in the heading of the list"
        assert "not read: 2" in user.shown()
        await user.keys("gone")
        assert "broken.txt" not in user.shown()
        await user.keys("<enter>")
        assert "gone.txt" in user.message()


async def test_what_was_deleted_comes_back_by_import_when_tab_asks_for_it(
    root: Path, tmp_path: Path
) -> None:
    async with reader(root, size=(160, 30)) as user:
        await user.keys("j", "m", ":", f"export jsonl {tmp_path}/one.jsonl", "<enter>", "<enter>")
        await user.keys("]", "d", ":", f"import {tmp_path}/one.jsonl", "<enter>")
        assert "1 deleted here, left so" in user.message()
        await user.keys("<tab>")
        assert "1 brought back" in user.message()
        await user.keys("<enter>")
        assert len(user.highlights()) == 1
        await user.keys("u")
        assert user.highlights() == []


async def test_an_export_of_jsonl_comes_back_by_import(root: Path, tmp_path: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "c", "<enter>", ":", f"export jsonl {tmp_path}/one.jsonl", "<enter>")
        await user.keys("<enter>")
        await user.keys("d", "d", ":", f"import {tmp_path}/one.jsonl", "<enter>")
        assert user.message()
        await user.keys(":", f"export jsonl {tmp_path}/one.jsonl", "<enter>")
        assert "over the one that is there" in user.message()
        await user.keys("<esc>", ":", "import nowhere.jsonl", "<enter>")
        assert "nowhere.jsonl" in user.message()


async def test_a_folder_without_an_article_says_why_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    async with reader(tmp_path / "none", size=(100, 24)) as user:
        assert f"no article in {tmp_path / 'none'}: `pressmark formats`" in flat(user.status())
        assert "appear at once" in user.shown()
        assert "m highlights" not in user.shown()
    (tmp_path / "none" / "a.txt").write_bytes(bytes(range(256)) * 8)
    async with reader(tmp_path / "none", size=(100, 24)) as user:
        assert "a.txt is binary data, not text" in flat(user.status())


async def test_what_was_deleted_is_named_and_a_wider_choice_only_where_there_is_one(
    root: Path,
) -> None:
    async with reader(root) as user:
        await user.keys("j", "c", "<enter>", "R")
        assert "Tab widen" not in user.status(), "there is no draft but this one"
        await user.keys("<esc>", ":", "export", "<enter>")
        assert "Tab widen" in user.status()
        await user.keys("<esc>", "d")
        assert "deleted claim “South Korea's spy agency" in user.status()
        await user.keys("u", "U", "]", "d")
        assert "deleted highlight “South Korea's spy agency" in user.status()


async def test_a_claim_opens_with_the_cursor_on_its_first_row(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "c", ";n", "first", "<enter>", "<enter>", "j", "c")
        assert "▸;s statement" in user.shown()


async def test_the_help_goes_back_to_where_it_was_opened(root: Path) -> None:
    async with reader(root) as user:
        for leaving in ("q", "?", "<esc>"):
            await user.keys("B", "?")
            assert "keys in the codebook" in user.shown()
            await user.keys(leaving)
            assert "CODEBOOK" in user.status()
            await user.keys("q")
            assert "READ" in user.status()


def flat(text: str) -> str:
    """The lines of a text as one: how it is broken does not matter."""
    return " ".join(text.split())
