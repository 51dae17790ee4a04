"""Runs QualCoder's own import of a REFI-QDA project, and its own export of what it then has.

Started with a Python that has PyQt6, as `qualcoder_session.py SOURCE PROJECT FOLDER`: the folder of
QualCoder's source (which has `qualcoder/refi.py`), the project, and where to work. Says it as JSON.
The user's part, the dialogs, is answered here; so is the module that brings half of the desktop.
"""

from __future__ import annotations

import ast
import gettext
import json
import sqlite3
import sys
import types
from pathlib import Path
from typing import Any

_ANNOTATION = ("anid", "fid", "pos0", "pos1", "memo", "owner", "date")


class _Answered:
    """A message that is read and closed at once."""

    def __init__(self, *_: object) -> None: ...

    def exec(self) -> None: ...


class _Text:
    def append(self, _: str) -> None: ...


def _tables(source: Path) -> list[str]:
    """The statements by which QualCoder makes the tables of a new project."""
    tree = ast.parse((source / "qualcoder" / "__main__.py").read_text("utf-8"))
    found = (n.value for n in ast.walk(tree) if isinstance(n, ast.Constant))
    return [s for s in found if isinstance(s, str) and s.startswith("CREATE TABLE ")]


def _app(source: Path, folder: Path) -> Any:
    project = folder / "made.qda"
    (project / "documents").mkdir(parents=True)
    connection = sqlite3.connect(project / "data.qda")
    for statement in _tables(source):
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if "already exists" not in str(error):
                raise
    connection.execute("insert into project (date, memo) values ('2025-02-06 00:00:00', '')")
    settings = {"directory": str(folder), "codername": "default", "ai_enable": "False"}
    settings |= {"fontsize": "10", "font": "Sans"}
    return types.SimpleNamespace(
        conn=connection,
        settings=settings,
        ai_models=[],
        project_path=str(project),
        project_name=project.name,
        version="QualCoder",
        write_config_ini=lambda *_: None,
        get_annotations=lambda: [
            dict(zip(_ANNOTATION, row, strict=True))
            for row in connection.execute(f"select {','.join(_ANNOTATION)} from annotation")
        ],
    )


def main(source: Path, project: Path, folder: Path) -> None:
    gettext.install("qualcoder")
    sys.path.insert(0, str(source))
    helpers = types.ModuleType("qualcoder.helpers")
    helpers.Message = _Answered  # type: ignore[attr-defined]
    sys.modules["qualcoder.helpers"] = helpers
    from PyQt6 import QtWidgets  # type: ignore[import-not-found]
    from qualcoder import refi  # type: ignore[import-not-found]

    running = QtWidgets.QApplication([])
    app = _app(source, folder)
    dialog = QtWidgets.QFileDialog
    dialog.getOpenFileName = staticmethod(lambda *_, **__: (str(project), True))
    dialog.getExistingDirectory = staticmethod(lambda *_, **__: str(folder / "out"))
    refi.RefiLineEndings.exec = lambda _: 0
    refi.RefiImport(app, _Text(), "qdpx" if project.suffix == ".qdpx" else "qdc")
    rows = {
        "codings": "select n.name, c.seltext, c.pos0, c.pos1, c.owner, c.memo, s.fulltext "
        "from code_text c left join code_name n on n.cid = c.cid join source s on s.id = c.fid",
        "codes": "select n.name, n.memo, n.color, c.name from code_name n "
        "left join code_cat c on c.catid = n.catid",
        "attributes": "select name, value from attribute",
        "journals": "select name from journal",
    }
    found = {key: app.conn.execute(sql).fetchall() for key, sql in rows.items()}
    (folder / "out").mkdir()
    home = folder / "home" / ".qualcoder"
    home.mkdir(parents=True)
    refi.RefiExport(app, _Text(), "project" if project.suffix == ".qdpx" else "codebook")
    found["out"] = [str(path) for path in (folder / "out").iterdir()]
    sys.stdout.write(json.dumps(found) + "\n")
    del running


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
