"""The format of a user's own that docs/formats.md shows, installed as it stands there."""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk.marking import FILES, mark

from tui.cli import main
from tui.desk import Desk, DeskError
from tui.exchange import ExchangeError, export_text, read_in
from tui.exchange.bundles import Bundle

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "formats.md"


def shown() -> tuple[str, str]:
    """The package of the document: its pyproject.toml and its module."""
    section = DOCUMENT.read_text("utf-8").partition("## A format of your own")[2]
    project, module = re.findall(r"```(?:toml|python)\n(.*?)```", section, re.DOTALL)
    return project, module


def install(site: Path, project: str, **modules: str) -> None:
    """What an installer makes of a package: its modules, and its metadata beside."""
    about = tomllib.loads(project)["project"]
    info = site / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    info.mkdir(parents=True)
    head = f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n"
    (info / "METADATA").write_text(head)
    lines = [
        line
        for group, entries in about["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in entries.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join(lines))
    for name, text in modules.items():
        (site / f"{name}.py").write_text(text)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that modules are imported from, with the package of the document in it."""
    project, module = shown()
    install(tmp_path / "site", project, clippings=module)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    yield tmp_path / "site"
    for name in ("clippings", "breaking"):
        sys.modules.pop(name, None)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    root = tmp_path / "news"
    root.mkdir()
    for name, text in FILES.items():
        (root / name).write_text(text, "utf-8")
    desk = Desk.open(root=root, analyst="kim", locks=tmp_path / "locks")
    desk.scan()
    yield desk
    desk.close()


def test_it_is_a_package_of_forty_lines() -> None:
    assert sum(len(text.splitlines()) for text in shown()) <= 40


def test_a_format_of_a_user_s_own_goes_out_and_comes_in(
    site: Path, desk: Desk, tmp_path: Path
) -> None:
    mark(desk, "nis.txt", "more than 3,000 men", "war/losses", "figure")
    plain = mark(desk, "plain.txt", "북한군은 사라졌다. 😀", "war")
    desk.note(plain, 'two\nlines, "quoted"\tand a tab')
    mark(desk, "nis.txt", "regroup.\n\n[REPORT]\nAbout 11,000")
    assert "clippings" in desk.export_formats
    assert "clippings" in desk.import_formats
    file = tmp_path / "kursk.tsv"
    done = desk.export("clippings", None, file)
    assert done.lost[0].startswith("not kept in clippings: claims, links")
    back = desk.import_(file)
    assert (back.added, back.older, back.refused) == (0, 3, ())  # what is here stays as it is

    def marks(desk: Desk) -> set[tuple[str, tuple[str, ...], str]]:
        return {
            ("|".join(e.of(part.article.text) for e in placed.extents), r.tags, r.note)
            for part in desk.bundle().articles
            for placed in part.annotations.highlights
            for r in (placed.record,)
        }

    shutil.copytree(desk.root, tmp_path / "other", ignore=lambda *_: ["annotations"])
    lee = Desk.open(root=tmp_path / "other", analyst="lee", locks=tmp_path / "locks")
    lee.scan()
    new = f"{desk.find('losses.txt')}\t\t\t\t\t0\tcount rose in \tJanuary\t.\tdate\n"
    file.write_text(f"{file.read_text('utf-8')}{new}no clipping\n", "utf-8")
    come = lee.import_(file)  # told by its name
    assert (come.added, come.orphaned) == (4, 0)
    assert [(each.line, each.reason) for each in come.refused] == [
        (file.read_text("utf-8").count("\n"), "no clipping: it lacks a column, start or quote")
    ]
    assert marks(lee) == marks(desk) | {("January", ("date",), "")}
    assert lee.import_(file).added == 0
    lee.close()


def test_pressmark_formats_lists_it(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["formats"]) == 0
    (line,) = (each for each in capsys.readouterr().out.splitlines() if "clippings" in each)
    for said in (".tsv", "by import", "by export", "code points", "plug-in", "not kept: claims"):
        assert said in line


PROJECT = '[project]\nname="b"\nversion="1"\n[project.entry-points."pressmark.formats"]\n'
BREAKING = """
SUFFIXES = (".tsv", ".brk")
def export(bundle, **options):
    yield "begun"
    raise KeyError("x")
def read(text, name):
    return 1 / 0
"""


def test_one_that_fails_is_told_in_a_sentence_and_costs_only_itself(
    site: Path, desk: Desk, tmp_path: Path
) -> None:
    entries = 'breaking = "breaking"\nmissing = "no_such_module"\ncsv = "breaking"'
    install(site, PROJECT + entries, breaking=BREAKING)
    file = tmp_path / "some.brk"
    with pytest.raises(DeskError, match="the format 'breaking', a plug-in, fails: KeyError: 'x'"):
        desk.export("breaking", None, file)
    assert not file.exists()
    file.write_text("x")
    with pytest.raises(ExchangeError, match="'breaking', a plug-in, fails: ZeroDivisionError"):
        read_in(file)
    with pytest.raises(DeskError, match="the format 'missing' of no_such_module fails: No module"):
        desk.export("missing")
    assert export_text(Bundle("w"), "csv").startswith("kind,")  # ours goes before theirs


FOLDER = """
FOLDER = True
def write(bundle, path, **options):
    path.mkdir()
    for part in bundle.articles:
        (path / f"{part.article.id}.txt").write_text(part.article.text, "utf-8")
        yield "" if options.get("whole", True) else "never"
    if not any(path.iterdir()):
        raise ValueError("nothing in it")
"""


def test_one_may_write_a_folder_which_is_there_whole_or_not_at_all(
    site: Path, desk: Desk, tmp_path: Path
) -> None:
    install(site, PROJECT + 'texts = "texts"', texts=FOLDER)
    with pytest.raises(DeskError, match="nothing in it"):
        desk.export("texts", None, tmp_path / "out")
    assert not list(tmp_path.glob("*out*"))
    mark(desk, "nis.txt", "regroup", "war")
    desk.export("texts", None, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{desk.find('nis.txt')}.txt"]
    assert not desk.export_path("texts").suffix
    sys.modules.pop("texts")
