"""Words that attribute in a wider sense: not only what is said but what is thought and wanted.

Data, and the forms that verbs take. They are looked for where an article is read as a whole, and
what rests on them alone is never more than a proposal.
"""

from __future__ import annotations

from functools import cache


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Verbs that attribute whatever follows them.
_WITH_ANYTHING = _words(
    """
    accuse acknowledge add admire admit advise advocate allege announce anticipate apologise
    apologize applaud argue ask assail assert assess assume assure attack back bash believe
    belittle bemoan blame blast boast brag call caution celebrate challenge champion chant
    charge chastise chide cite claim commend complain concede conclude condemn confess confide
    confirm congratulate consider contend convince counter credit criticise criticize declare
    decline decry deem defend demand denounce deny deride describe disagree disavow disclose
    discuss dislike dismiss disparage dispute disregard doubt echo elaborate email embrace
    emphasise emphasize encourage endorse envision estimate exclaim excoriate expect explain
    express extol favor favour fear feel foresee guess hail highlight hint hope imagine imply
    indicate inform insinuate insist insult intend interject invoke joke knock label lambast
    lament laud liken lob maintain mention mock mourn muse note object observe offer opine
    oppose pan persuade plan pledge ponder portray post praise preach predict prefer proclaim
    promise promote propose protest push question quip quote reaffirm reassure rebuff rebuke
    rebut recall recite reckon recognise recognize recommend recount refer refuse refute regret
    reiterate reject relate remark remind renounce repeat reply report repudiate request resent
    respond retort retweet reveal ridicule rip say scoff scold seek shout signal skewer slam
    speculate stress suggest support surmise suspect swear tackle taunt tease tell testify thank
    theorize think threaten tout trash trumpet trust tweet underscore urge vent voice volunteer
    vow wager want warn welcome wish wonder worry write yell
    """
)
# Verbs that attribute when a clause, a quotation or a colon follows them.
_WITH_A_CLAUSE = _words(
    """
    accept agree answer calculate clarify consider continue decide demonstrate determine dictate
    discover document figure find forget guarantee hear hold know learn notice pray prove read
    realise realize reason remember resolve rule see sense show speak state stipulate talk teach
    understand
    """
)
# Verbs that attribute when an infinitive follows them.
_WITH_AN_INFINITIVE = _words(
    """
    agree aim aspire consent decide desire dream elect hate like long love mean opt prepare
    resolve strive vote yearn
    """
)
# Verbs that attribute when `as` follows what they speak of: `sees the port as lost`.
_WITH_AS = _words("cast depict perceive regard see treat view")
# A verb and the word that makes it attribute: `called for`, `pointed out`, `came out against`.
_WITH_A_WORD = {
    "agree": "with on about", "allude": "to", "bet": "on that", "boast": "about of",
    "bring": "up", "call": "for on", "campaign": "against", "care": "about", "come": "out",
    "comment": "on about", "disagree": "with", "distance": "", "dream": "of about",
    "fire": "back", "focus": "on", "go": "on", "gush": "about over", "harp": "on", "hear": "from",
    "hit": "back", "joke": "about", "lash": "out", "laugh": "at off", "lay": "out",
    "lean": "toward towards", "learn": "about of", "lie": "about", "lobby": "for against",
    "look": "forward", "make": "clear", "mull": "", "nod": "to", "object": "to", "outline": "",
    "point": "out to", "push": "for back", "rail": "against", "rally": "against behind",
    "reflect": "on", "respond": "to by", "rule": "that out", "ruminate": "on", "shoot": "back",
    "show": "", "side": "with", "sound": "off", "speak": "of about out against", "spell": "out",
    "stand": "by", "sympathize": "with", "take": "aim issue", "talk": "about of up",
    "tear": "into", "think": "about of", "touch": "on", "vouch": "for", "warn": "of against",
    "weigh": "in", "wonder": "about", "worry": "about",
}  # fmt: skip

_IRREGULAR = {
    "bet": "bets bet betting", "bring": "brings brought bringing", "come": "comes came coming",
    "feel": "feels felt feeling", "find": "finds found finding",
    "foresee": "foresees foresaw foreseen foreseeing",
    "forget": "forgets forgot forgotten forgetting", "go": "goes went gone going",
    "hear": "hears heard hearing", "hit": "hits hit hitting", "hold": "holds held holding",
    "know": "knows knew known knowing", "lay": "lays laid laying", "lie": "lies lied lying",
    "make": "makes made making", "mean": "means meant meaning", "push": "pushes pushed pushing",
    "read": "reads read reading", "say": "says said saying", "see": "sees saw seen seeing",
    "seek": "seeks sought seeking", "shoot": "shoots shot shooting",
    "show": "shows showed shown showing", "speak": "speaks spoke spoken speaking",
    "stand": "stands stood standing", "swear": "swears swore sworn swearing",
    "take": "takes took taken taking", "teach": "teaches taught teaching",
    "tear": "tears tore torn tearing", "tell": "tells told telling",
    "think": "thinks thought thinking", "understand": "understands understood understanding",
    "write": "writes wrote written writing",
}  # fmt: skip
_DOUBLED = frozenset(_words("admit plan quip rip brag rebut slam refer regret pan opt nod bet"))


def forms(verb: str) -> tuple[str, ...]:
    """The forms of a verb: plain, with -s, past, participle, with -ing."""
    if verb in _IRREGULAR:
        return (verb, *_IRREGULAR[verb].split())
    stem = verb + verb[-1] if verb in _DOUBLED else verb
    if verb.endswith("e"):
        return (verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    if verb.endswith("y") and verb[-2] not in "aeou":
        return (verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
    plural = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x")) else f"{verb}s"
    return (verb, plural, f"{stem}ed", f"{stem}ing")


def _all_forms(verbs: tuple[str, ...]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in forms(verb))


WITH_ANYTHING = _all_forms(_WITH_ANYTHING)
WITH_A_CLAUSE = _all_forms(_WITH_A_CLAUSE)
WITH_AN_INFINITIVE = _all_forms(_WITH_AN_INFINITIVE)
WITH_AS = _all_forms(_WITH_AS)
WITH_A_WORD = {
    form: frozenset(words.split()) for verb, words in _WITH_A_WORD.items() for form in forms(verb)
}
PLAIN = frozenset((*_WITH_ANYTHING, *_WITH_A_CLAUSE, *_WITH_AN_INFINITIVE, *_WITH_A_WORD))


@cache
def _verbs() -> dict[str, str]:
    """The plain form of each form of a verb that attributes."""
    listed = (_WITH_ANYTHING, _WITH_A_CLAUSE, _WITH_AN_INFINITIVE, _WITH_AS, _WITH_A_WORD)
    found: dict[str, str] = {}
    for verb in (verb for verbs in listed for verb in verbs):
        for form in forms(verb):
            found.setdefault(form, verb)
    return found


def verb_of(words: str) -> str:
    """Words in small letters with the first one in its plain form: `points out` is `point out`."""
    first, blank, rest = words.partition(" ")
    return f"{_verbs().get(first, first)}{blank}{rest}"


# Forms that are nouns as often: verbs only behind somebody who can do it.
NOUN_AS_OFTEN = frozenset(
    _words(
        """
        advocate advocates applause attack attacks back backing backs beliefs call calls caution
        cautions challenge challenges champion champions charge charges claim claims comment
        comments counter counters credit credits demand demands desire desires detail details
        dispute disputes doubt doubts dream dreams echo echoes email emails estimate estimates
        experience favor favors favour favours fear fears hate hint hints hope hopes insult
        insults joke jokes knock knocks label labels laugh laughs love loves mention mentions
        note notes object objects offer offers outline outlines pan pans plan plans pledge
        pledges post posts praise promise promises protest protests push question questions
        quote quotes rally read reason reasons regret release reply report reports request
        requests resolve rip rule rules seek sense senses signal signals slam state states
        stress support supports suspect suspects swear talk talks taunt taunts thought trash
        trumpet trust tweet tweets urge urges view views voice voices volunteer volunteers vote
        votes vow vows wager wonder worries worry
        """
    )
)

# Nouns that attribute with what follows them: `the claim that`, `his support for`.
NOUNS = frozenset(
    _words(
        """
        accusation accusations admission allegation allegations announcement anxiety argument
        arguments assertion assertions assumption assurance assurances belief beliefs charge
        charges claim claims comment comments comparison complaint complaints concern concerns
        conclusion confidence contention criticism criticisms critique decision declaration
        demand demands denunciation description desire disapproval disclosure discussion doubt
        doubts endorsement expectation expectations explanation fear fears frustration hope
        hopes idea indication insistence intention interest interpretation memo notion opinion
        opposition outrage perception plan pledge position praise prediction predictions promise
        promises proposal proposals question questions recommendation refusal rejection remark
        remarks reminder report reports request revelation revelations rhetoric rumor rumors
        sense sentiment signal skepticism speculation statement statements suggestion
        suggestions support suspicion tweet understanding view views vow warning warnings
        willingness worries worry
        """
    )
)
# Words behind `is` that say what somebody thinks: `was confident that`.
ADJECTIVES = frozenset(
    _words(
        """
        adamant afraid angry anxious aware certain concerned confident convinced critical
        determined disappointed eager enthusiastic furious glad happy hesitant hopeful hostile
        impressed inclined interested keen mindful nervous open optimistic outraged outspoken
        pessimistic pleased proud reluctant sceptical shocked skeptical supportive sure
        surprised sympathetic thrilled unaware unsure unwilling upset wary willing worried
        """
    )
)
