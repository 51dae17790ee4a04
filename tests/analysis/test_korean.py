"""What is proposed for Korean articles: sources, cues and contents, to the letter."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.analysis import Suggestion, find_chain, find_quantities, format_chain, suggest
from tui.articles import outline, read_article
from tui.model.articles import Article
from tui.model.records import Hop
from tui.model.sources import Registry, Source
from tui.model.spans import Extent

HEAD = " date 2025-02-05 [나루일보] “제목”\n\n입력 2025-02-05 15:53:10 나루일보\n\n\n"


def read(body: str, head: str = HEAD) -> Article:
    return read_article((head + body).encode(), "made.txt")


def proposals(body: str, head: str = HEAD) -> tuple[Suggestion, ...]:
    article = read(body, head)
    return suggest(article, outline(article), Registry(())).proposals


def lines(body: str) -> list[tuple[str, str]]:
    """The inner hops and the words of each proposal, its pieces joined by an ellipsis."""
    return [
        (format_chain(p.chain[1:]).removeprefix('""'), " … ".join(s.exact for s in p.spans))
        for p in proposals(body)
    ]


def last_hop(body: str) -> Hop:
    return proposals(body)[-1].chain[-1]


def filled_in(body: str) -> str:
    """The chain that `c` fills in for the last sentence."""
    article = read(body)
    laid_out = outline(article)
    found = find_chain(article, laid_out, laid_out.sentences[-1].extent, Registry(()))
    return format_chain(found.chain[1:])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # quotations, whole, joined, and with words of the article in them
        ("선착장 관계자는 “배가 꽉 찼다”고 말했다.",
         [("선착장 관계자/말했다", "“배가 꽉 찼다”")]),
        ('선착장 관계자는 "배가 꽉 찼다"라고 말했다.',
         [("선착장 관계자/말했다", '"배가 꽉 찼다"')]),
        ("나루시는 “다리를 연다”며 “통행료는 없다”고 발표했다.",
         [("나루시/발표했다", "“다리를 연다” … “통행료는 없다”")]),
        ("나루시는 “다리를 연다”면서도 “밤에는 닫는다”고 강조했다.",
         [("나루시/강조했다", "“다리를 연다” … “밤에는 닫는다”")]),
        ("정부는 소문에 대해 “사실무근”이라고 일축했다.", [("정부/일축했다", "“사실무근”")]),
        ("선착장 관계자는\"배가 꽉 찼다\"고 말했다.", [("선착장 관계자/말했다", '"배가 꽉 찼다"')]),
        # clauses, without the particle that ends them
        ("항만청은 수위가 내려갔다고 밝혔다.", [("항만청/밝혔다", "수위가 내려갔다")]),
        ("항만청은 수위가 내려갈 것이라고 내다봤다.",
         [("항만청/내다봤다", "수위가 내려갈 것이라")]),
        ("항만청은 수위가 내려갔다며 다리를 열 수 있다고 설명했다.",
         [("항만청/설명했다", "수위가 내려갔다 … 다리를 열 수 있다")]),
        ("항만청은 배를 묶으라고 당부했다.", [("항만청/당부했다", "배를 묶으라")]),
        ("수위가 내려갔다고 항만청은 설명했다.", [("항만청/설명했다", "수위가 내려갔다")]),
        ("수위가 내려갔다고 항만청이 5일 전했습니다.", [("항만청/전했습니다", "수위가 내려갔다")]),
        ("항만청은 배가 침몰한 것으로 보고 있다.", [("항만청/보고 있다", "배가 침몰한 것")]),
        ("항만청은 5일 수위가 내려갔다고 밝혔다.", [("항만청/밝혔다", "수위가 내려갔다")]),
        ("항만청은 기자회견에서 수위가 내려갔다고 밝혔다.", [("항만청/밝혔다", "수위가 내려갔다")]),
        ("업계에서는 값이 오를 것으로 전망했다.", [("업계/전망했다", "값이 오를 것")]),
        # two that speak in one sentence, and one that speaks twice
        ("야당은 예산이 위법이라고 비판했고, 여당은 근거가 없다고 반박했다.",
         [("야당/비판했고", "예산이 위법이라"), ("여당/반박했다", "근거가 없다")]),
        ("항만청은 수위가 높다고 지적하고, 곧 내려갈 것이라고 예상했다.",
         [("항만청/지적하고", "수위가 높다"), ("항만청/예상했다", "곧 내려갈 것이라")]),
        # nouns of telling
        ("연구진은 물이 줄어든다는 연구 결과를 발표했다.", [("연구진/발표했다", "물이 줄어든다")]),
        ("연구진은 물이 줄어든다는 사실을 밝혀냈다.", [("연구진/밝혀냈다", "물이 줄어든다")]),
        ("정부는 다리를 열겠다는 뜻을 밝혔다.", [("정부/밝혔다", "다리를 열겠다")]),
        ("다리가 낡았다는 지적이 나온다.", [("/지적이 나온다", "다리가 낡았다")]),
        ("다리가 낡았다는 전문가들의 경고도 나왔다.",
         [("전문가들/경고도 나왔다", "다리가 낡았다")]),
        ("다리가 낡았다는 게 주민들의 설명이다.", [("주민들/설명이다", "다리가 낡았다")]),
        ("정부는 다리를 닫지 않는다는 입장이다.", [("정부/입장이다", "다리를 닫지 않는다")]),
        # nobody
        ("다리가 닫힌 것으로 전해졌다.", [("/전해졌다", "다리가 닫힌 것")]),
        ("수위가 내려갈 것으로 관측됩니다.", [("/관측됩니다", "수위가 내려갈 것")]),
        ("구조대가 도착했다고 한다.", [("/한다", "구조대가 도착했다")]),
        # passed on
        ("로이터통신은 미 국방부를 인용해 병력이 늘었다고 보도했다.",
         [("로이터통신/보도했다 > 미 국방부/인용해", "병력이 늘었다")]),
        ("로이터통신에 따르면 항만청은 수위가 내려갔다고 밝혔다.",
         [("로이터통신/에 따르면 > 항만청/밝혔다", "수위가 내려갔다")]),
        ("경찰에 의하면 배는 이미 떠났다고 한다.", [("경찰/에 의하면", "배는 이미 떠났다")]),
        # by the source that stands behind
        ("다리를 닫겠다고 밝힌 나루시는 말이 없다.", [("나루시/밝힌", "다리를 닫겠다")]),
        # a line that is a source and its quotation
        ("나루대 연구팀 “물이 줄어든다”\n\n다리는 오래됐다.",
         [("나루대 연구팀", "“물이 줄어든다”")]),
    ],
)  # fmt: skip
def test_sources_cues_and_contents_are_cut_at_their_edges(
    body: str, expected: list[tuple[str, str]]
) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "병력이 국경으로 이동했다.",
        "이것을 흔히 매질이라고 한다.",
        "다리가 세계 최초로 확인됐다.",
        "구조대는 다리를 오가며 사람들을 날랐다.",
        "중요한 사실은 다리가 낡았다는 것이다.",
        "나루시는 다리를 닫을 계획이다.",
    ],
)
def test_what_nobody_is_said_to_say_is_not_proposed(body: str) -> None:
    assert lines(body) == []


@pytest.mark.parametrize(
    ("words", "name", "role", "affiliation"),
    [
        ("한서진 나루대 교수", "한서진", "교수", "나루대"),
        ("한서진 나루대 지구과학과 교수", "한서진", "교수", "나루대 지구과학과"),
        ("나루대 한서진 교수", "한서진", "교수", "나루대"),
        ("나루연구소의 한서진 박사", "한서진", "박사", "나루연구소"),
        ("마르코 벨리니 파도바대 교수", "마르코 벨리니", "교수", "파도바대"),
        ("에바 린드(Eva Lind) 누리랩 총괄 부사장", "에바 린드", "총괄 부사장", "누리랩"),
        ("마르코 벨리니 교수", "마르코 벨리니", "교수", ""),
        ("고민수 씨", "고민수", "", ""),
        ("연구를 이끈 한서진 교수", "한서진", "교수", ""),
        ("나루뉴스(NN)", "나루뉴스", "", ""),
    ],
)
def test_a_person_has_a_name_a_role_and_an_affiliation(
    words: str, name: str, role: str, affiliation: str
) -> None:
    particle = "는" if words[-1] in "수사장씨" else "은"
    hop = last_hop(f"{words}{particle} “배가 꽉 찼다”고 말했다.")
    assert (hop.source.text, hop.role, hop.affiliation) == (name, role, affiliation)
    assert hop.source.span is not None
    assert hop.source.span.exact == name


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("정부 고위 당국자", "anonymous"), ("한 관계자", "anonymous"),
        ("익명을 요구한 한 외교관", "anonymous"), ("전문가들", "collective"),
        ("나루대 연구진", "collective"), ("외교부 대변인", "role"), ("나루시", "named"),
        ("조사 보고서", "document"),
    ],
)  # fmt: skip
def test_the_kind_of_a_source_is_told_by_its_last_word(words: str, kind: str) -> None:
    particle = "는" if (ord(words[-1]) - 0xAC00) % 28 == 0 else "은"
    assert last_hop(f"{words}{particle} 수위가 내려갔다고 밝혔다.").kind == kind


FIRST = "윤서진 나루대 교수는 “물이 줄었다”고 말했다. "


@pytest.mark.parametrize(
    ("body", "name", "stands"),
    [
        (FIRST + "이어 “비가 없었다”고 덧붙였다.", "윤서진", None),
        (FIRST + "또 비가 없었다고 지적했다.", "윤서진", None),
        (FIRST + "비가 없었다는 것이다.", "윤서진", None),
        (FIRST + "그는 비가 없었다고 지적했다.", "윤서진", "그"),
        (FIRST + "윤 교수는 비가 없었다고 지적했다.", "윤서진", "윤 교수"),
        ("한 군 소식통은 배가 섰다고 밝혔다. 이 소식통은 비가 없었다고 지적했다.",
         "한 군 소식통", "이 소식통"),
        ("한 군 소식통은 배가 섰다고 밝혔다. 그는 비가 없었다고 지적했다.", "한 군 소식통", "그"),
        ("나루항공은 배가 섰다고 밝혔다. 회사 측은 보상하겠다고 약속했다.", "나루항공", "회사 측"),
        ("나루대 연구팀은 다리를 쟀다. 연구팀은 다리가 낡았다고 설명했다.",
         "나루대 연구팀", "연구팀"),
        ("한서진 교수는 “비가 없다. 물도 없다”고 말했다.", "한서진", None),
    ],
)  # fmt: skip
def test_who_is_meant_again_is_worked_out(body: str, name: str, stands: str | None) -> None:
    hop = last_hop(body)
    assert (hop.source.text, hop.resolved) == (name, True)
    assert (hop.source.span.exact if hop.source.span is not None else None) == stands


def test_a_pronoun_with_nobody_before_it_is_in_doubt() -> None:
    hop = last_hop("그는 비가 없었다고 지적했다.")
    assert (hop.source.text, hop.kind, hop.resolved) == ("그", "", False)


def test_each_sentence_of_a_longer_quotation_is_its_speakers() -> None:
    body = "한서진 교수는 “비가 없다. 물도 없다. 배는 다닌다”고 말했다."
    assert [words for _, words in lines(body)] == ["“비가 없다.", "물도 없다.", "배는 다닌다"]
    assert {p.chain[-1].source.text for p in proposals(body)} == {"한서진"}


@pytest.mark.parametrize("body", [
    "한서진 교수는 이렇게 말했다. “비가 없다. 물도 없다.”",
    "“비가 없다. 물도 없다.” 한서진 교수는 이렇게 말했다.",
])  # fmt: skip
def test_a_sentence_that_points_at_a_quotation_says_whose_it_is(body: str) -> None:
    found = proposals(body)
    assert [p.chain[-1].source.text for p in found] == ["한서진", "한서진"]
    assert all(p.chain[-1].resolved for p in found)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("항만청은 4일 수위가 내려갔다고 밝혔다.", "2025-02-04"),
        ("항만청은 수위가 내려갔다고 4일 밝혔다.", "2025-02-04"),
        ("4일 항만청은 수위가 내려갔다고 밝혔다.", "2025-02-04"),
        ("항만청은 수위가 내려갔다고 밝혔다.", ""),
    ],
)
def test_the_day_of_saying_stands_beside_the_source_or_the_verb(words: str, day: str) -> None:
    said = last_hop(words).said
    assert (said.edtf if said is not None else "") == day


@pytest.mark.parametrize(
    ("body", "modality", "hedge"),
    [
        ("항만청은 소문이 사실이 아니라고 밝혔다.", "denied", "사실이 아니"),
        ("항만청은 “확인된 바 없다”고 밝혔다.", "asserted", None),
        ("항만청은 배가 섰다는 보도를 부인했다.", "denied", None),
        ("항만청은 배가 설 수 있다고 밝혔다.", "possible", "수 있"),
        ("항만청은 배가 떠난 듯하다고 밝혔다.", "possible", "듯하다"),
        ("항만청은 배가 설 가능성이 있다고 밝혔다.", "possible", "가능성"),
        ("항만청은 배가 섰다고 추정했다.", "estimated", None),
        ("배가 선 것으로 보인다.", "possible", "보인다"),
        ("배가 섰다는 우려가 제기된다.", "possible", "우려가 제기된다"),
        ("배가 섰다고 한다.", "reported", "한다"),
        ("항만청은 배가 섰다고 밝혔다.", "asserted", None),
    ],
)
def test_how_it_is_put(body: str, modality: str, hedge: str | None) -> None:
    found = proposals(body)[-1]
    assert found.modality == modality
    assert (found.hedge.text if found.hedge is not None else None) == hedge


# what `c` fills in


@pytest.mark.parametrize(
    ("body", "chain"),
    [
        ("항만청은 수위가 내려갔다고 밝혔다.", "항만청/밝혔다"),
        (FIRST + "이어 “비가 없었다”고 덧붙였다.", "윤서진/덧붙였다"),
        ("로이터통신은 미 국방부를 인용해 병력이 늘었다고 보도했다.",
         "로이터통신/보도했다 > 미 국방부/인용해"),
        # its subject may be the topic or he who spoke before
        ("새 제품은 세계에서 가장 빠르다고 설명했다.", ""),
        ("연구진은 물이 줄어든다는 사실을 밝혀냈다.", ""),
        ("정부는 다리를 닫지 않는다는 입장이다.", ""),
    ],
)  # fmt: skip
def test_only_sure_cues_fill_a_claim_in(body: str, chain: str) -> None:
    assert filled_in(body) == chain


def test_a_name_in_hangul_does_not_make_an_english_sentence_korean() -> None:
    assert lines("The port office (항만청) said the quays are full.")[0][1] == "the quays are full"


def test_a_source_that_the_registry_knows_has_its_canonical_name() -> None:
    article = read("국정원은 병력이 늘었다고 밝혔다.")
    known = Registry((Source("National Intelligence Service", ("NIS", "국정원"), "named"),))
    (found,) = suggest(article, outline(article), known).proposals
    assert found.chain[-1].source.text == "National Intelligence Service"


# figures and times


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("이재민이 2만 명을 넘었다", (20_000, None, False)),
        ("값이 5만원이 넘기 때문에", (50_000, None, False)),
        ("40여가지 실험", (40, None, True)),
        ("나사 한 개를", (1, 1, True)),
        ("700도 이상의 열", (700, None, True)),
    ],
)
def test_counters_and_bounds(words: str, expected: tuple[int, int | None, bool]) -> None:
    (found,) = find_quantities(words, Extent(0, len(words)))
    assert (found.lower, found.upper, found.lower_inclusive) == expected


@pytest.mark.parametrize("words", ["서명은 아직 없다", "영화 ‘허(Her·2014)’에 나온다"])
def test_what_only_looks_like_a_count_is_none(words: str) -> None:
    assert find_quantities(words, Extent(0, len(words))) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("9년 만의 일이다", "P9Y"), ("115일 만이다", "P115D"), ("10여년 동안 늘었다", "P10Y")],
)
def test_durations_that_end_with_what_happened(words: str, value: str) -> None:
    article = read(f"배가 {words}.")
    (found,) = suggest(article, outline(article), Registry(())).dates
    assert (found.kind, found.value) == ("duration", value)


def test_a_day_and_a_time_by_twenty_four_hours() -> None:
    article = read("배는 4일 17시 29분 떠났다. 짐을 전달했다.")
    (found,) = suggest(article, outline(article), Registry(())).dates
    assert found.value == "2025-02-04T17:29"


# whatever the text


ATOMS = ["항만청은 ", "그는 ", "“", "”고 ", "”며 ", "밝혔다. ", "덧붙였다. ", "다고 ", "것으로 ",
         "알려졌다. ", "에 따르면 ",
         "를 인용해 ", "다는 지적이 나온다. ", "한 교수 ", "5일 ", "이어 ",
         "다는 것이다. ", ", ", "연구팀은 ", "의 ", "(A) "]  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(ATOMS), max_size=40))
def test_of_any_words_the_spans_are_true(atoms: list[str]) -> None:
    article = read("".join(atoms), "제목\n\n")
    for proposal in suggest(article, outline(article), Registry(())).proposals:
        phrases = [p for hop in proposal.chain for p in (hop.source, hop.cue) if p is not None]
        for span in (*proposal.spans, *(p.span for p in phrases if p.span is not None)):
            assert article.text[span.start : span.end] == span.exact
            assert span.exact.strip()


@settings(max_examples=6, deadline=None)
@given(st.lists(st.sampled_from(ATOMS), min_size=1, max_size=3))
def test_any_repetition_is_read_in_little_time(atoms: list[str]) -> None:
    size = sum(map(len, atoms))
    article = read("".join(atoms) * (10_000 // size), "제목\n\n")
    start = time.process_time()
    suggest(article, outline(article), Registry(()))
    assert time.process_time() - start < 2
