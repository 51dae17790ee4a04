"""Who speaks in a Korean sentence: the noun phrase before a particle, and what it is made of.

Rules of form, without a dictionary of nouns: whom a phrase means is told by how its last word ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tui.analysis.korean_names import (
    BODIES,
    BODY_LETTERS,
    COMMON_SURNAMES,
    DOCUMENTS,
    FIRM_AGAIN,
    GROUPS,
    NAMES_OF_BODIES,
    NO_BODIES,
    NO_SOURCE,
    PAPER_AGAIN,
    PERSONAL_PRONOUNS,
    PLURAL_PRONOUNS,
    RESEARCHERS,
    SURNAMES,
    TITLE_PARTS,
    TITLES,
    UNNAMED,
)
from tui.analysis.korean_words import LEAD_INS
from tui.analysis.noun_phrases import NounPhrase
from tui.analysis.quotations import MASK
from tui.model.spans import Extent

_MAX_WORDS = 12
_REACH = 400  # code points in which a source is looked for before its verb
_WORD = re.compile(r"\S+")
_MARKS = "“”\"‘’'「」[]<>《》〈〉`"
_PARTICLE = re.compile(
    r"(?P<noun>.*?[가-힣A-Za-z0-9)%’'])(?P<particle>께서는|에서는|에서도|에선|측은|측도|측이|은|는|이|가|도|에서)$"
)
_TOPICS = ("께서는", "에서는", "에선", "에서도", "측은", "측도", "은", "는", "도", "역시")
_BRACKETED = re.compile(r"\([^()]*\)$")
_SHARE = re.compile(r"(?:\d[\d.,]*(?:%|명|개사|곳)|절반|대다수|상당수|다수|대부분)$")
_LATIN = re.compile(r"[가-힣]*[A-Z][A-Za-z.&-]*$")
# Behind a word that ends so the phrase of a source begins.
_STOP = re.compile(
    r"(?:에서|부터|까지|으로|에게|한테|에|며|지만|면서|라는|다는|이라는|려는|(?<=[가-힣])해|[은는을를도,:;]|[…·]|"
    r"(?:토대|바탕|기반|근거|계기|중심|상대|대상)로|[하되있없이지다라자냐았었했됐겠리키으보오가받맡열들내]고|[해아어워돼로에]서|"
    r"(?<=[가-힣])(?:[했됐]던|[하되]던|던)|(?<=[가-힣]{2})(?:한|된|인|진|킨|할|될|낸|준|온|쓴|친|린|긴|힌|딘|끈|선))$|"
    r"^(?:나선|이끈|지낸|만든|가진|펴낸|만난|나온|보낸|떠난|다룬|갖춘|거친|따르면|통해|위해|대해)$"
)
_OBJECT = re.compile(r"[가-힣A-Za-z)](?:을|를|에|로|와|과|이|가)$")
_TIME = re.compile(
    r"(?:\d{1,4}(?:년|월|일|시|분)|\d{1,2}~\d{1,2}일)(?:\([^()]*\))?(?:께|경|쯤)?$|"
    r"(?:지난|오는|올|이번|지난해|작년|올해|내년|지난달|이달|어제|오늘|이날|전날|같은|최근|앞서|오전|오후|"
    r"현지시간|현지시각)$"
)
_DATE = (
    r"(?:(?:지난|오는|이달|지난달|지난해|올해|작년)\s)?(?:\d{4}년\s)?(?:\d{1,2}월\s?)?\d{1,2}일"
    r"(?:\([^()]{1,12}\))?(?:\s(?:오전|오후|새벽|밤|저녁))?"
)
DAY = re.compile(rf"(?:{_DATE}|이날|전날)\s+")
_LEAD_INS = [word.replace("_", " ") for word in sorted(LEAD_INS, key=len, reverse=True)]
LEADING = re.compile(rf"(?:(?:{'|'.join(_LEAD_INS)})[\s,]+)+")
_SPEAKING = ("보고서", "논문", "성명", "성명서", "사람", "학생")
_NO_TOPIC_VERB = re.compile(
    r"(?:[있없않같많작높낮좋깊길짧늦젊넓좁하되시키지]|이루|만들|보이|나오|나타나|떠오르|따르|다루|모으|흐르)$"
)
_ADVERBIAL = re.compile(r"(?:[로에서]|에게|까지|부터|만큼|처럼|지)$")
_QUOTE = re.compile(rf"[“”\"「」{MASK}]")
_PEOPLE = re.compile(
    r"[가-힣]+(?:자|인|원|가|생|민|객|관|꾼|진|족|업체|기업|회사|국가|매체|나라)들$"
)


class Parts(NamedTuple):
    """Where the name stands in a source's words, with the role and affiliation beside it."""

    name: Extent
    role: str = ""
    affiliation: str = ""
    person: bool = False


class Found(NamedTuple):
    """A phrase that could be a source; `place`: its particle says where as well (`국방부에서`)."""

    phrase: NounPhrase
    end: int  # behind its particle and the blanks after it
    topic: bool
    speaker: bool  # its words are those of a person or a body
    place: bool = False


def _bare(word: str) -> str:
    """A word without quotation marks around it and brackets behind it."""
    word = word.strip(_MARKS + ",")
    while (found := _BRACKETED.search(word)) is not None and found.start() > 0:
        word = word[: found.start()]
    return word.strip(_MARKS + "),")


def is_title(word: str) -> bool:
    """Whether a word names a person's function: `교수`, `국무장관`."""
    bare = _bare(word)
    if bare.endswith("연구원"):
        return bare in RESEARCHERS
    return bare.endswith(TITLES) and (
        bare in TITLES or (len(bare) > 2 and not bare.endswith(("씨", "님")))
    )


def is_person_name(word: str) -> bool:
    """Whether a word has the form of a Korean name: a surname and one or two syllables."""
    bare = _bare(word)
    return (
        2 <= len(bare) <= 4
        and bare[0] in SURNAMES
        and re.fullmatch(r"[가-힣]+", bare) is not None
        and not is_body(bare)
        and not bare.endswith(DOCUMENTS)
    )


@lru_cache(maxsize=4096)
def is_body(word: str) -> bool:
    """Whether a word names an organisation, a state or an office by how it ends."""
    bare = _bare(word)
    if bare in NO_BODIES:
        return False
    if bare in NAMES_OF_BODIES or bare.endswith(BODIES):
        return True
    if len(bare) == 3 and bare[0] in COMMON_SURNAMES and bare[-1] in "원회처청당":
        return False  # somebody's name
    return len(bare) > 2 and bare.endswith(BODY_LETTERS) and bare[-2:] not in NO_BODIES


def is_group(word: str) -> bool:
    """Whether a word means several people without their names."""
    bare = _bare(word)
    return bare.endswith(GROUPS) or _PEOPLE.match(bare) is not None


def is_speaker(words: str) -> bool:
    """Whether a phrase can mean somebody who says something, by its last word."""
    bare = _bare(words)
    last = bare.split()[-1] if bare.split() else ""
    if not last or last in NO_SOURCE:
        return False
    return (
        bare in PERSONAL_PRONOUNS
        or bare in PLURAL_PRONOUNS
        or last in PLURAL_PRONOUNS
        or _described_again(bare)
        or is_title(last)
        or is_body(last)
        or is_group(last)
        or last.endswith((*UNNAMED, *_SPEAKING))
        or (_SHARE.search(last) is not None and len(bare.split()) > 1)
        or (_LATIN.match(last) is not None and len(last) > 1)
    )


def korean_kind(words: str) -> str:
    """The kind of a source by its Korean words: one of the model's SOURCE_KINDS."""
    bare = _bare(words)
    last = bare.split()[-1] if bare.split() else ""
    if _SHARE.search(last) is not None or last.endswith(GROUPS) or is_group(last):
        return "collective"
    if last.endswith(UNNAMED) or bare.startswith(("한 ", "어느 ", "익명의 ", "또 다른 ")):
        return "anonymous"
    if _described_again(bare):
        return "role"
    if last.endswith(DOCUMENTS) and not is_body(last) and not is_title(last):
        return "document"
    if is_title(last) and not parts_of(words).person:
        return "role"
    return "named"


def _described_again(words: str) -> bool:
    return words.replace(" ", "_") in (*FIRM_AGAIN, *PAPER_AGAIN)


def candidates(words: str, low: int, high: int) -> Iterator[Found]:
    """The phrases of a range that could be its topic or subject, in text order."""
    before: re.Match[str] | None = None
    mark = _QUOTE.search(words, low, high)
    high = mark.start() if mark is not None else high
    for word in _WORD.finditer(words, low, min(high, low + _REACH)):
        token = word.group()
        found = _PARTICLE.match(token.rstrip(","))
        if token == "역시" and before is not None:
            end = before.end()
            yield from _found(words, low, end, word.end(), "역시")
        elif found is not None:
            end = word.start() + found.end("noun")
            if found["particle"].startswith("측"):
                end += 1
            yield from _found(words, low, end, word.end(), found["particle"])
        before = word


def _found(words: str, low: int, end: int, stop: int, particle: str) -> Iterator[Found]:
    start = phrase_start(words, low, end)
    text = words[start:end]
    last = _bare(text.split()[-1]) if text.split() else ""
    if not last or last in NO_SOURCE or len(text.split()) > _MAX_WORDS:
        return
    topic = particle in _TOPICS
    speaker = is_speaker(text)
    if not speaker and (_NO_TOPIC_VERB.search(last) or _ADVERBIAL.search(last)):
        return
    if particle.startswith("에") and not (is_body(last) or is_group(last)):
        return
    pronoun = text in PERSONAL_PRONOUNS or text in PLURAL_PRONOUNS
    phrase = NounPhrase(start, end, text, start, pronoun=pronoun, sure=speaker)
    place = particle.startswith("에")
    yield Found(phrase, stop + _blanks(words, stop), topic and not place, speaker, place)


def _blanks(words: str, at: int) -> int:
    return len(words[at : at + 8]) - len(words[at : at + 8].lstrip())


def phrase_start(words: str, low: int, end: int) -> int:
    """Where the noun phrase that ends here begins: behind clauses, times and other phrases."""
    tokens = list(_WORD.finditer(words, max(low, end - 120), end))
    if not tokens:
        return end
    start = tokens[-1].start()
    last = tokens[-1].group()
    joined = False
    for index in range(len(tokens) - 2, -1, -1):
        token, behind = tokens[index], tokens[index + 1]
        word = token.group()
        if index and tokens[index - 1].group().endswith("의") and _TIME.search(word):
            continue  # `신문의 2015년 보도`
        if _is_edge(word, behind.group(), last) or MASK in word:
            if not (word.endswith(",") and (joined or _lists(words, low, token.start()))):
                break
            if _STOP.search(word[:-1]):
                break
        joined = joined or (word.endswith(("와", "과")) and len(word) > 2)
        start = token.start()
    kept = words[start:end]
    if kept.count("’") > kept.count("‘"):  # `‘걱정 없는 세상’ 측`
        name = words.rfind("‘", max(low, start - 60), start)
        if name > low:
            return phrase_start(words, low, name)
    start = _behind_lead(words, start, end)
    opened = max(words.rfind(mark, start, end) for mark in '“"/')
    if opened >= start:
        start = opened + 1
    return start + _blanks(words, start)


def ends_before_name(word: str) -> bool:
    """Whether a word ends in a way that no part of a name does: with a particle or a clause."""
    return _STOP.search(word) is not None


def _lists(words: str, low: int, start: int) -> bool:
    """Whether a list with `와` or `과` in it runs up to here: `A와 B, C가`."""
    before = words[max(low, start - 40) : start].split()[-3:]
    return any(word.endswith(("와", "과")) and len(word) > 2 for word in before)


def _is_edge(word: str, behind: str, last: str) -> bool:
    """Whether a phrase begins behind this word."""
    if word[-1] in '“"”.!?…:;' or word[0] in '“"':
        return True
    bare = word.rstrip(",")
    if word.endswith(","):
        return True
    if _TIME.search(bare) or word in LEAD_INS:
        return True
    if bare.endswith("의") or (is_person_name(bare) and is_title(behind)):
        return False
    if is_person_name(bare) and bare[0] in COMMON_SURNAMES and is_body(behind):
        return False
    if bare.endswith(("와", "과", "및")):
        return not (is_speaker(bare[:-1]) or is_speaker(last))
    if bare.endswith(("로", "이", "가")):
        return _OBJECT.search(bare) is not None and not is_title(behind) and not is_body(behind)
    if bare.endswith(("고", "서", "도", "은", "인", "진", "온", "린", "한", "긴", "던")) and (
        len(bare) <= 2 and is_title(last)
    ):
        return False  # part of a name
    return _STOP.search(bare) is not None


def _behind_lead(words: str, start: int, end: int) -> int:
    while True:
        found = LEADING.match(words, start, end) or DAY.match(words, start, end)
        if found is None or found.end() >= end:
            return start
        start = found.end()


def parts_of(words: str) -> Parts:
    """The name in a source's words: `홍길동 서울대 교수`, `서울대 홍길동 교수`, `A의 홍길동 교수`.

    Offsets are counted from the start of the words.
    """
    tokens = list(_BRACKETED_WORD.finditer(_ASIDE.sub("", words)))
    whole = Parts(Extent(0, _unbracketed(words)))
    if not tokens or not is_title(tokens[-1].group()):
        if len(tokens) == 1 and is_person_name(words):
            return whole._replace(person=True)
        return whole
    if _bare(tokens[-1].group()).endswith(UNNAMED) or _NOBODY.search(words):
        return whole
    first = max((i + 1 for i, t in enumerate(tokens[:-1]) if t.group().endswith("의")), default=0)
    ahead = words[: tokens[first - 1].end() - 1] if first else ""
    title = len(tokens) - 1
    while title > first + 1 and tokens[title - 1].group() in TITLE_PARTS:
        title -= 1
    body = tokens[first:title]
    role = words[tokens[title].start() : tokens[-1].end()]
    role = "" if role in ("씨", "님") else role
    name = _name_in([t.group() for t in body])
    if name is None:
        return whole
    begin, end = name
    if len(body) == 1:
        alone = len(_bare(body[0].group())) == 1
        stop = tokens[-1].end() if alone else body[0].start() + _unbracketed(body[0].group())
        return Parts(Extent(body[0].start(), stop), role, ahead, person=True)
    last = body[end - 1]
    place = Extent(body[begin].start(), last.start() + _unbracketed(last.group()))
    rest = [t.group() for i, t in enumerate(body) if not begin <= i < end]
    return Parts(place, role, " ".join(filter(None, (ahead, *rest))), person=True)


def _unbracketed(words: str) -> int:
    """How long words are without a bracket behind them: `뉴욕타임스(NYT)`."""
    found = _BRACKETED.search(words)
    return found.start() if found is not None and found.start() > 0 else len(words)


_BRACKETED_WORD = re.compile(r"[^\s()]+(?:\([^()]*\))?|\S+")
_ASIDE = re.compile(r"\([^()]*\)$")  # `의원(무소속)`
_NOBODY = re.compile(r"^(?:한|어느|익명의|또\s다른|다른|현지|일부|여러|두|세)\s|[등들]$")


def _name_in(body: list[str]) -> tuple[int, int] | None:
    """Which of the words before a title are the name; None if they name no person."""
    if not body:
        return None
    if len(body) == 1:
        bare = _bare(body[0])
        return None if is_body(bare) or bare in TITLE_PARTS or is_group(bare) else (0, 1)
    if is_person_name(body[0]) and (
        (len(body[0]) == 3 and body[0][0] in COMMON_SURNAMES) or is_body(body[1])
    ):
        return 0, 1
    if is_person_name(body[-1]) and len(_bare(body[-1])) > 1:
        return len(body) - 1, len(body)
    for index, word in enumerate(body):
        if re.search(r"\([A-Za-z .'-]+\)$", word):
            return 0, index + 1
    bodies = [index for index, word in enumerate(body) if is_body(word)]
    if bodies and bodies[0] > 0:
        return 0, bodies[0]
    if bodies:
        begin = next((i for i, word in enumerate(body) if not is_body(word)), None)
        return None if begin is None else (begin, len(body))
    return 0, min(2, len(body))
