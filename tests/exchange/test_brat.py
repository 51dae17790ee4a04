"""brat standoff: what is written, and what others write."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.exchange.telling import SENTENCE, SOURCE, article_of, bundle_of, records_of
from tests.exchange.telling import telling_bundle as telling

from tui.exchange import ExchangeError, Incoming, read_in, write_out
from tui.model.records import Highlight
from tui.model.spans import Extent

EVIL = "One \u2028 two\nthree | <four>."


def folder(path: Path, ann: str, text: str = SENTENCE, name: str = "nis") -> Path:
    path.mkdir(parents=True, exist_ok=True)
    (path / f"{name}.txt").write_text(text, encoding="utf-8", newline="")
    (path / f"{name}.ann").write_text(ann, encoding="utf-8", newline="")
    return path


def marks(found: Incoming) -> list[tuple[list[str], tuple[str, ...], str]]:
    highlights = [r for r in found.records if isinstance(r, Highlight)]
    return [([span.exact for span in h.spans], h.tags, h.note) for h in highlights]


def test_offsets_are_code_points_and_the_rest_stands_where_brat_has_a_place(
    tmp_path: Path,
) -> None:
    assert write_out(telling(), "brat", tmp_path / "out") == ()
    lines = (tmp_path / "out" / "nis.ann").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "T1\tpeople_source 4 18\tNIS 🇰🇷 (국가정보원)"
    assert lines[1].startswith("T2\twar_uC0ACuC0C1uC790 24 73\t“more than")
    note = "the claim | more than 3,000 casualties have occurred so far"
    assert lines[2:4] == [f"#1\tAnnotatorNotes T2\t{note}", "A1\tModality T2 reported"]
    places = {line.split("\t")[1] for line in lines[4:]}
    assert {"untagged 24 41;42 73", "war_uC0ACuC0C1uC790 35 40", "figure 35 40"} < places
    assert (tmp_path / "out" / "nis.txt").read_text(encoding="utf-8") == SENTENCE
    assert "war_uC0ACuC0C1uC790 | war/사상자" in (tmp_path / "out" / "visual.conf").read_text(
        encoding="utf-8"
    )


def test_no_line_break_cuts_an_annotation_and_tags_of_one_look_stay_apart(tmp_path: Path) -> None:
    article = article_of(EVIL)
    whole = ((Extent(0, len(EVIL)),), ("a b", "a_b", "a/b"), "")
    blank = ((Extent(4, 6),), ("a b",), "")
    bundle = bundle_of(article, records_of(article, (whole, blank)))
    write_out(bundle, "brat", tmp_path / "out")
    lines = (tmp_path / "out" / "nis.ann").read_text(encoding="utf-8").splitlines()
    assert [line.split(" ", 1)[0] for line in lines] == ["T1\ta_b", "T2\ta_b_2", "T3\ta_b_3"]
    assert lines[0].split("\t")[1:] == ["a_b 0 4;5 9;10 25", "One   two three | <four>."]
    assert read_in(tmp_path / "out").refused == ()


def test_what_was_done_in_brat_comes_back_and_nothing_ours_is_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_out(telling(), "brat", out)
    ann = out / "nis.ann"
    text = ann.read_text(encoding="utf-8")
    moved = text.replace("people_source 4 18\tNIS 🇰🇷 (국가정보원)", "people_source 4 7\tNIS")
    changed = moved.replace("the claim |", "my claim |")
    at = SENTENCE.index("casualties")
    mark = f"T9\twar_uC0ACuC0C1uC790 {at} {at + 10}\tcasualties\n"
    added = mark + "#9\tAnnotatorNotes T9\thow many?\n"
    ann.write_text(changed + added, encoding="utf-8")
    found = read_in(out)
    fresh = [r for r in found.records if isinstance(r, Highlight) and not r.by]
    assert [(h.spans[0].exact, h.tags, h.note) for h in fresh] == [
        (SENTENCE[24:73], (), "my claim | more than 3,000 casualties have occurred so far"),
        ("NIS", ("people/source",), ""),
        ("casualties", ("war/사상자",), "how many?"),
    ]
    assert (found.changed, found.ignored) == (1, {})
    ours = [r for r in found.records if isinstance(r, Highlight) and r.by]
    assert SOURCE not in [r.spans[0].extent for r in ours]
    assert len(ours) == 3


def test_events_relations_and_attributes_of_others_become_words(tmp_path: Path) -> None:
    ann = (
        "T1\tSource 4 18\tNIS 🇰🇷 (국가정보원)\r\n"
        "T2\tCue 19 23\tsaid\n"
        "T3\tAttribution 19 23\tsaid\n"
        "T4\tContent 24 41;42 73\t“more than 3,000” casualties have occurred so far\n"
        "E1\tAttribution:T3 Source:T1 Content:T4\n"
        "A1\tNegation E1\nA3\tNegation E7\nE2\tAttribution:T9 Content:E1\n"
        "A2\tCertainty T1 High\nN1\tReference T1 Wikidata:Q483903\tNIS\n"
        "R1\tAlias Arg1:T1 Arg2:T2\n*\tEquiv T1 T2\n"
        "#1\tAnnotatorNotes T1\ta note\n"
    )
    found = read_in(folder(tmp_path / "theirs", ann))
    said = "Attribution: Source “NIS 🇰🇷 (국가정보원)”, Content “"
    noted = {tags: note for _, tags, note in marks(found)}
    assert noted["Cue", "Attribution"].startswith(said)
    assert noted["Cue", "Attribution"].endswith("\nNegation")
    assert noted["Source",].split("\n") == [
        "a note",
        "Certainty: High",
        "Reference: Wikidata:Q483903 NIS",
        "Alias: Arg1 “NIS 🇰🇷 (국가정보원)”, Arg2 “said”",
    ]
    assert found.ignored == {"equivalence": 1}
    assert [reason.split(",")[0] for _, reason in found.refused] == [
        "nis.ann: A3 is about E7",
        "nis.ann: E2 is about T9",
    ]


@pytest.mark.parametrize(
    ("line", "quotes"),
    [
        ("T1\tSource 1 4\tNIS", ["NIS"]),  # not there: its words go to be looked for
        ("T1\tSource 42 73;24 41\tcasualties", None),
        ("T1\tSource 900 903", None),
        ("T1\tSource 4 4\t", None),
        ("T1\tSource 7 4\tNIS", ["NIS"]),
        ("T1\tSource 4 99999999999999999999999\tNIS", ["NIS"]),
        ("T1 Source 4 7 NIS", None),
        ("\x00\x1b[31m", None),
    ],
)
def test_a_bad_line_costs_that_line(line: str, quotes: list[str] | None, tmp_path: Path) -> None:
    found = read_in(folder(tmp_path / "bad", f"{line}\nT2\tCue 19 23\tsaid\n"))
    quoted = [quote for quote, _, _ in marks(found)]
    assert ["said"] in quoted
    assert ([*quoted] == [["said"], quotes]) if quotes else [r.line for r in found.refused] == [1]


def test_carriage_returns_count_or_do_not_as_the_words_tell(tmp_path: Path) -> None:
    text = "\ufeffOne\r\ntwo three"
    ann = "T1\tA 6 9\ttwo\nT2\tB 4 7\ttwo\n"
    found = read_in(folder(tmp_path / "lines", ann, text))
    assert [(q, tags) for q, tags, _ in marks(found)] == [(["two"], ("A", "B"))]


def test_several_annotators_of_one_text(tmp_path: Path) -> None:
    folder(tmp_path / "corpus" / "text", "", name="nis_1")
    for who, tag in (("ab12", "Cue"), ("cd34", "Verb")):
        path = tmp_path / "corpus" / "gold" / f"nis_1_{who}.ann"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"T1\t{tag} 19 23\tsaid\n", encoding="utf-8")
    found = read_in(tmp_path / "corpus")
    assert len(found.documents) == 1
    assert marks(found) == [(["said"], ("Cue",), ""), (["said"], ("Verb",), "")]
    assert len({r.id for r in found.records}) == 2


def test_what_is_no_standoff_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    alone = tmp_path / "alone.ann"
    alone.write_text("T1\tA 0 1\tx\n", encoding="utf-8")
    outside = tmp_path / "links"
    outside.mkdir()
    (outside / "x.ann").symlink_to(alone)
    broken = folder(tmp_path / "broken", "")
    (broken / "nis.txt").write_bytes(b"\xff\xfe\x00")
    for path, words in (
        (tmp_path / "empty", "is a folder of no format"),
        (outside, "is a folder of no format"),
        (alone, "there is no alone.txt beside it"),
        (broken / "nis.ann", "not UTF-8 at byte 0"),
    ):
        with pytest.raises(ExchangeError, match=words):
            read_in(path)
    (broken / "nis.txt").write_text(SENTENCE, encoding="utf-8")
    (broken / "nis.pressmark.json").write_text("{", encoding="utf-8")
    with pytest.raises(ExchangeError, match="is broken"):
        read_in(broken / "nis.ann")
    (broken / "nis.pressmark.json").write_text('{"types": true}', encoding="utf-8")
    assert read_in(broken / "nis.ann").records == ()


def test_articles_of_one_name_have_files_of_their_own(tmp_path: Path) -> None:
    bundle = telling()
    (part,) = bundle.articles
    other = article_of("Another text.")
    more = bundle_of(other, records_of(other, [((Extent(0, 7),), (), "")])).articles
    evil = replace(other, text="Nobody.", path="../../..\\NIS.md", id="b" * 16)
    last = bundle_of(evil, records_of(evil, [])).articles
    write_out(replace(bundle, articles=(part, *more, *last)), "brat", tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out").glob("*.txt"))
    assert names == ["NIS-3.txt", "nis-2.txt", "nis.txt"]
    assert len(read_in(tmp_path / "out").documents) == 3
