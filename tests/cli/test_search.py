"""`pressmark search`: for scripts and for people, over two analysts' workspace."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.cli.conftest import KOREAN, SEEN

KEYS = ["kind", "article", "id", "start", "end", "snippet", "score", "title", "path"]


def test_the_promised_keys_the_best_first(run, workspace) -> None:
    done = run("search", "korean", "--json", cwd=workspace)
    assert (done.code, done.err) == (0, "")
    found = done.json()
    assert found
    assert all(list(hit) == KEYS for hit in found)
    scores = [hit["score"] for hit in found]
    assert scores == sorted(scores, reverse=True)
    assert {hit["kind"] for hit in found} == {"article", "highlight", "claim"}


def test_offsets_are_code_points_of_the_text_that_show_prints(run, workspace) -> None:
    for query in ("북한", "casualties", '"North Korean"', "tag:military"):
        for hit in run("search", query, "--json", cwd=workspace).json():
            text = run("show", hit["article"], "--json", cwd=workspace).json()["text"]
            assert 0 <= hit["start"] < hit["end"] <= len(text)
            if hit["kind"] == "article":
                word = query.strip('"').casefold()
                assert text[hit["start"] : hit["end"]].casefold() == word


def test_ids_are_those_of_list_and_claims(run, workspace) -> None:
    articles = {each["id"]: each["path"] for each in run("list", "--json", cwd=workspace).json()}
    claims = {each["id"] for each in run("claims", "--json", cwd=workspace).json()}
    for hit in run("search", "korean", "--json", "--limit", "100", cwd=workspace).json():
        assert articles[hit["article"]] == hit["path"]
        if hit["kind"] == "claim":
            assert hit["id"] in claims


def test_kinds_limit_and_a_note_on_a_whole_article(run, workspace) -> None:
    (note,) = run("search", "series", "--kind", "note", "--json", cwd=workspace).json()
    assert (note["path"], note["start"], note["end"]) == (SEEN, None, None)
    found = run("search", "korean", "--kind", "article", "--limit", "2", "--json", cwd=workspace)
    assert [hit["kind"] for hit in found.json()] == ["article"] * 2


def test_reviews_of_another_analyst_count(run, workspace) -> None:
    (accepted,) = run("search", "status:accepted", "--json", cwd=workspace).json()
    assert (accepted["kind"], accepted["path"]) == ("claim", SEEN)


def test_for_people_each_hit_in_a_few_lines(run, workspace) -> None:
    done = run("search", "북한군", "--kind", "article", cwd=workspace)
    assert (done.code, done.err) == (0, "")
    head, snippet = done.out.splitlines()
    assert head.startswith("2025-02-12 · 북한군")
    assert "북한군" in snippet


def test_only_in_the_paths(run, workspace) -> None:
    found = run("search", "북한 OR korean", KOREAN, "--json", cwd=workspace).json()
    assert {hit["path"] for hit in found} == {KOREAN}


def test_nothing_found_is_1_and_no_query_2(run, workspace) -> None:
    done = run("search", "zymurgy", cwd=workspace)
    assert (done.code, done.out) == (1, "")
    assert done.err == "pressmark: nothing found for zymurgy\n"
    assert run("search", "zymurgy", "--json", cwd=workspace).out == "[]\n"
    for query in ("", "(a", "status:unheard"):
        done = run("search", query, cwd=workspace)
        assert (done.code, done.out) == (2, "")
        assert done.err.count("\n") == 1
    assert run("search", "a", "not-there", cwd=workspace).code == 2


def test_what_is_in_a_text_does_not_act_on_a_terminal(run, workspace) -> None:
    (workspace / "odd.txt").write_text("zymurgy \x1b[31mred \u202e and more")
    for hit in run("search", "zymurgy", "--json", cwd=workspace).json():
        assert "\x1b[31m" in hit["snippet"]  # exact in JSON, as an escape
    done = run("search", "zymurgy", cwd=workspace)
    assert done.code == 0
    assert not set(done.out) & set("\x1b\u202e")


def test_several_processes_build_the_same_index_at_once(home, workspace) -> None:
    command = [sys.executable, "-m", "tui", "search", "korean", "--json"]
    started = [
        subprocess.Popen(command, cwd=workspace, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    answers = [process.communicate(timeout=60) for process in started]
    assert [process.returncode for process in started] == [0] * 3
    assert {err for _, err in answers} == {b""}
    assert len({json.dumps(json.loads(out), sort_keys=True) for out, _ in answers}) == 1
