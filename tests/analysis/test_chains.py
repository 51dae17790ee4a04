from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis import find_chain, format_chain, kind_of, parse_chain
from tui.articles import outline, read_article
from tui.model.articles import Article, Outline, Sentence
from tui.model.records import NO_OUTLET, Hop, Phrase
from tui.model.sources import Registry, Source
from tui.model.spans import Extent

REGISTRY = Registry(
    (
        Source("National Intelligence Service", ("NIS", "국정원"), "named"),
        Source("New York Times", ("NYT",), "named"),
    )
)
HEAD = " date 2025-02-05 [News Today] “HEADLINE”\n\n입력 2025-02-05 15:53:10 News Today\n\n\n"


def article_of(body: str) -> tuple[Article, Outline]:
    article = read_article((HEAD + body).encode(), "made.txt")
    return article, outline(article)


def chain_of(body: str, part: str = "", registry: Registry = REGISTRY) -> str:
    """The inner hops as a line, for the last sentence or for a part of the body."""
    article, laid_out = article_of(body)
    extent = laid_out.sentences[-1].extent
    if part:
        start = article.text.index(part)
        extent = Extent(start, start + len(part))
    attribution = find_chain(article, laid_out, extent, registry)
    assert attribution.chain[0].source.text == "News Today"
    return format_chain(attribution.chain[1:])


def hops_of(body: str) -> tuple[Hop, ...]:
    article, laid_out = article_of(body)
    return find_chain(article, laid_out, laid_out.sentences[-1].extent, REGISTRY).chain[1:]


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        ("The National Intelligence Service said the troops have gone.",
         "National Intelligence Service/said"),
        ("The NIS estimated that more than 3,000 casualties have occurred.",
         "National Intelligence Service/estimated"),
        ("The New York Times reported earlier that they were gone.", "New York Times/reported"),
        ("Ukraine President Volodymyr Zelensky said he obtained intelligence.",
         "Volodymyr Zelensky/said"),
        ("The South Korean Joint Chiefs of Staff also said the drills were different.",
         "South Korean Joint Chiefs of Staff/said"),
        ("Losses may have forced a halt, the ministry said.", "the ministry/said"),
        ("Losses may have forced a halt, said Lee Min-ho, a retired colonel.", "Lee Min-ho/said"),
        ("“It is cold,” said its chairman, Barry Sheerman.", "Barry Sheerman/said"),
        ("Claire Ostrander, who follows the war, warned that they would return.",
         "Claire Ostrander/warned"),
        ("According to the same official, the soldiers went on foot.",
         "the same official/According to"),
        ("Moving them takes a month, according to a study by the Lindqvist Institute.",
         "a study by the Lindqvist Institute/according to"),
        ("The Minister of State for the Harbours, Helga May, said the quays are full.",
         "Helga May/said"),
        ("Colm Reyes, Quayside Union said the quays are full.", "Colm Reyes/said"),
        ("The quays are full, Father Colm Reyes, founder of the Quayside Union said.",
         "Father Colm Reyes/said"),
        ("Colm Reyes - who loads ships - said the quays are full.", "Colm Reyes/said"),
        ("Green spokeswoman for harbours Helga Lund said the quays are full.", "Helga Lund/said"),
        ("Tideline journalist Colm Reyes said he believed the quays were full.",
         "Colm Reyes/said"),
        ("The quays are full, union co-chairman Colm Reyes said.", "Colm Reyes/said"),
        ("A study, which was paid for by the port, Tide Council and Dockers, found that it froze.",
         "A study/found"),
        ("In its yearly report the committee said the quays are full.", "the committee/said"),
        ("Opening the winter session Mr Reyes said the quays are full.", "Mr Reyes/said"),
        ("The Tide Council in 2003 said the quays are full.", "Tide Council/said"),
        ("Mr Reyes disagreed and said the quays are full.", "Mr Reyes/said"),
        ("The quays are full, say the Greens.", "Greens/say"),
        ("Colm Reyes went on to say that the quays are full.", "Colm Reyes/say"),
        ("Colm Reyes denied, however, that the quays are full.", "Colm Reyes/denied"),
        ("The NIS said no unit had fought, Tide Today reported on Wednesday.",
         "Tide Today/reported > National Intelligence Service/said"),
        ("Research published by the Tide Institute found that many sailors fear the winter.",
         "Research published by the Tide Institute/found"),
        ("By Harbor Wire's account, the losses were high.", "Harbor Wire/account"),
        ("US officials say the units were moved.", "US officials/say"),
        ("Two Western officials have put the losses at about 4,000.", "Two Western officials/put"),
        ("Harbor Wire quoted a Ukrainian adviser as saying that they may come.",
         "Harbor Wire/quoted > a Ukrainian adviser/as saying"),
        ("The troops had left, the Kyiv government has told lawmakers, according to Harbor Wire.",
         "Harbor Wire/according to > the Kyiv government/told"),
        ("The NIS said no unit had fought, Harbor Wire reported on Wednesday.",
         "Harbor Wire/reported > National Intelligence Service/said"),
        ("The New York Times reported that US officials said they had gone.",
         "New York Times/reported > US officials/said"),
        ("국정원은 북한군이 전투에 나서지 않고 있다고 밝혔다.",
         "National Intelligence Service/밝혔다"),
        ("정부 관계자는 “확인된 바 없다”고 말했다.", "정부 관계자/말했다"),
        ("한 군 소식통에 따르면 부대는 후방으로 이동했다.", "한 군 소식통/에 따르면"),
    ],
)  # fmt: skip
def test_a_cue_and_its_source_are_read_off_the_sentence(sentence: str, line: str) -> None:
    assert chain_of(sentence) == line


@pytest.mark.parametrize(
    ("before", "name", "source"),
    [
        ("The National Intelligence Service sees them.", "NIS", "National Intelligence Service"),
        ("The Joint Chiefs of Staff watch the drills.", "JCS", "Joint Chiefs of Staff"),
        ("The International Atomic\nEnergy Agency was told.", "IAEA",
         "International Atomic Energy Agency"),
        ("The National Institute of Statistics met the National Intelligence Service.", "NIS",
         "NIS"),
        ("A service was held.", "NIS", "NIS"),
        ("The United Nations met.", "UN", "UN"),
    ],
)  # fmt: skip
def test_an_abbreviation_means_the_one_name_before_that_it_spells(
    before: str, name: str, source: str
) -> None:
    body = f"{before}\n\nThe {name} said that they were gone."
    assert chain_of(body, registry=Registry()) == f"{source}/said"


@pytest.mark.parametrize(
    "sentence",
    [
        "The troops were sent to the Kursk region.",
        "The reports and claims rest on one officer.",
        "The United States sent more of them.",
        "They declined to say where the units are.",
        "Everything went according to plan.",
        "The number was reported in January.",
        "A video of the soldiers was released recently.",
        "The man who said so has left the country.",
        "The Greens criticised the plan, saying Mr Reyes had once said he liked it.",
    ],
)
def test_where_no_rule_is_sure_the_chain_ends_at_the_outlet(sentence: str) -> None:
    assert chain_of(sentence) == ""


@pytest.mark.parametrize(
    ("sentence", "cue", "modality"),
    [
        ("The troops were reportedly armed badly.", "reportedly", "reported"),
        ("Pyongyang is believed to have sent them.", "is believed to", "reported"),
        ("There is also speculation that more will come.", "speculation", "possible"),
        ("북한군이 전투에 나서지 않는 것으로 알려졌다.", "알려졌다", "reported"),
    ],
)
def test_what_has_no_agent_has_a_hop_without_a_source(
    sentence: str, cue: str, modality: str
) -> None:
    article, laid_out = article_of(sentence)
    attribution = find_chain(article, laid_out, laid_out.sentences[-1].extent, REGISTRY)
    (_, hop) = attribution.chain
    assert (hop.source.text, hop.kind) == ("", "none")
    assert hop.cue is not None
    assert hop.cue.text == cue
    assert attribution.modality == modality


@pytest.mark.parametrize(
    ("sentence", "modality", "hedge"),
    [
        ("The NIS said the troops have gone.", "asserted", ""),
        ("The NIS said the troops may return.", "possible", "may"),
        ("They could have suffered losses, the agency said.", "possible", "could"),
        ("The agency said it could not confirm that.", "asserted", ""),
        ("The NIS estimates that 3,000 have died.", "estimated", ""),
        ("The minister denied that any unit had moved.", "denied", ""),
        ("The minister denied, however, that any unit had moved.", "denied", ""),
        (
            "The minister has rejected a second offer that could have ended the strike.",
            "asserted",
            "",
        ),
        ("The moment was too unlikely to be chance, the minister said.", "asserted", ""),
        ("The minister said it was cold - although she denied that it froze.", "asserted", ""),
        ("The NIS reports that they are reportedly not in combat.", "reported", "reportedly"),
        ("They are expected to regroup.", "estimated", "are expected to"),
        ("국정원은 다시 투입될 수 있다고 밝혔다.", "possible", "수 있"),
    ],
)
def test_how_the_text_puts_it(sentence: str, modality: str, hedge: str) -> None:
    article, laid_out = article_of(sentence)
    found = find_chain(article, laid_out, laid_out.sentences[-1].extent, REGISTRY)
    assert found.modality == modality
    assert (found.hedge.text if found.hedge else "") == hedge
    if found.hedge is not None and found.hedge.span is not None:
        assert found.hedge.span.exact == hedge


def test_spans_of_source_and_cue_are_selectors_of_the_text() -> None:
    article, laid_out = article_of("The NIS said on Monday that they left.")
    hop = find_chain(article, laid_out, laid_out.sentences[-1].extent, REGISTRY).chain[-1]
    assert hop.source.span is not None
    assert hop.source.span.exact == "NIS"
    assert article.text[hop.source.span.start : hop.source.span.end] == "NIS"
    assert hop.cue is not None
    assert hop.cue.span is not None
    assert hop.cue.span.exact == "said"
    assert hop.said is not None
    assert (hop.said.text, hop.said.edtf) == ("Monday", "2025-02-03")


def test_the_outlet_reported_when_the_article_was_published() -> None:
    article, laid_out = article_of("It rained.")
    (outlet,) = find_chain(article, laid_out, laid_out.sentences[-1].extent, REGISTRY).chain
    assert outlet.said is not None
    assert outlet.said.edtf.startswith("2025-02-05T15:53")
    assert outlet.said.rule == "published"


def test_a_saying_that_the_text_does_not_date_has_no_date() -> None:
    (hop,) = hops_of("The NIS said they have not been seen since mid-January.")
    assert hop.said is None


def test_a_pronoun_is_the_nearest_source_that_it_can_mean() -> None:
    body = (
        "A South Korean official said he knew of no change.\n\n"
        "The defense ministry said the same.\n\n"
        "“It is no return,” he said."
    )
    (hop,) = hops_of(body)
    assert hop.source.text == "A South Korean official"
    assert hop.resolved
    assert hop.source.span is not None
    assert hop.source.span.exact == "he"


def test_a_pronoun_without_anyone_to_mean_has_no_hop() -> None:
    assert chain_of("The tents are empty.\n\n“It is cold,” he said.") == ""


def test_a_quotation_keeps_its_speaker_over_sentences() -> None:
    body = "“Nobody has gone home,” the official said. “They are trained again. They wait.”"
    assert chain_of(body, "They wait.") == "the official/said"
    assert chain_of("“We saw it. It was late,” the medic said.", "We saw it.") == "the medic/said"
    assert all(hop.resolved for hop in hops_of(body))


def test_a_sentence_outside_the_quotation_is_not_the_speakers() -> None:
    body = "“Nobody has gone home,” the official said. The troops left in January."
    assert chain_of(body, "The troops left in January.") == ""


QUAY = (
    'Colm Reyes said: "The quays are full. Nobody sleeps." '
    "Helga Lund, of the Quayside Union, said the ships would wait.\n\n"
)


@pytest.mark.parametrize(
    ("body", "part", "line"),
    [
        # Introduced before it opened: who speaks next is never its speaker.
        (QUAY, "Nobody sleeps.", "Colm Reyes/said"),
        (QUAY + "It froze.", "The quays are full.", "Colm Reyes/said"),
        # Nobody introduces it, and the next sentence has another speaker.
        ("The quays froze. \"Nobody sleeps.\" Helga Lund said the ships would wait.",
         "Nobody sleeps.", ""),
        # It opens again in each paragraph, whether or not a blank line shows them.
        ('Colm Reyes said: "The quays are full.\n\n"Nobody sleeps.\n\n"We wait."', "We wait.",
         "Colm Reyes/said"),
        ('Colm Reyes said: "The quays are full. "Nobody sleeps. "We wait." It froze.', "We wait.",
         "Colm Reyes/said"),
        ("Colm Reyes said: “The quays are full.\n\n“Nobody sleeps.\n\n“We wait.”", "Nobody sleeps.",
         "Colm Reyes/said"),
        # A closed quotation says nothing of one in the next paragraph.
        ('"The quays are full," Colm Reyes said.\n\n"Nobody sleeps."', "Nobody sleeps.", ""),
        # What a quoted speaker quotes is the speaker's.
        ('Colm Reyes said: "The quays are full. I said \'go\', and they went."', "and they went",
         "Colm Reyes/said"),
    ],
)  # fmt: skip
def test_a_quotation_belongs_to_who_introduced_it_or_spoke_before(
    body: str, part: str, line: str
) -> None:
    assert chain_of(body, part) == line


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Dr Reyes accused Mr Lund of lying. He said the quays were full.", "Dr Reyes"),
        ("Mr Lund left. In the port stood Jan Reyes and Bob Hale. He said it froze.", ""),
        ("Colm Reyes said the quays were full. He said Mr Reyes was cold.", ""),
        ("Mr Lund froze. Gerd Oster - a sailor - said they wait. He said Mr Lund was cold.",
         "Gerd Oster"),
        ("Mrs Oster was the guest with whom Jens planned to stay. She said the quays were full.",
         "Mrs Oster"),
        ("Mr Oster said it froze. She said the quays were full.", ""),
        ("Oster's father Jens was there. She said the quays were full.", ""),
        ("The Minister of State for Harbours, Helga May, said it froze. She said they wait.",
         "Helga May"),
        ("The mayor lost her seat. Mr Lund said it froze. She said they wait.", "The mayor"),
        ("Having sold it, Ms Oster had left - he told the port they were full.", ""),
        ("The e-University closed. She said the quays were full.", ""),
        ("Mr Law, from a charity, believed they slept. He said he was cold.", "Mr Law"),
    ],
)  # fmt: skip
def test_a_pronoun_means_nobody_where_somebody_else_could_be_meant(body: str, name: str) -> None:
    assert [hop.source.text for hop in hops_of(body)] == ([name] if name else [])


def test_a_caption_is_the_source_of_its_block() -> None:
    body = "It rained.\n\n\nYang Uk/ Asan Institute\n\nThe North could send more\n\nof its troops."
    article, laid_out = article_of(body)
    assert article.captions
    extent = laid_out.sentences[-1].extent
    hop = find_chain(article, laid_out, extent, REGISTRY).chain[-1]
    assert (hop.source.text, hop.kind, hop.resolved) == ("Yang Uk", "named", True)
    assert hop.source.span is not None
    assert hop.source.span.exact == "Yang Uk"


def test_side_by_side_each_half_has_its_own_source() -> None:
    body = "Seoul says that 3,000 died, while Western officials say that 4,000 did."
    assert chain_of(body, "3,000 died") == "Seoul/says"
    assert chain_of(body, "4,000 did") == "Western officials/say"


def test_a_headline_in_its_own_quotation_marks_is_no_quotation() -> None:
    head = HEAD.replace("HEADLINE", "TROOPS GONE, OFFICIALS SAY")
    article = read_article((head + "It rained.").encode(), "made.txt")
    laid_out = outline(article)
    chain = find_chain(article, laid_out, laid_out.sentences[0].extent, REGISTRY).chain
    assert format_chain(chain[1:]) == "OFFICIALS/SAY"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Volodymyr Zelensky", "named"),
        ("National Intelligence Service", "named"),
        ("authorities", "anonymous"),
        ("The Northern Executive", "named"),
        ("The union co-chairman", "role"),
        ("The Green co-chairman", "role"),
        ("a senior executive", "anonymous"),
        ("US officials", "anonymous"),
        ("a Western security source", "anonymous"),
        ("one of the officials", "anonymous"),
        ("the agency", "role"),
        ("analysts", "collective"),
        ("a logistics study by the Lindqvist Institute", "document"),
        ("정부 관계자", "anonymous"),
        ("", "none"),
    ],
)
def test_the_kind_of_a_source_is_told_by_its_words(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_chain_is_read_from_one_line() -> None:
    chain = parse_chain("KBS/reported > NYT/reported > unnamed officials/said", "KBS")
    assert [h.source.text for h in chain] == ["KBS", "NYT", "unnamed officials"]
    assert [h.cue.text for h in chain if h.cue] == ["reported", "reported", "said"]
    assert chain[-1].kind == "anonymous"


def test_the_outlet_is_put_before_a_chain_that_lacks_it() -> None:
    assert format_chain(parse_chain("NYT/said", "KBS")) == "KBS > NYT/said"
    assert parse_chain("", "KBS") == ()


@pytest.mark.parametrize("line", ["KBS/said >", "> NYT", "KBS > > NYT", "KBS/said/told", 'a "b" c'])
def test_a_line_that_is_no_chain_is_refused_with_a_sentence(line: str) -> None:
    with pytest.raises(ValueError, match=r"chain"):
        parse_chain(line, "")


names = st.text(max_size=12).map(lambda s: " ".join(s.split()))


@given(st.lists(st.tuples(names.filter(bool), names), min_size=1, max_size=4))
def test_a_chain_written_on_a_line_comes_back(pairs: list[tuple[str, str]]) -> None:
    chain = tuple(Hop(Phrase(s), "", Phrase(c) if c else None) for s, c in pairs)
    outlet, *back = parse_chain(format_chain(chain), "")
    assert outlet == NO_OUTLET
    assert [(h.source.text, h.cue.text if h.cue else "") for h in back] == pairs
    assert format_chain((outlet, *back)) == format_chain(chain)


@given(st.text(max_size=80))
def test_any_line_is_a_chain_or_a_value_error(line: str) -> None:
    try:
        chain = parse_chain(line, "")
    except ValueError:
        return
    assert bool(chain) == bool(line.strip())


@pytest.mark.parametrize(
    "unit", ["a", "said ", "Lee said that ", '"', "한", "은 ", "ab, ", "\n", " "]
)
def test_a_huge_sentence_is_read_in_time_that_grows_with_it(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    article = Article("x", text, "r", outlet="KBS", published="2025-02-05")
    laid_out = Outline((Extent(0, len(text)),), (Sentence(0, len(text)),))
    start = time.process_time()
    find_chain(article, laid_out, Extent(0, len(text)), REGISTRY)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("body", "role", "affiliation"),
    [
        (
            "Colin Asplin, of the Blackpool Hotel Association, said the ban was a blow.",
            "",
            "Blackpool Hotel Association",
        ),
        (
            "Ann Ahn, chief economist at the Lindqvist Institute, said prices would fall.",
            "chief economist",
            "Lindqvist Institute",
        ),
        ("Ann Ahn, Lindqvist Institute, said prices would fall.", "", "Lindqvist Institute"),
        ("Prices would fall, said Ann Ahn, a spokeswoman.", "spokeswoman", ""),
        ("Ann Ahn, who was tired, said prices would fall.", "", ""),
        ("Ann Ahn said on Friday, after a long day, that prices would fall.", "", ""),
    ],
)
def test_role_and_affiliation_are_read_beside_the_name(
    body: str, role: str, affiliation: str
) -> None:
    article, laid_out = article_of(body)
    hop = find_chain(article, laid_out, laid_out.sentences[-1].extent, Registry()).chain[-1]
    assert (hop.role, hop.affiliation) == (role, affiliation)


def test_role_and_affiliation_come_from_the_caption_and_from_the_registry() -> None:
    article, laid_out = article_of("[REPORT]\nAnn Ahn/ Lindqvist Institute\nPrices will fall soon.")
    extent = laid_out.sentences[-1].extent
    (_, hop) = find_chain(article, laid_out, extent, Registry()).chain
    assert (hop.source.text, hop.affiliation) == ("Ann Ahn", "Lindqvist Institute")
    known = Registry((Source("Ann Ahn", role="director", affiliation="KINU"),))
    article, laid_out = article_of("Ann Ahn said prices would fall.")
    hop = find_chain(article, laid_out, laid_out.sentences[-1].extent, known).chain[-1]
    assert (hop.role, hop.affiliation) == ("director", "KINU")
