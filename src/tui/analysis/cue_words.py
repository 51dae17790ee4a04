"""Words that attribute: reporting verbs, nouns of sources, hedges. Data only."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _forms(line: str) -> tuple[str, ...]:
    return tuple(form.replace("_", " ") for form in line.split())


# Verbs that attribute by themselves: third person, past, plain form.
SAYING = _forms(
    """
    says said say tells told tell announces announced announce declares declared declare
    confirms confirmed confirm denies denied deny warns warned warn reported reports report insists
    insisted insist argues argued argue acknowledges acknowledged acknowledge admits admitted admit
    alleges alleged allege predicts predicted predict explains explained explain adds added add
    writes wrote suggests suggested suggest concludes concluded conclude reveals revealed replies
    replied reply stresses stressed stress believes believed believe thinks thought think concedes
    conceded concede contends contended contend asserts asserted assert testifies testified testify
    notes noted claims claimed claim maintains maintained states stated estimates estimated estimate
    emphasises emphasised emphasizes emphasized emphasize pointed_out points_out disclosed discloses
    speculates speculated speculate reckons reckoned reckon forecasts forecast cautioned cautions
    reiterated reiterates recounted recounts countered counters retorted quipped joked complained
    complains asserting tweeted tweets posted assesses assessed assess
    """
)
# Verbs that attribute when `that`, a quotation or a comma shows it.
WEAK = _forms(
    """
    finds found learns learned learnt indicates indicated indicate shows showed show agrees agreed
    agree expects expected expect fears feared fear hopes hoped hope sees doubts doubted doubt
    recalls recalled recall remarked remarks suspects suspected suspect accuses accused urges urged
    urge describes described describe disputes disputed dispute rejects rejected reject vows vowed
    vow pledges pledged promises promised observes observed comments commented responds responded
    hints hinted implies implied dismisses dismissed dismiss concerned
    remembers remembered remember hears heard understands understood knows knew asks asked
    wondered boasted threatened threatens
    proposes proposed demands demanded advises advised calls called
    """
)
# Forms that are nouns as well: `the reports`, `its claims`.
NOUN_TOO = _words(
    """
    reports report claims claim estimates estimate notes states forecasts forecast plans
    doubts doubt fears fear hopes hope shows show urges comments remarks promises pledges
    demands counters stress state cautions hints say posts
    """
)
DENYING = _words(
    """
    denies denied deny disputes disputed dispute rejects rejected reject dismisses dismissed
    dismiss refutes refuted doubts doubted doubt
    """
)
ESTIMATING = _words(
    """
    estimates estimated estimate assesses assessed assess reckons reckoned reckon forecasts
    forecast predicts predicted predict expects expected expect
    """
)
DENYING_KOREAN = ("부인했다", "반박했다", "일축했다")
ESTIMATING_KOREAN = (
    "추산했다", "추정했다", "봤다", "내다봤다", "내다보았다", "전망했다", "예상했다", "예측했다",
    "판단했다", "관측했다", "추측했다", "기대했다",
)  # fmt: skip

# Nouns that head an unnamed source, by what kind of source they make.
ANONYMOUS = _words(
    """
    official officials source sources authorities diplomat diplomats insider insiders aide
    aides officer officers adviser advisers advisor advisors informant informants person
    people someone interpreter medic soldier soldiers prisoner prisoners commander commanders
    executive executives employee employees staffer staffers operative operatives witness
    witnesses neighbour neighbor neighbours neighbors man woman resident residents survivor
    survivors fighter fighters
    """
)
ROLES = _words(
    """
    agency ministry government army military navy police service president minister spokesman
    spokeswoman spokesperson spokespeople spokesmen department office committee commission
    council court company firm group party union bank institute university organisation
    organization association federation parliament congress senate administration embassy
    command staff secretary chairman chairwoman chair director chief head governor mayor
    leader judge prosecutor prosecutors general colonel major captain lawyer lawyers attorney
    attorneys campaign team regulator watchdog think-tank newspaper paper magazine broadcaster
    channel network station outlet pope prince king queen chancellor ambassador envoy
    candidate senator journalist presenter campaigner politician officer
    barrister solicitor surgeon vicar mp msp peer congressman congresswoman lawmaker professor
    author manager
    coach owner founder player doctor mother father brother sister son daughter wife husband
    family historian economist analyst expert researcher scientist correspondent reporter
    editor columnist teacher boss firefighter charity body board panel inspector ombudsman
    kremlin pentagon
    nominee businessman narrator announcer commissioner strategist moderator pollster
    """
)
COLLECTIVE = _words(
    """
    analysts experts observers critics lawmakers politicians scientists researchers economists
    reporters journalists media newspapers supporters opponents activists campaigners
    investors traders doctors teachers members ministers leaders governments others some many
    most both several few all republicans democrats conservatives liberals sides capitals side
    americans russians ukrainians historians families relatives locals democrat republican
    allies rivals commentators forecasters academics fans protesters rebels militants
    spokesmen executives
    """
)
DOCUMENTS = _words(
    """
    report reports study studies research statement survey poll polls letter document documents memo
    email emails article data figures statistics intelligence indictment complaint lawsuit
    filing filings transcript record records book paper papers review analysis assessment
    summary account accounts law release dossier affidavit communique communiqué census audit
    records tweet post posts
    """
)
# Capitalised words that make a name one of an organisation.
ORGANISATION = _words(
    """
    service ministry agency institute center centre times post guardian journal news press
    wire desk university college office department committee commission council court army
    navy forces staff party union bank group corporation company ltd inc plc association
    federation organisation organization parliament congress senate house administration
    government embassy command police bureau board authority intelligence network television
    tv radio magazine forum lab foundation society trust league club fund treasury pentagon
    kremlin nato un eu bbc cnn reuters ap afp nis nyt meridian street reserve nations
    coalition alliance campaign front cabinet chiefs executive
    """
)
# Common nouns of organisations.
ORGANISED = _words(
    """
    agency ministry government army military navy police service department office committee
    commission council court company firm group party union bank institute newspaper
    broadcaster administration campaign paper charity
    """
)
PLACES = _words(
    """
    seoul pyongyang moscow kyiv kiev washington beijing tokyo london paris berlin brussels
    russia ukraine china japan germany france britain england scotland wales ireland italy
    spain poland turkey iran iraq israel syria india pakistan tehran baghdad ankara warsaw
    delhi canberra ottawa america australia canada mexico cuba egypt korea rome madrid
    """
)
TITLES = _words(
    """
    president minister chancellor secretary senator sen. rep. representative congressman
    governor gov. mayor general gen. colonel col. major maj. captain capt. lieutenant lt.
    sergeant sgt. professor prof. dr dr. mr mr. mrs mrs. ms ms. sir dame lord lady king queen
    prince princess pope judge justice ambassador spokesman spokeswoman spokesperson chief
    director chairman chairwoman premier mp cllr rev. rev bishop archbishop cardinal inspector
    superintendent leader analyst attorney prosecutor commissioner speaker
    """
)
PRONOUNS = ("he", "she", "they", "it")

AGENTLESS_ADVERBS = ("reportedly", "allegedly", "purportedly", "supposedly", "apparently")
AGENTLESS_VERBS = (
    "believed", "thought", "said", "reported", "understood", "alleged", "rumoured", "rumored",
    "estimated", "feared", "assumed", "known", "claimed", "expected", "presumed", "suspected",
)  # fmt: skip
AGENTLESS_NOUNS = {
    "speculation": "possible", "rumours": "reported", "rumors": "reported", "talk": "reported",
    "claims": "reported", "allegations": "reported", "reports": "reported",
    "suggestions": "possible", "concern": "possible", "concerns": "possible", "fears": "possible",
    "suspicion": "possible", "suspicions": "possible", "indications": "possible",
    "signs": "possible",
}  # fmt: skip

# Hedges and what they make of a statement; the first of denied, possible, estimated, reported wins.
HEDGES = {
    "reportedly": "reported", "allegedly": "reported", "purportedly": "reported",
    "supposedly": "reported", "apparently": "reported", "is said to": "reported",
    "are said to": "reported", "was said to": "reported", "were said to": "reported",
    "is reported to": "reported", "are reported to": "reported", "it is said": "reported",
    "is believed to": "reported", "are believed to": "reported", "was believed to": "reported",
    "were believed to": "reported", "is thought to": "reported", "are thought to": "reported",
    "was thought to": "reported", "were thought to": "reported", "is understood to": "reported",
    "are understood to": "reported", "are alleged to": "reported", "is alleged to": "reported",
    "is rumoured to": "reported", "are rumoured to": "reported",
    "may": "possible", "might": "possible", "possibly": "possible", "perhaps": "possible",
    "maybe": "possible", "could": "possible", "probably": "possible", "likely": "possible",
    "unlikely": "possible", "appears to": "possible", "appear to": "possible",
    "appeared to": "possible", "seems to": "possible", "seem to": "possible",
    "seemed to": "possible", "potentially": "possible", "presumably": "possible",
    "it is possible": "possible", "speculation": "possible", "cannot be ruled out": "possible",
    "suggests": "possible", "suggest": "possible", "conceivably": "possible",
    "an estimated": "estimated", "is estimated": "estimated", "are estimated": "estimated",
    "was estimated": "estimated", "were estimated": "estimated",
    "is expected to": "estimated",
    "are expected to": "estimated", "'re expected to": "estimated",
    "’re expected to": "estimated", "expected to": "estimated", "is projected to": "estimated",
    "are projected to": "estimated", "is forecast to": "estimated",
    "by some estimates": "estimated",
}  # fmt: skip
# After `could` these speak of ability, not of possibility.
ABILITY = _words(
    """
    see hear feel afford understand tell find read name remember think do
    """
)

KOREAN_HEDGES = {
    "수 있": "possible", "수도 있": "possible",
    "가능성": "possible", "듯하다": "possible", "것으로 보인다": "possible",
    "것으로 보고": "estimated", "추산": "estimated", "추정": "estimated", "전망": "estimated",
    "예상": "estimated", "것으로 봅니다": "estimated", "알려졌다": "reported",
    "전해졌다": "reported", "알려진": "reported", "전해진": "reported", "것 같다": "possible",
    "것으로 관측": "possible", "관측이": "possible", "듯 보": "possible", "듯싶": "possible",
    "듯합니다": "possible", "듯했": "possible", "것으로 보이": "possible",
    "것으로 보입": "possible",
    "것 같": "possible", "지 모른": "possible", "지도 모르": "possible", "확률이 높": "possible",
    "것으로 판단": "estimated", "것으로 예측": "estimated", "개연성": "possible",
    "여지가 있": "possible",
}  # fmt: skip
