"""`pressmark add`: an article from outside becomes a file of the workspace."""

from __future__ import annotations

import json
from pathlib import Path

import frontmatter
from tests.cli.conftest import SEEN

PAGE = """<html lang="en"><head><title>Bridge closes</title>
<meta property="article:published_time" content="2026-03-04T10:00:00Z">
<meta property="og:site_name" content='"Day" &amp; [Night] #1'></head>
<body><nav>Home News</nav><article><h1>Bridge closes</h1>
<p>The mayor said on Monday that the old bridge will close for two months of work.</p>
<p>“Nobody will be cut off,” she told the council, and promised buses along the river.</p>
</article></body></html>"""


def test_wire_copy_from_standard_input_keeps_what_is_known_of_it(run, workspace: Path) -> None:
    text = (workspace / SEEN).read_bytes()
    options = ("--url", "https://news.example/1", "--archive-url", "https://web.archive.org/1")
    done = run("add", "-", *options, "--json", cwd=workspace, stdin=text)
    (added,) = done.json()
    assert added["new"] is True
    shown = json.loads(run("show", added["id"], "--json", cwd=workspace).out)
    known = json.loads(run("show", SEEN, "--json", cwd=workspace).out)
    assert shown["url"] == "https://news.example/1"
    assert [shown[k] for k in ("title", "outlet", "published", "modified")] == [
        known[k] for k in ("title", "outlet", "published", "modified")
    ]
    assert [s["label"] for s in shown["sections"]] == [s["label"] for s in known["sections"]]
    sentences = [
        [article["text"][s["start"] : s["end"]] for s in article["sentences"]]
        for article in (shown, known)
    ]
    assert sentences[0][1:] == sentences[1][1:], "every sentence below the headline"


def test_a_page_is_taken_as_text_and_only_once(run, tmp_path: Path) -> None:
    first = run("add", "-", "--json", cwd=tmp_path, stdin=PAGE.encode())
    again = run("add", "-", "--json", cwd=tmp_path, stdin=PAGE.encode())
    (added,), (known,) = first.json(), again.json()
    path = Path(added["path"])
    assert path.name == "2026-03-04-bridge-closes.md"
    assert known == added | {"new": False}
    text = path.read_text(encoding="utf-8")
    assert "Nobody will be cut off" in text
    assert "Home News" not in text
    assert "\nretrieved: 20" in text
    shown = json.loads(run("show", added["id"], "--json", cwd=tmp_path).out)
    assert frontmatter.loads(text)["outlet"] == shown["outlet"] == '"Day" & [Night] #1'


def test_what_holds_no_article_is_said_and_nothing_is_written(run, tmp_path: Path) -> None:
    done = run("add", "-", cwd=tmp_path, stdin=b"\x89PNG\r\n\x1a\n\0\0\0\0")
    assert done.code == 2
    assert "standard input is a PNG picture" in done.err
    empty = run("add", "-", cwd=tmp_path, stdin=b"\n")
    assert (empty.code, "standard input holds no article" in empty.err) == (2, True)
    bad = run("add", "-", "--retrieved", "yesterday", cwd=tmp_path, stdin=b"Text")
    assert bad.code == 2
    assert "--retrieved yesterday" in bad.err
    assert not list(tmp_path.glob("*.*"))


FEED = """<rss version="2.0"><channel><title>Harbour News</title>
<item><title>One</title><guid>a</guid><description>The ferries sail.</description></item>
<item><title>Two</title><guid>b</guid><description>The bridge is shut.</description></item>
</channel></rss>"""


def test_several_articles_are_kept_each_by_itself_and_do_not_share_a_url(
    run, tmp_path: Path
) -> None:
    done = run("add", "-", "--url", "https://a.example/1", cwd=tmp_path, stdin=FEED.encode())
    assert (done.code, "holds 2 articles: a URL is for one" in done.err) == (2, True)
    found = run("add", "-", "--json", cwd=tmp_path, stdin=FEED.encode()).json()
    assert [each["title"] for each in found] == ["One", "Two"]
    assert len({each["id"] for each in found}) == 2
