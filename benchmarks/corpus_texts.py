"""The articles of a made workspace: news from a land that is not, put together by a seed number.

Sentences follow a few patterns of who did what, where and when. Twelve thousand made names of
places give the index a vocabulary of the size and the shape that a real one has.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

RARE, SYLLABLES = "quokkaville", "뷁궯"  # they stand in one article only
PHRASE = "prime minister"

_ACTORS = (
    "government troops|border officials|the regional government|the harbor ministry|convoy drivers|"
    "the army|an army brigade|the northern command|volunteers|army recruits|the security guard|"
    "police|the fire service|rescue workers|hospital doctors|school families|refugees|aid workers|"
    "striking workers|the electricity board|pipeline engineers|railway workers|grain exporters|"
    "the central bank|market traders|trade envoys|the parliament|the election court|the council|"
    "the mayor and the council|a delegation from the capital|witnesses|residents|the coast guard|"
    "artillery units|tank crews|drone operators|the air force|naval patrols|the general staff|"
    "provincial judges|reserve units|inspectors|the inquiry|investigators|the relief committee"
)
_DEEDS = (
    "crossed|reached|closed|reopened|inspected|held|left|surrounded|evacuated|repaired|"
    "shelled|defended|retook|moved towards|retreated from|were sent to|returned to|"
    "stopped work at|opened an inquiry into the fire at|counted the damage at|brought aid to|"
    "agreed on a ceasefire for|refused to leave|were denied access to|planned to rebuild"
)
_THINGS = (
    "the river bridge|the railway station|the power station|the airfield|a checkpoint|a hospital|"
    "the old port|the grain stores|the oil tankers|two villages|the border post|the supply road|"
    "the main square|the gas pipeline|the steel works|a school|the council hall|the front line|"
    "the eastern district|the winter camp|the reservoir|the tram depot|the court|the fishing fleet"
)
_TIMES = (
    "on Monday|on Tuesday|on Wednesday|on Thursday|on Friday|over the weekend|last week|this week|"
    "late on Sunday|before dawn|after the storm|during the ceasefire|for the second time this year|"
    "since the election|after weeks of talks|as winter began|despite the sanctions|without delay"
)
_TAILS = (
    "which the other side denied|but figures could not be confirmed|and prices rose again|"
    "while talks on the budget continued|as several shops remained closed|in spite of warnings|"
    "and more units are expected in the coming days|although the report names no source|"
    "and the wage dispute is not over|which analysts had expected|as losses rose on both sides|"
    "and a state visit was delayed|but the summit will be held as planned|the first of many steps"
)
_COUNTED = {
    "killed": "people were killed",
    "wounded": "people were wounded",
    "casualties": "casualties had been counted",
    "deployed": "soldiers had been deployed",
}
_HEADLINES = (
    "reach|close|reopen|inspect|hold|leave|surround|evacuate|repair|defend|retake|return to|"
    "refuse to leave|bring aid to|plan to rebuild|move towards"
)
_FIRST = (
    "Anna Marko Jisoo Elena Tomas Mina Oskar Lena Pavel Sora Ivo Hana Jonas Ines Rafal Yuna Petra "
    "Emil Nadia Minho Clara Stefan Vera Daniel Katya Luis Greta Andrei Sofia Haruto"
)
_LAST = (
    "Lindqvist Park Ortega Novak Halloran Seo Brandt Kovac Moreau Tanaka Weiss Aldana Petrov Ryu "
    "Sandoval Keller Ilves Marchetti Osei Varga Dahl Yoon Castell Baran Whitlock Choi Ferreira "
    "Hult Zeman Rask"
)
_ROLES = "Defence minister|Police chief|Army spokesman|Mayor|General|Governor|Bank analyst"
_ONSETS = ("b", "br", "c", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "t")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_ENDS = ("n", "rl", "s", "nt", "nd", "rk", "mont", "stead", "ford", "ling", "va", "vik")
_OUTLETS = ("Harbor Wire", "The Meridian", "Northern Desk", "News Today", "Naru Ilbo")

_KOREAN_ACTORS = (
    "정부는 국방부는 국회는 경찰은 소방당국은 주민들은 시민단체는 전문가들은 대통령은 "
    "외교부는 검찰은 의료진은 구조대는 항만청은 한국은행은 노조는 시의회는"
)
_KOREAN_THINGS = (
    "다리를|철도역을|발전소를|비행장을|검문소를|병원을|항구를|곡물 창고를|국경 통로를|보급로를|"
    "가스관을|제철소를|학교를|전선을|저수지를|법원을"
)
_KOREAN_TIMES = "지난 월요일|지난주|이번 주|새벽에|폭풍 뒤에|휴전 중에|선거 이후|협상 끝에"
_KOREAN_DEEDS = (
    "폐쇄했다|다시 열었다|점검했다|복구했다고 밝혔다|점령했다고 전했다|떠났다|지켰다고 말했다|"
    "재건하기로 했다|조사하고 있다고 설명했다"
)
_KOREAN_SYLLABLES = (
    "가나다라마바사아자차고노도로모보소오조기니디리미비시이지한국군정부북남대통령회의원전투병력사상"
)


class Sentence(NamedTuple):
    """A sentence of an article, and what a claim on it says; `figure` is 0 if it has none."""

    text: str
    source: str = ""
    figure: int = 0
    measure: str = ""


class Names:
    """Made names, a few of which are frequent."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._weights = list(accumulate((rank + 4) ** -1.1 for rank in range(len(names))))

    def one(self, chance: random.Random) -> str:
        """One of them."""
        return chance.choices(self._names, cum_weights=self._weights)[0]


class Stock:
    """Sentences that articles are put together from, made once a process."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self.places = Names([_place(chance) for _ in range(12_000)])
        self.sources = [self._source(chance) for _ in range(400)]
        self.english = [self._sentence(chance) for _ in range(20_000)]
        self._korean_places = Names(
            [
                "".join(chance.choices(_KOREAN_SYLLABLES, k=chance.choice((2, 3))))
                for _ in "가" * 3000
            ]
        )
        self.korean = [self._korean(chance) for _ in range(3_000)]

    def headline(self, chance: random.Random) -> str:
        """The head of an English article."""
        actor = _one(chance, _ACTORS).removeprefix("the ").removeprefix("a ").removeprefix("an ")
        thing = _one(chance, _THINGS).removeprefix("the ").removeprefix("a ")
        text = f"{actor} to {_one(chance, _HEADLINES)} {thing} near {self.places.one(chance)}"
        return text[0].upper() + text[1:]

    def _source(self, chance: random.Random) -> str:
        first, last = chance.choice(_FIRST.split()), chance.choice(_LAST.split())
        named = f"{first} {last}" if chance.random() < 0.6 else f"{_one(chance, _ROLES)} {last}"
        return named if chance.random() < 0.7 else f"{named} of {self.places.one(chance)}"

    def _clause(self, chance: random.Random) -> str:
        """Who did what, where and when."""
        actor = f"the {PHRASE}" if chance.random() < 0.01 else _one(chance, _ACTORS)
        what = f"{_one(chance, _DEEDS)} {_one(chance, _THINGS)}"
        where = f"{chance.choice(('in', 'near', 'at', 'south of'))} {self.places.one(chance)}"
        found = f"{actor} {what} {where} {_one(chance, _TIMES)}"
        return f"{found}, {_one(chance, _TAILS)}" if chance.random() < 0.4 else found

    def _sentence(self, chance: random.Random) -> Sentence:
        text = self._clause(chance)
        if chance.random() > 0.4:
            return Sentence(f"{text[0].upper()}{text[1:]}.")
        source = self.sources[skewed(chance, len(self.sources))]
        if chance.random() > 0.4:
            return Sentence(f"{source} said that {text}.", source)
        figure, measure = chance.randint(3, 600) * 5, chance.choice(tuple(_COUNTED))
        counted = f"{figure:,} {_COUNTED[measure]} near {self.places.one(chance)}"
        text = f"{source} said {counted} after {text}."
        return Sentence(text, source, figure, measure)

    def _korean(self, chance: random.Random) -> Sentence:
        where = f"{self._korean_places.one(chance)} {self._korean_places.one(chance)}에서"
        actor = chance.choice(_KOREAN_ACTORS.split())
        what = f"{_one(chance, _KOREAN_THINGS)} {_one(chance, _KOREAN_DEEDS)}"
        return Sentence(f"{actor} {_one(chance, _KOREAN_TIMES)} {where} {what}.")


@functools.cache
def stock(seed: int) -> Stock:
    """The sentences of a seed number."""
    return Stock(seed)


def skewed(chance: random.Random, count: int) -> int:
    """A number below `count`, small ones much oftener."""
    return int(count * chance.random() ** 3)


def _one(chance: random.Random, choices: str) -> str:
    return chance.choice(choices.split("|"))


def _place(chance: random.Random) -> str:
    parts = (chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, 3)))
    return ("".join(parts) + chance.choice(_ENDS)).capitalize()


class Text(NamedTuple):
    """An article as it is written, with the place of each of its sentences in the body."""

    text: str
    title: str
    outlet: str
    published: str
    places: Sequence[tuple[int, Sentence]]


def text_of(seed: int, number: int, middle: int) -> Text:
    """The article with this number; the rare words stand in the one numbered `middle`."""
    chance = random.Random(f"{seed}/{number}")
    korean = number % 10 == 3
    pool = stock(seed).korean if korean else stock(seed).english
    chosen = chance.choices(pool, k=chance.randint(16, 28))
    if number == middle:
        chosen[3] = Sentence(f"A name like {RARE} stands nowhere else, nor does {SYLLABLES}.")
    outlet = _OUTLETS[skewed(chance, len(_OUTLETS))]
    day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
    hour = f"{chance.randint(6, 22):02}:{chance.randint(0, 59):02}"
    head = " ".join(chosen[0].text.split()[:5]) if korean else stock(seed).headline(chance)
    title = f"{head} {number}"
    pieces = [f"{title}\n\n입력 {day} {hour}:00 수정 {day} {hour}:30 {outlet}\n"]
    at = len(pieces[0])
    places: list[tuple[int, Sentence]] = []
    for sentence in chosen:
        blank = "\n" if not places else "\n\n" if chance.random() < 0.5 else " "
        places.append((at + len(blank), sentence))
        pieces += (blank, sentence.text)
        at += len(blank) + len(sentence.text)
    pieces.append("\n")
    return Text("".join(pieces), title, outlet, f"{day}T{hour}:00+09:00", places)
