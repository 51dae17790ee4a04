"""The article list: filtered by all that search knows, kept filters, and the reading queue."""

from __future__ import annotations

from pathlib import Path

from tests.app.robot import Robot, presses, reader

from tui.config import load_state


def listed(user: Robot) -> list[str]:
    return [Path(entry.path).name[5:10] for entry in user.screen.listed()]


async def visited(user: Robot) -> None:
    """Wait until it is known what came since the last visit."""
    user.screen.visiting.begin()
    user.screen.visiting.look()
    await user.over(lambda: user.screen.visiting.under_way)
    user.screen.sync()
    await user.settle()


@presses("pane.filter")
async def test_f_in_the_list_finds_what_is_marked_and_what_the_texts_say(root: Path) -> None:
    async with reader(root, size=(140, 40)) as user:
        await user.keys("j", "1", "J", "j", "m", "<s-tab>")
        await user.saved()
        await user.keys("F", "tag:military", "<enter>")
        await user.sifted()
        assert len(listed(user)) == 1
        assert "articles 1 of 9" in user.shown()
        await user.keys("F", "<ctrl+u>", "by:kim is:open", "<enter>")
        await user.sifted()
        assert len(listed(user)) == 2
        await user.keys("F", "<ctrl+u>", "자취 OR borrow*", "<enter>")
        await user.sifted()
        assert listed(user) == ["02-12", "02-15"]
        await user.keys("F", "<ctrl+u>", "grade:B", "<enter>")
        assert "articles are filtered by" in user.message()
        await user.keys("F", "<ctrl+u>", "<enter>")
        assert len(listed(user)) == 9


async def test_escape_leaves_a_question_to_the_index_and_keeps_what_the_lines_say(
    root: Path,
) -> None:
    async with reader(root) as user:
        await user.keys("<s-tab>")
        user.screen.scanning.under_way = True  # the index waits for the files
        await user.keys("F", "meridian", "<enter>")
        assert "Esc stops" in user.status()
        assert listed(user) == ["02-09", "02-11"]
        await user.keys("<esc>")
        assert "stopped" in user.message()
        user.screen.scanning.under_way = False
        await user.sifted()
        assert listed(user) == ["02-09", "02-11"], "the index was not asked"
        await user.keys("F", "<enter>")
        await user.sifted()
        assert listed(user) == ["02-09", "02-11", "02-18"], "what it would have said"


async def test_a_filter_is_kept_used_by_its_name_and_taken_away(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("<s-tab>", "F", "meridian is:open", "<enter>", ":", "save Mine", "<enter>")
        assert "saved as @mine" in user.message()
        await user.keys("F", "<ctrl+u>", "<enter>", ":", "save a/b", "<enter>")
        assert "is no name" in user.message()
        await user.saved()
        assert "meridian is:open" in (root / "annotations/kim/saved.toml").read_text()
    async with reader(root) as user:
        await user.keys("<s-tab>", "F", "@mi", "<tab>", " NOT drills", "<enter>")
        await user.sifted()
        assert listed(user) == ["02-11", "02-18"]
        await user.keys("<esc>", ":", "saved", "<enter>", "<enter>")
        await user.sifted()
        assert len(listed(user)) == 3
        await user.keys(":", "saved delete mine", "<enter>", "F", "<ctrl+u>", "@mine", "<enter>")
        assert "nothing is saved as @mine" in user.message()


@presses("list.order", "article.previous", "article.done")
async def test_the_queue_begins_with_what_came_since_and_ends_with_what_is_done(
    root: Path,
) -> None:
    late = root / "2025-02-18-northern-desk-small-groups-back.txt"
    text = late.read_bytes()
    late.unlink()
    async with reader(root) as user:
        await visited(user)
        assert "new" not in user.desk.news.values()
        await user.keys("j", "m", "<s-tab>", "O", "ZZ")  # marked: it is the same tomorrow
        await user.left()
    assert load_state(root, "kim").left
    late.write_bytes(text)
    first = root / "2025-02-05-news-today-troops-not-seen.txt"
    first.write_bytes(first.read_bytes().replace(b"Kursk", b"Sudzha"))
    async with reader(root, size=(140, 40)) as user:
        await visited(user)
        assert listed(user)[:3] == ["02-18", "02-05", "02-06"]
        assert list(user.desk.news.values()).count("new") == 1
        assert "revised" not in user.desk.news.values()  # it is open
        await user.keys("K")
        assert user.place.article.published.startswith("2025-02-18")
        assert not user.desk.news
        assert listed(user)[0] == "02-18"  # where one reads on does not move
        await user.keys("M")
        assert listed(user)[-1] == "02-18"
        assert user.place.article.published.startswith("2025-02-05")
