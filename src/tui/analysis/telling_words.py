"""Words that tell what a text is about, and words that tell nothing of it. Data only."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# They stand in texts about anything.
STOPS = _words(
    """
    the and but for from with was were are been being its his her she they their them you your our
    that this these those which who whom whose what when where while than then not nor does did
    have has had having will would can could may might must should shall said says say saying told
    tell about into over after before between during under more most less least some any all each
    other others another such only own same very just also there here out off again once both few
    because until against through per cent mr mrs ms dr sir lord now one two three four five six
    seven eight nine ten hundred thousand million billion trillion first second third year years
    month months week weeks day days today yesterday last next new since ago according reported
    reports report added however still even much many made make take taken get got put went come
    came how why well back down upon within without among across around near almost nearly roughly
    january february march april june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday hers ours mine yours him himself herself
    itself themselves too yet ever never every either neither
    """
)
# By the words that name them, English and Korean; capitals stand for their countries, as they do
# in the news. It serves to tell two statements apart that are about different ones.
COUNTRIES = {
    "north korea": "north korea, north korean, north koreans, pyongyang, dprk, 북한, 평양",
    "south korea": "south korea, south korean, south koreans, seoul, 한국, 서울",
    "russia": "russia, russian, russians, moscow, kremlin, 러시아, 모스크바",
    "ukraine": "ukraine, ukrainian, ukrainians, kyiv, kiev, 우크라이나, 키이우",
    "us": "US, USA, america, american, americans, washington, 미국, 워싱턴",
    "uk": "UK, britain, british, briton, britons, england, english, 영국",
    "scotland": "scotland, scottish, scots, 스코틀랜드",
    "wales": "wales, welsh",
    "ireland": "ireland, irish, dublin, 아일랜드",
    "eu": "EU, european, brussels, eurozone, 유럽",
    "china": "china, chinese, beijing, 중국, 베이징",
    "taiwan": "taiwan, taiwanese, taipei, 대만",
    "japan": "japan, japanese, tokyo, 일본, 도쿄",
    "germany": "germany, german, germans, berlin, 독일, 베를린",
    "france": "france, french, paris, 프랑스, 파리",
    "italy": "italy, italian, italians, rome, 이탈리아",
    "spain": "spain, spanish, madrid, 스페인",
    "portugal": "portugal, portuguese, lisbon, 포르투갈",
    "netherlands": "netherlands, dutch, 네덜란드",
    "belgium": "belgium, belgian, 벨기에",
    "switzerland": "switzerland, swiss, 스위스",
    "austria": "austria, austrian, vienna, 오스트리아",
    "poland": "poland, polish, warsaw, 폴란드",
    "greece": "greece, greek, greeks, athens, 그리스",
    "turkey": "turkey, turkish, ankara, 튀르키예, 터키",
    "sweden": "sweden, swedish, stockholm, 스웨덴",
    "norway": "norway, norwegian, oslo, 노르웨이",
    "denmark": "denmark, danish, copenhagen, 덴마크",
    "finland": "finland, finnish, helsinki, 핀란드",
    "iran": "iran, iranian, iranians, tehran, 이란",
    "iraq": "iraq, iraqi, iraqis, baghdad, 이라크",
    "israel": "israel, israeli, israelis, jerusalem, 이스라엘",
    "syria": "syria, syrian, syrians, damascus, 시리아",
    "lebanon": "lebanon, lebanese, beirut, 레바논",
    "saudi arabia": "saudi arabia, saudi, saudis, riyadh, 사우디",
    "egypt": "egypt, egyptian, cairo, 이집트",
    "india": "india, indian, indians, delhi",
    "pakistan": "pakistan, pakistani, islamabad, 파키스탄",
    "sri lanka": "sri lanka, sri lankan, colombo, 스리랑카",
    "indonesia": "indonesia, indonesian, jakarta, 인도네시아",
    "thailand": "thailand, thai, bangkok, 태국",
    "vietnam": "vietnam, vietnamese, hanoi, 베트남",
    "australia": "australia, australian, australians, canberra, 호주",
    "new zealand": "new zealand, 뉴질랜드",
    "canada": "canada, canadian, canadians, ottawa, 캐나다",
    "mexico": "mexico, mexican, mexicans, 멕시코",
    "brazil": "brazil, brazilian, brazilians, 브라질",
    "argentina": "argentina, argentine, argentinian, 아르헨티나",
    "south africa": "south africa, south african, south africans, pretoria, 남아프리카",
    "nigeria": "nigeria, nigerian, nigerians, 나이지리아",
    "kenya": "kenya, kenyan, kenyans, 케냐",
    "zimbabwe": "zimbabwe, zimbabwean, 짐바브웨",
    "sudan": "sudan, sudanese",
}
