from __future__ import annotations

import json
from typing import Any

import pytest
from tests.articles.entries import article, articles, entries, refusal

from tui.articles.documents import Passed

FULL = {
    "@type": "NewsArticle",
    "headline": "The <b>ferry</b> is back",
    "articleBody": "<p>It is back.</p><ul><li>late</li><li>slow &amp; full</li></ul>",
    "url": "https://harbour.example/a",
    "datePublished": "2025-02-05T06:53:00+09:00",
    "dateModified": 1738746000,
    "author": [{"name": "Kim Ara"}, {"name": "Tom"}],
    "publisher": {"name": "Harbour News"},
    "inLanguage": "en-GB",
    "archived_url": "https://web.archive.org/x",
    "crawled_at": "20250206T010203Z",
    "identifier": "unused",
    "id": 17,
}


def dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def test_an_object_is_an_article_with_all_that_it_says() -> None:
    found = article(dump(FULL), "a.json")
    assert found.text == "The ferry is back\n\nIt is back.\n\nlate\n\nslow & full"
    assert found.title == "The ferry is back"
    assert (found.outlet, found.byline, found.language) == ("Harbour News", "Kim Ara, Tom", "en")
    assert found.url == "https://harbour.example/a"
    assert found.archive_url == "https://web.archive.org/x"
    assert found.published == "2025-02-05T06:53:00+09:00"
    assert found.modified == "2025-02-05T09:00:00+00:00"
    assert found.retrieved == "2025-02-06T01:02:03+00:00"
    assert found.guid == found.entry == "Harbour News#17"
    assert found.reader == "json"


ONE = {"title": "One", "text": "The first.", "url": "https://x.example/1"}
TWO = {"title": "Two", "text": "The second.", "url": "https://x.example/2"}


@pytest.mark.parametrize(
    "value",
    [
        [ONE, TWO],
        {"status": "ok", "articles": [ONE, TWO]},
        {
            "hits": {
                "total": 2,
                "hits": [{"_id": "a", "_source": ONE}, {"_id": "b", "_source": TWO}],
            }
        },
        {"response": {"docs": [ONE, TWO], "meta": [1, 2]}},
        {"a": ONE, "b": TWO},
        {"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": [ONE, TWO]},
        {
            "posts": [
                {"title": {"rendered": e["title"]}, "content": {"rendered": e["text"]}}
                for e in (ONE, TWO)
            ]
        },
        {
            "results": [
                {"webTitle": e["title"], "fields": {"bodyText": e["text"]}} for e in (ONE, TWO)
            ]
        },
        {"content": [ONE, TWO]},
    ],
    ids=lambda value: "list" if isinstance(value, list) else next(iter(value)),
)
def test_the_list_of_articles_is_found_where_dumps_have_it(value: Any) -> None:
    found = articles(dump(value), "dump.json")
    assert [a.text for a in found] == ["One\n\nThe first.", "Two\n\nThe second."]
    assert len({a.entry for a in found}) == 2


def test_the_field_map_says_where_the_fields_are() -> None:
    value = {
        "deep": {"list": [{"h": {"main": "Head"}, "b.c": ["One.", "Two."], "who": [{"n": "Ann"}]}]},
        "articles": [{"title": "another", "text": "one"}],
    }
    fields = {"articles": "deep.list", "title": "h.main", "body": "b.c", "byline": "who.0.n"}
    found = article(dump(value), fields=fields)
    assert (found.title, found.text, found.byline) == ("Head", "Head\n\nOne.\n\nTwo.", "Ann")
    assert article(dump([ONE]), fields=fields).text == "One\n\nThe first."
    assert "name its fields under [json]" in refusal(dump({"deep": {"list": [1]}}), fields=fields)
    assert "holds no article" in refusal('{"b.c": [], "h": 1}', fields=fields)


def test_a_bad_line_is_passed_over_by_its_number_and_the_rest_is_there() -> None:
    lines = [dump(ONE), '{"title": "half', "", dump([1]), dump({"title": ""}), dump(TWO)]
    found = entries("\n".join(lines), "news.jsonl")
    assert [each.entry for each in found] == [
        "https://x.example/1",
        "line 2",
        "line 4",
        "line 5",
        "https://x.example/2",
    ]
    assert found[1] == Passed("line 2", "is no JSON: unterminated string at column 11")
    assert found[3] == Passed("line 5", "holds no text")


def test_a_list_that_is_broken_off_gives_what_is_there() -> None:
    whole = dump({"articles": [ONE, TWO]})
    first, passed = entries(whole[:-20], "dump.json")
    assert not isinstance(first, Passed)
    assert first.title == "One"
    assert isinstance(passed, Passed)
    assert passed.entry == "item 2"
    assert "line 1, column" in passed.why


def test_ids_stay_when_an_entry_is_added_before_the_others() -> None:
    bare = {"title": "Bare", "text": "Nothing names it."}
    before = articles(dump([ONE, {**TWO, "id": 7}, bare]))
    after = articles(dump([{"title": "New", "text": "It is."}, ONE, {**TWO, "id": 7}, bare]))
    assert [(a.id, a.entry) for a in after[1:]] == [(a.id, a.entry) for a in before]


def test_a_number_alone_is_no_name_beyond_the_file() -> None:
    here = article(dump({"id": 1, "title": "Here", "text": "It is here."}))
    there = article(dump({"id": 1, "title": "There", "text": "It is there."}))
    assert here.entry == there.entry == "1"
    assert here.id != there.id


def test_one_id_for_all_names_none_and_for_one_title_names_its_versions() -> None:
    rows = [{"id": 0, "source": "X", "title": t, "text": f"{t} is."} for t in ("A", "B")]
    assert len({a.id for a in articles(dump(rows))}) == 2
    versions = [{**FULL, "articleBody": f"Version {n}."} for n in (1, 2)]
    found = articles(dump([*versions, versions[0]]))
    assert len(found) == len({a.entry for a in found}) == 2
    assert len({a.id for a in found}) == 1


def test_numbers_halves_of_characters_and_keys_that_stand_twice_do_no_harm() -> None:
    found = article(
        '{"title": "Old", "title": "New", "text": "Half \\ud83d and \\u0000 whole \\ud83d\\ude00.",'
        f' "n": NaN, "m": -Infinity, "date": {"9" * 5000}, "id": 1e999999}}'
    )
    assert found.text == "New\n\nHalf � and \x00 whole 😀."
    assert (found.replaced, found.published, found.entry) == (1, "", "1e999999")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp949"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = dump([{"title": "제목", "text": "배가 오늘 아침 항구로 돌아왔다고 선장이 말했다."}])
    assert article(text.encode(encoding), "d.json").title == "제목"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("[" * 100_000, "nests too deeply"),
        ('{"a":' * 100_000, "nests too deeply"),
        ('{"name": "tool", "version": "1", "description": "A tool."}', "holds no article"),
        ("[1, 2]", "holds no article"),
        ('{"level": "info"}\n{"level": "warning"}\n', "holds no article"),
        ('{"title" "x"}', "is no JSON: expecting ':' delimiter at line 1, column 10"),
        ("", "is no JSON"),
    ],
)
def test_what_holds_no_article_is_refused_in_words(data: str, said: str) -> None:
    assert said in refusal(data, "d.json")


NINJS = {
    "uri": "urn:agency:17",
    "headlines": [{"role": "sub", "value": "Below"}, {"role": "main", "value": "Above"}],
    "bodies": [
        {"contenttype": "text/plain", "value": "Plain."},
        {"contenttype": "application/xhtml+xml", "value": "<p>One.</p><p>Two.</p>"},
    ],
    "by": "By Kim Ara",
    "infosources": [{"name": "Harbour Agency"}],
    "firstcreated": "2025-02-05T06:53:00Z",
    "versioncreated": "2025-02-05T07:53:00Z",
    "language": "en",
}


def test_a_news_item_in_ninjs_2_is_an_article() -> None:
    found = article(dump(NINJS), "item.json")
    assert (found.reader, found.guid, found.entry) == ("ninjs", "urn:agency:17", "")
    assert found.text == "Above\n\nOne.\n\nTwo."
    assert (found.byline, found.outlet, found.language) == ("Kim Ara", "Harbour Agency", "en")
    assert (found.published, found.modified) == (
        "2025-02-05T06:53:00+00:00",
        "2025-02-05T07:53:00+00:00",
    )


def test_a_news_item_in_ninjs_1_is_an_article() -> None:
    item = {
        "uri": "https://agency.example/17",
        "headline": "Above",
        "body_text": "One.\n\nTwo.",
        "byline": "Kim Ara",
        "versioncreated": "2025-02-05T06:53:00Z",
    }
    found = article(dump(item), "item.ninjs")
    assert (found.title, found.text) == ("Above", "Above\n\nOne.\n\nTwo.")
    assert (found.url, found.published) == (item["uri"], "2025-02-05T06:53:00+00:00")
    assert [a.title for a in articles(dump([item, NINJS]))] == ["Above", "Above"]
    assert "holds no text, only picture" in refusal('{"uri": "x", "type": "picture", "bodies": []}')


def test_a_text_that_is_a_list_of_sentences_is_put_together() -> None:
    item = {"title": "Harbour", "source": "https://x.example/1"}
    item |= {"sentences": ["The ferries sail.", "Nobody was hurt."]}
    found = article(dump(item), "a.json")
    assert found.text == "Harbour\n\nThe ferries sail.\n\nNobody was hurt."
    assert (found.url, found.outlet) == ("https://x.example/1", "")
