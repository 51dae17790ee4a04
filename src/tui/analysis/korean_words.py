"""Korean words that attribute: verbs by their stems, nouns of telling, lead-ins. Data only."""

from __future__ import annotations

from typing import NamedTuple


class Verb(NamedTuple):
    """The stems that a verb's endings are put behind: `밝혔` `밝힌` `밝힙` `밝히` `밝힌` `밝혀`."""

    past: str
    present: str
    formal: str
    joining: str
    adnominal: str
    infinitive: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _hada(text: str) -> tuple[Verb, ...]:
    return tuple(
        Verb(f"{w}했", f"{w}한", f"{w}합", f"{w}하", f"{w}한", f"{w}해") for w in text.split()
    )


# Behind a quotation or `-다고` these tell by themselves who says it.
SAYING = (
    Verb("밝혔", "밝힌", "밝힙", "밝히", "밝힌", "밝혀"),
    Verb("알렸", "알린", "알립", "알리", "알린", "알려"),
    Verb("덧붙였", "덧붙인", "덧붙입", "덧붙이", "덧붙인", "덧붙여"),
    Verb("내다봤", "내다본", "내다봅", "내다보", "내다본", "내다봐"),
    Verb("내다보았", "내다본", "내다봅", "내다보", "내다본", "내다봐"),
    Verb("털어놨", "털어놓는", "털어놓습", "털어놓", "털어놓은", "털어놔"),
    Verb("털어놓았", "털어놓는", "털어놓습", "털어놓", "털어놓은", "털어놓아"),
    Verb("꼬집었", "꼬집는", "꼬집습", "꼬집", "꼬집은", "꼬집어"),
    Verb("되물었", "되묻는", "되묻습", "되묻", "되물은", "되물어"),
    Verb("외쳤", "외친", "외칩", "외치", "외친", "외쳐"),
    Verb("내비쳤", "내비친", "내비칩", "내비치", "내비친", "내비쳐"),
    Verb("결론지었", "결론짓는", "결론짓습", "결론지", "결론지은", "결론지어"),
    Verb("적었", "적는", "적습", "적", "적은", "적어"),
    Verb("썼", "쓴", "씁", "쓰", "쓴", "써"),
    *_hada(
        """
        말 전 설명 강조 주장 보도 발표 전망 분석 예상 우려 지적 촉구 반박 부인 인정 당부 요청 비판
        평가 추산 추정 경고 진단 언급 역설 답 답변 대답 응답 일축 관측 보고 토로 시사 호소 해명
        고백 회상 증언 진술 반문 요구 제안 권고 조언 예측 단언 약속 선언 공언 다짐 하소연 술회
        장담 항변 반발 성토 비난 질타 소개 표명 피력 공지 통보 폭로 시인 해석 풀이 단정 자평 자신
        귀띔 논평 공식화 판시 예고 설파 제언 개탄 명시 확인 판단 평 단평 총평
        """
    ),
)
# These tell what somebody thinks, and are proposed only.
THINKING = (
    Verb("믿었", "믿는", "믿습", "믿", "믿은", "믿어"),
    Verb("여겼", "여긴", "여깁", "여기", "여긴", "여겨"),
    Verb("느꼈", "느낀", "느낍", "느끼", "느낀", "느껴"),
    Verb("물었", "묻는", "묻습", "묻", "물은", "물어"),
    Verb("꼽았", "꼽는", "꼽습", "꼽", "꼽은", "꼽아"),
    *_hada("생각 기대 추측 의심 가정 염려 걱정 희망 칭찬 호평 극찬 비유 정의 조언 공감 동의 합의"),
)
# What somebody found: `-것을`, `-음을`, `-다는 사실을`.
FINDING = (
    Verb("밝혀냈", "밝혀낸", "밝혀냅", "밝혀내", "밝혀낸", "밝혀내"),
    Verb("알아냈", "알아낸", "알아냅", "알아내", "알아낸", "알아내"),
    Verb("찾아냈", "찾아낸", "찾아냅", "찾아내", "찾아낸", "찾아내"),
    Verb("알아챘", "알아챈", "알아챕", "알아채", "알아챈", "알아채"),
    Verb("깨달았", "깨닫는", "깨닫습", "깨닫", "깨달은", "깨달아"),
    Verb("보여줬", "보여준", "보여줍", "보여주", "보여준", "보여줘"),
    *_hada("확인 증명 규명 발견 입증 관찰 검증 실증"),
)
# What is done with a view, a result, a report: `-다는 분석을 내놨다`.
GIVING = (
    Verb("내놨", "내놓는", "내놓습", "내놓", "내놓은", "내놔"),
    Verb("내놓았", "내놓는", "내놓습", "내놓", "내놓은", "내놓아"),
    Verb("드러냈", "드러낸", "드러냅", "드러내", "드러낸", "드러내"),
    Verb("보였", "보인", "보입", "보이", "보인", "보여"),
    Verb("얻었", "얻는", "얻습", "얻", "얻은", "얻어"),
    Verb("냈", "낸", "냅", "내", "낸", "내"),
    Verb("폈", "펴는", "폅", "펴", "편", "펴"),
    Verb("펼쳤", "펼친", "펼칩", "펼치", "펼친", "펼쳐"),
    Verb("실었", "싣는", "싣습", "싣", "실은", "실어"),
    *_hada("제시 제기 표 공개 고수 견지 제안 게재"),
)
# Of what somebody speaks without a clause: `대책을 촉구했다`, `가능성을 시사했다`.
ABOUT = _words(
    """
    강조했 지적했 비판했 촉구했 당부했 부인했 인정했 시사했 경고했 요구했 우려했 내비쳤 언급했
    제안했 권고했 호소했 반박했 일축했 약속했 요청했 비난했 규탄했 공감했
    """
)
ABOUT_PARTICLES = r"(?:을|를|도|에)"
# Set phrases in the place of a verb, behind a quotation or `-다고`.
SET_PHRASES = _words(
    """
    힘을_보탰다 목소리를_높였다 말을_아꼈다 입을_모았다 선을_그었다 으름장을_놨다 불만을_터뜨렸다
    고개를_저었다 말을_이었다 운을_뗐다 혀를_내둘렀다 각을_세웠다 날을_세웠다 말을_했다
    말을_남겼다 돼_있다 되어_있다 적혀_있다 쓰여_있다 적혀_있었다 나와_있다
    """
)

# Without anybody who says it: what it makes of the statement.
AGENTLESS = {
    "알려졌": "reported", "전해졌": "reported", "알려진": "reported", "전해진": "reported",
    "보도됐": "reported", "보도된": "reported", "파악됐": "reported", "파악된": "reported",
    "조사됐": "reported", "집계됐": "reported", "집계된": "reported", "확인됐": "reported",
    "나타났": "reported", "밝혀졌": "reported", "드러났": "asserted", "보고됐": "reported",
    "추산된": "estimated", "추산됐": "estimated", "추정된": "estimated", "추정됐": "estimated",
    "예상된": "estimated", "예상됐": "estimated", "전망된": "estimated", "전망됐": "estimated",
    "기대된": "estimated", "기대됐": "estimated", "예측된": "estimated", "예측됐": "estimated",
    "분석된": "estimated", "분석됐": "estimated", "평가된": "estimated", "판단된": "estimated",
    "관측된": "possible", "관측됐": "possible", "해석된": "possible", "풀이된": "possible",
    "보인": "possible", "점쳐진": "possible", "여겨진": "possible", "추측된": "possible",
    "우려된": "possible", "평가받": "reported",
}  # fmt: skip
# `알려져 있다`, `알려지면서`
AGENTLESS_JOINED = {
    "알려져": "reported", "전해져": "reported", "알려지": "reported", "전해지": "reported",
}  # fmt: skip
# The formal present: `추정됩니다`.
AGENTLESS_FORMAL = {
    "알려집": "reported", "전해집": "reported", "추산됩": "estimated", "추정됩": "estimated",
    "예상됩": "estimated", "전망됩": "estimated", "기대됩": "estimated", "예측됩": "estimated",
    "분석됩": "estimated", "판단됩": "estimated", "평가됩": "estimated", "관측됩": "possible",
    "해석됩": "possible", "풀이됩": "possible", "보입": "possible", "우려됩": "possible",
    "파악됩": "reported", "나타납": "reported",
}  # fmt: skip
# `-이라는 지적도 나온다`
ARISES = _words(
    """
    나온다 나왔다 나옵니다 나왔습니다 나오고_있다 나오고_있습니다 나오기도_했다 제기된다 제기됐다
    제기되고_있다 제기됩니다 제기됐습니다 이어졌다 이어지고_있다 잇따랐다 잇따르고_있다 쏟아졌다
    쏟아지고_있다 우세하다 지배적이다 지배적이었다 확산되고_있다 커지고_있다 일고_있다 많다
    적지_않다 있다 있었다 있습니다 대두됐다 힘을_얻고_있다 고개를_들고_있다 들린다 돈다 돌고_있다
    """
)

# Nouns of what is said, thought and found, and what they make of the statement.
TELLING_NOUNS = {
    "결과": "reported", "연구 결과": "reported", "조사 결과": "reported", "소식": "reported",
    "보도": "reported", "증언": "reported", "주장": "reported", "지적": "reported",
    "비판": "reported", "의견": "reported", "목소리": "reported", "평가": "reported",
    "반응": "reported", "설명": "reported", "진단": "reported", "해명": "reported",
    "입장": "reported", "분석": "estimated", "전망": "estimated", "예측": "estimated",
    "추정": "estimated", "관측": "possible", "우려": "possible", "해석": "possible",
    "추측": "possible", "의혹": "possible", "가설": "possible", "이론": "reported",
    "견해": "reported", "생각": "reported", "판단": "estimated", "경고": "possible",
    "이야기": "reported", "얘기": "reported", "말": "reported", "소문": "reported",
    "보고": "reported", "조언": "reported", "제안": "reported", "요구": "reported",
    "뜻": "reported", "의사": "reported", "방침": "reported", "계획": "reported",
    "의지": "reported", "사실": "reported", "내용": "reported", "성명": "reported",
    "보고서": "reported", "논문": "reported", "논리": "reported", "취지": "reported",
    "시각": "reported", "믿음": "reported", "기대": "estimated", "고백": "reported",
    "답변": "reported", "인식": "reported", "반론": "reported", "바람": "reported",
}  # fmt: skip
# With which a sentence says what the one before was about: `-다는 것이다`.
CLOSING_NOUNS = _words(
    """
    것 설명 입장 주장 얘기 이야기 지적 분석 전망 판단 의견 생각 뜻 취지 평가 내용 관측 해석 논리
    진단 우려 의미 반응 견해 방침 계획 말 조언 시각 바람 제안 해명 요지 요구
    """
)
# Of these alone nobody would say that somebody said it.
WEAK_CLOSINGS = _words("것 뜻 내용 얘기 이야기 의미 말 바람 요지")
# `-할 전망이다`: nobody is named, something is expected.
FORECASTS = _words("전망이다 전망입니다")
# `-할 생각이다`: where somebody stands.
INTENTIONS = _words("입장이다 입장입니다 생각이다 생각입니다")

LEAD_INS = _words(
    """
    이에_대해 이와_관련해 이에_대하여 이와_함께 한편 다만 그러나 하지만 그런데 또 또한 앞서 특히
    이어 이어서 아울러 이날 이후 그러면서 그러면서도 실제로 더불어 나아가 그리고 이에 이에_따라
    반면 반대로 예컨대 예를_들어 따라서 결국 즉 이처럼 최근 최근에는 지금까지 현재 당시 그동안
    마지막으로 먼저 우선
    """
)
# Behind these the speaker goes on.
GOING_ON = _words(
    """
    이어 이어서 또 또한 그러면서 그러면서도 아울러 더불어 이와_함께 그리고 특히 다만
    """
)
# Where and by what somebody says something: no part of what is said.
VENUES = _words(
    """
    기자회견 간담회 브리핑 성명 성명서 보고서 논문 인터뷰 페이스북 트위터 SNS 회의 자료 보도자료
    통화 토론회 국정감사 세미나 행사 연설 방송 청문회 발표회 설명회 심포지엄 콘퍼런스 컨퍼런스
    신문 통신 홈페이지 블로그 서한 편지 담화 공지 공지문 총회 강연 강의 발표 라디오 칼럼 기고 사설
    정례브리핑 대담 입장문 논평 답변서
    """
)
