"""A workspace in which everything that can be written is written by somebody who means harm."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tui.desk import Desk
from tui.model.codebook import Codebook, Tag
from tui.model.sources import Source
from tui.model.spans import Extent

MARKUP = "[red]markup[/] [/] [@click=app.quit]leave[/] [b]\\[x] $primary [link=file:///]l[/link]"
ESCAPES = "\x1b[2J\x1b[31m\x1b]0;title\x07\x1b]52;c;cXF4\x07\x1bP1$r\x1b\\\x1b(0\x1bc"
C1 = "\x9b31m\x9d0;title\x9c\x90q\x9c\x85"
CONTROLS = "\x00\x01\x07\x08\x0b\x0c\x0e\x0f\x1f\x7f"
BIDI = "\u202eesrever\u202c \u2066isolate\u2069 \u200f\u200e\u061c"
HIDDEN = "zero\u200bwidth\u2060\ufeff\u00ad\u180e\U000e0041\U000e007f"
MARKS = "e" + "\u0301" * 1000
WIDE = "👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 ❤️ 한글 漢字 ｆｕｌｌ"
RIGHT_TO_LEFT = "قالت الوكالة إن القوات انسحبت. אמרה הסוכנות."
JAMO = "\u1100\u1161\u11a8 \u3164\u115f\uffa0"
ALL = (MARKUP, ESCAPES, C1, CONTROLS, BIDI, HIDDEN, MARKS, WIDE, RIGHT_TO_LEFT, JAMO)
LINE = " ".join(ALL)
NAME = "[red]name[b] \u202egnp.\x1b[31m\x9b1m\u200b.txt"  # what a file system takes
FILE = NAME.removesuffix(".txt")
LOOP = f"loop{FILE}"
ANALYST = "[/] \u202e\x1b[2Jeve"
MEANT = ("id", "article", "highlight", "claim", "re", "revision", "type", "created", "modified")

ARTICLE = f"""date 2025-02-05 [{MARKUP[:12]}\x9b1m] “HEADLINE {LINE}”

입력 2025-02-05 15:53:10 수정 2025-02-05 16:17:32 {BIDI} \x1b[31m
[LEAD{ESCAPES[:5]}]
The agency said {LINE} on Wednesday that 3,000 soldiers had left.

[/]
"I said {MARKUP}," said {HIDDEN} {ESCAPES}.

{MARKS}

{RIGHT_TO_LEFT}

Given Name {BIDI}/ Institution {C1}

{WIDE * 20}
"""


STORIES = [
    {
        "id": f"{LINE}{n}",
        "title": f"{n} {LINE}",
        "outlet": f"{LINE}",
        "author": f"{LINE}",
        "url": f"https://x.example/{LINE}",
        "published": f"2025-02-05T15:53:10 {ESCAPES}",
        "text": words,
    }
    for n, words in enumerate((f"The agency said {LINE} on Wednesday.", ""))
]


def hostile_workspace(root: Path, locks: Path) -> Path:
    """Fill the folder `root`; what an analyst can type is typed by two of them.

    Then a text is changed under what was marked in it, and a colleague sends annotations.
    """
    root.mkdir(exist_ok=True)
    _hostile_files(root)
    for analyst in (ANALYST, "kim"):
        desk = Desk.open(root=root, analyst=analyst, locks=locks)
        while desk.scan():
            pass
        tags = [replace(tag, description=LINE) for tag in desk.codebook.tags]
        if analyst == ANALYST:
            tags += [
                Tag(path, description=LINE) for path in ("evil/[red]tag[b]", "[@click=app.quit]x")
            ]
        desk.change_codebook(Codebook(tuple(tags)), f"harm {LINE}")
        for source in ("[/] agency", f"agency {BIDI}", f"agency {ESCAPES}"):
            desk.remember_source(Source(source, aliases=(MARKUP,)))
        for entry in desk.entries():
            for sentence in desk.outline(entry.id).sentences[:6]:
                extents = [Extent(sentence.start, sentence.end)]
                desk.highlight(entry.id, extents, ["evil/[red]tag[b]"], f"note {LINE}\n{LINE}")
                desk.save_claim(desk.draft(entry.id, extents), extents)
            desk.note_article(entry.id, LINE)
        desk.close()
    changed = (root / CHANGED).read_text(encoding="utf-8")
    (root / CHANGED).write_text(
        changed.replace("soldiers had", "men have").replace(GONE, "Quite another thing."),
        encoding="utf-8",
    )
    sent = root / "annotations" / "mallory" / "zz"
    for shard in sorted((root / "annotations" / "kim").rglob("*.json")):
        if shard.parent.parent.name == "kim":
            lines = json.loads(shard.read_text(encoding="utf-8"))
            folder = root / "annotations" / "mallory" / shard.parent.name
            folder.mkdir(parents=True, exist_ok=True)
            poisoned = json.dumps(_poisoned(lines))
            (folder / shard.name).write_text(poisoned, encoding="utf-8")
    sent.mkdir(parents=True, exist_ok=True)
    (sent / f"aaaaaaaaaaaaaaaa.{FILE}.json").write_text('{"\x1b[2J": \x9b}', encoding="utf-8")
    (sent.parent / "codebook.toml").write_text(f"tag = '{MARKUP}\u202e' x", encoding="utf-8")
    (sent.parent / "sources.json").write_text(f'{{"{BIDI}": [}}', encoding="utf-8")
    return root


def copied(workspace: Path, root: Path) -> Path:
    """A workspace of `hostile_workspace` once more: making it takes a second, this does not."""

    def copy(old: str, new: str) -> None:
        if Path(old).is_fifo():
            os.mkfifo(new)
        else:
            shutil.copy2(old, new)

    shutil.copytree(workspace, root, symlinks=True, copy_function=copy)
    (root / LOOP).unlink()
    (root / LOOP).symlink_to(root)
    return root


def _poisoned(value: Any, key: str = "") -> Any:
    """The same records, with harm in every string that is for reading; new ids."""
    if isinstance(value, dict):
        return {k: _poisoned(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_poisoned(each, key) for each in value]
    if isinstance(value, str) and key not in MEANT:
        return f"{value} {ESCAPES}{C1}{BIDI}"
    if isinstance(value, str) and key == "id" and len(value) == 26:
        return value[:-1] + ("0" if value[-1] != "0" else "1")
    return value


CHANGED = f"changed{FILE}.txt"
GONE = f"Nothing of {MARKUP} {WIDE} {ESCAPES} is left a day later."


def _hostile_files(root: Path) -> None:
    (root / NAME).write_bytes(ARTICLE.encode("utf-8", "surrogatepass"))
    (root / CHANGED).write_text(
        f"{LINE}\n\nThe agency said {LINE} that soldiers had left the area on Monday.\n\n"
        f"{GONE}\n\nThis {LINE} stays as it was.\n",
        encoding="utf-8",
    )
    (root / "broken.txt").write_bytes(
        b"Title \xff\xfe\x80\n\nBody \xed\xa0\x80 \xc3( \x81 end. \x1b[2J\n"
    )
    (root / "korean.txt").write_bytes(
        "제목입니다 \x1b[31m\n\n국가정보원은 \x7f 밝혔다.\n".encode("cp949") + b"\xff \x80\n"
    )
    (root / "markdown.md").write_text(f"# {LINE}\n\n{LINE}\n", encoding="utf-8")
    (root / f"dump{FILE}.jsonl").write_text(
        "".join(json.dumps(story) + "\n" for story in STORIES), encoding="utf-8"
    )
    (root / f"picture{NAME}").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    os.mkfifo(root / f"pipe{NAME}")
    (root / LOOP).symlink_to(root)
    (root / "pressmark.toml").write_text(
        'name = "[/] \\u202e \\u001b[31m"\n[fields.risk]\ntype = "choice"\n'
        'label = "[@click=app.quit]risk[/] \\u202e\\u001b[2J"\n'
        'values = ["[/]\\u001b[1m", "\\u200b"]\n',
        encoding="utf-8",
    )
