"""Korean words that attribute, and those of whom they attribute to. Data only.

A verb is given by its stems: past, present, formal present, connecting, adnominal, infinitive.
"""

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
        말 전 설명 강조 주장 보도 발표 전망 분석 예상 우려 지적 촉구 반박 부인 인정 당부 요청 비판 평가
        추산 추정 경고 진단 언급 역설 답 답변 대답 응답 일축 관측 보고 토로 시사 호소 해명 고백 회상 증언
        진술 반문 요구 제안 권고 조언 예측 단언 약속 선언 공언 다짐 하소연 술회 장담 항변 반발 성토 비난
        질타 소개 표명 피력 공지 통보 폭로 시인 해석 풀이 단정 자평 자신 귀띔 논평 공식화 판시 예고 설파
        제언 개탄 명시 확인 판단 평 단평 총평
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
    "강조했 지적했 비판했 촉구했 당부했 부인했 인정했 시사했 경고했 요구했 우려했 내비쳤 언급했 "
    "제안했 권고했 호소했 반박했 일축했 약속했 요청했 비난했 규탄했 공감했"
)
ABOUT_PARTICLES = r"(?:을|를|도|에)"
# Set phrases in the place of a verb, behind a quotation or `-다고`.
SET_PHRASES = _words(
    "힘을_보탰다 목소리를_높였다 말을_아꼈다 입을_모았다 선을_그었다 으름장을_놨다 불만을_터뜨렸다 "
    "고개를_저었다 말을_이었다 운을_뗐다 혀를_내둘렀다 각을_세웠다 날을_세웠다 말을_했다 말을_남겼다 "
    "돼_있다 되어_있다 적혀_있다 쓰여_있다 적혀_있었다 나와_있다"
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
ARISES = [
    "나온다",
    "나왔다",
    "나옵니다",
    "나왔습니다",
    "나오고_있다",
    "나오고_있습니다",
    "나오기도_했다",
    "제기된다",
    "제기됐다",
    "제기되고_있다",
    "제기됩니다",
    "제기됐습니다",
    "이어졌다",
    "이어지고_있다",
    "잇따랐다",
    "잇따르고_있다",
    "쏟아졌다",
    "쏟아지고_있다",
    "우세하다",
    "지배적이다",
    "지배적이었다",
    "확산되고_있다",
    "커지고_있다",
    "일고_있다",
    "많다",
    "적지_않다",
    "있다",
    "있었다",
    "있습니다",
    "대두됐다",
    "힘을_얻고_있다",
    "고개를_들고_있다",
    "들린다",
    "돈다",
    "돌고_있다",
]

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
    "것 설명 입장 주장 얘기 이야기 지적 분석 전망 판단 의견 생각 뜻 취지 평가 내용 관측 해석 논리 진단 우려 "
    "의미 반응 견해 방침 계획 말 조언 시각 바람 제안 해명 요지 요구"
)
# Of these alone nobody would say that somebody said it.
WEAK_CLOSINGS = _words("것 뜻 내용 얘기 이야기 의미 말 바람 요지")
# `-할 전망이다`: nobody is named, something is expected.
FORECASTS = _words("전망이다 전망입니다")
# `-할 생각이다`: where somebody stands.
INTENTIONS = _words("입장이다 입장입니다 생각이다 생각입니다")

LEAD_INS = _words(
    "이에_대해 이와_관련해 이에_대하여 이와_함께 한편 다만 그러나 하지만 그런데 또 또한 앞서 특히 이어 "
    "이어서 아울러 이날 이후 그러면서 그러면서도 실제로 더불어 나아가 그리고 이에 이에_따라 반면 반대로 "
    "예컨대 예를_들어 따라서 결국 즉 이처럼 최근 최근에는 지금까지 현재 당시 그동안 마지막으로 먼저 우선"
)
# Behind these the speaker goes on.
GOING_ON = _words(
    "이어 이어서 또 또한 그러면서 그러면서도 아울러 더불어 이와_함께 그리고 특히 다만"
)

# Where and by what somebody says something: no part of what is said.
VENUES = _words(
    "기자회견 간담회 브리핑 성명 성명서 보고서 논문 인터뷰 페이스북 트위터 SNS 회의 자료 보도자료 통화 토론회 "
    "국정감사 세미나 행사 연설 방송 청문회 발표회 설명회 심포지엄 콘퍼런스 컨퍼런스 신문 통신 홈페이지 블로그 서한 "
    "편지 담화 공지 공지문 총회 강연 강의 발표 라디오 칼럼 기고 사설 정례브리핑 대담 입장문 논평 답변서"
)
PERSONAL_PRONOUNS = _words("그 그녀 본인 자신")
PLURAL_PRONOUNS = _words("이들 그들 저들")
# Descriptions that mean somebody of whom the text has spoken.
FIRM_AGAIN = _words("회사_측 회사 이_회사 업체_측 이_업체 당사 사측")
PAPER_AGAIN = _words("이_매체 이_신문 이_방송 이_통신 신문 방송 통신 매체")
TEAM_AGAIN = _words(
    "연구진 연구팀 연구단 조사팀 공동연구팀 공동연구진 연구소 학회 협회 위원회 재단 센터"
)

# What the last word of a person's description ends with.
TITLES = _words(
    "교수 박사 연구원 연구위원 책임자 대표 대표이사 사장 부사장 회장 부회장 전무 상무 이사 이사장 본부장 부장 "
    "차장 과장 팀장 실장 국장 센터장 소장 원장 부원장 처장 청장 관장 총장 학장 단장 장관 차관 대통령 총리 의원 "
    "위원 위원장 대변인 시장 지사 군수 구청장 판사 검사 변호사 의사 전문의 간호사 약사 기자 특파원 앵커 작가 감독 "
    "코치 선수 배우 목사 신부 스님 대사 영사 장군 대령 중령 소령 사령관 총장 서장 애널리스트 과학자 연구자 "
    "엔지니어 개발자 창업자 설립자 최고경영자 고문 매니저 디렉터 총괄 담당자 간사 총재 행장 대학원생 조교 교사 "
    "교장 평론가 칼럼니스트 활동가 국왕 수상 주석 비서관 수석 행정관 보좌관 이코노미스트 프로그래머 학자 저자 "
    "천문학자 물리학자 큐레이터 지회장 조합장 사무총장 학예사 농민 씨 님 CEO CTO CFO COO"
)
# Words before a title that belong to it.
TITLE_PARTS = _words(
    "수석 총괄 선임 책임 전 현 초대 최고 연구 사무 공동 부 명예 석좌 특임 초빙 겸임 제1 제2 상임 신임 차기 "
    "기획 홍보 글로벌 수석부 최고기술 최고경영 개발 총괄부 연구개발"
)
UNNAMED = _words(
    "관계자 소식통 당국자 전문가 군인 병사 주민 목격자 인사 측근 간부 직원 외교관 내부자 업자"
)
GROUPS = _words(
    "전문가들 주민들 관계자들 연구진 연구팀 연구단 조사팀 공동연구팀 사람들 과학자들 연구자들 학자들 시민들 "
    "네티즌 네티즌들 누리꾼 누리꾼들 업계 학계 의료계 정치권 재계 경제계 과학계 일각 외신 외신들 언론 당국 "
    "회원들 이용자들 사용자들 소비자들 응답자들 의원들 교수들 의사들 학생들 기자들 유족 유족들 직원들 "
    "개발자들 교수팀 박사팀 환자들 노동자들 농민들 상인들 경쟁사들 회사들 기업들 업체들 국민 매체들"
)
DOCUMENTS = _words(
    "보고서 논문 자료 보도자료 성명 성명서 조사 설문조사 여론조사 통계 연구 문건 문서 백서 판결문 공소장 회고록 "
    "담화 기사 사설 보도 실험 발표문 공고 결과 분석 증거"
)
# Of the words that end in `연구원` those that are a person.
RESEARCHERS = frozenset(
    [
        "연구원",
        "선임연구원",
        "책임연구원",
        "수석연구원",
        "전임연구원",
        "초빙연구원",
        "전문연구원",
        "객원연구원",
        "박사후연구원",
    ]
)
# What the name of a body ends with ...
BODIES = _words(
    "항공 철도 해운 건설 은행 증권 화학 회사 통신사 신문사 방송사 제조사 제작사 개발사 운용사 보험사 항공사 건설사 출판사 제약사 게임사 통신 신문 일보 "
    "방송 타임스 저널 포스트 매체 잡지 학술지 연구소 연구원 연구센터 대학 대학교 학교 병원 센터 재단 협회 학회 "
    "위원회 기구 은행 공사 공단 그룹 기업 업체 정부 경찰 검찰 법원 재판부 국회 의회 의사회 총회 연합회 조합 노조 "
    "단체 연맹 연합 연대 사령부 본부 지부 합참 합동참모본부 청와대 백악관 대통령실 대변인실 총리실 크렘린궁 국무부 "
    "진흥원 과기원 연구회 연구부 사무국 당국 공대 의대 연구팀 연구진 대표팀 조사팀 코리아 전자 텔레콤 테크놀로지 로보틱스 소프트 랩 "
    "컴퍼니 제약 경찰서 소방서 보건소 기상청 교육청 특허청 보건원 평가원 개발원 국정원 정보원 감사원 대사관 "
    "거래소 박물관 천문대 우주국 항공우주국 통계청 질병관리본부 시민단체 스타트업 대학원 네이처 사이언스 위원단"
)
# ... and of these words no body's name ends so, though the last letter says it.
NO_BODIES = frozenset(
    [
        "일부",
        "전부",
        "내부",
        "외부",
        "대부",
        "공부",
        "여부",
        "거부",
        "기부",
        "상부",
        "하부",
        "남부",
        "북부",
        "동부",
        "서부",
        "중부",
        "세부",
        "피부",
        "두부",
        "복부",
        "흉부",
        "지원",
        "자원",
        "차원",
        "공원",
        "기원",
        "요원",
        "회원",
        "정원",
        "인원",
        "동원",
        "후원",
        "응원",
        "구원",
        "소원",
        "영원",
        "시대",
        "세대",
        "무대",
        "상대",
        "최대",
        "확대",
        "반대",
        "기대",
        "절대",
        "부대",
        "현대",
        "군대",
        "증대",
        "침대",
        "토대",
        "일대",
        "초대",
        "연대",
        "극대",
        "기회",
        "사회",
        "대회",
        "집회",
        "만회",
        "우회",
        "초청",
        "요청",
        "신청",
        "시청",
        "도청",
        "청",
        "처",
        "부",
        "원",
        "회",
        "당",
        "담당",
        "해당",
        "상당",
        "정당",
        "부당",
        "배당",
        "할당",
        "근처",
        "출처",
        "상처",
        "대처",
        "거처",
        "조처",
        "다시",
        "역시",
        "즉시",
        "전대",
        "사대",
        "매대",
        "산대",
        "잣대",
        "당시",
        "반드시",
        "잠시",
        "일시",
        "임시",
        "수시",
        "표시",
        "제시",
        "무시",
        "과시",
        "지시",
        "전시",
        "동시",
        "몇시",
        "다당",
        "수당",
        "식당",
        "강당",
        "성당",
        "일당",
        "타당",
    ]
)
BODY_LETTERS = _words("부 청 처 원 회 대 당")
NAMES_OF_STATES = _words(
    "미국 중국 일본 한국 북한 러시아 영국 프랑스 독일 우크라이나 이스라엘 이란 이라크 시리아 터키 인도 파키스탄 "
    "호주 캐나다 브라질 멕시코 스페인 이탈리아 스위스 스웨덴 노르웨이 핀란드 폴란드 네덜란드 벨기에 대만 홍콩 "
    "필리핀 베트남 태국 싱가포르 말레이시아 인도네시아"
)
NAMES_OF_BODIES = (
    *NAMES_OF_STATES,
    *_words(
        "유엔 나사 나토 유네스코 구글 애플 삼성 네이버 카카오 테슬라 "
        "페이스북 아마존 마이크로소프트 인텔 퀄컴 화웨이 로이터 블룸버그 당 군 군당국 여당 야당 카이스트 포스텍 "
        "연세대 조달청 서울시 부산시 인천시 대구시 광주시 대전시 울산시 세종시 경기도 강원도 제주도 뉴욕타임스 워싱턴포스트 가디언"
    ),
)
SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구나민진지엄채원천방공현함변염여"
    "추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용"
)
# A word of three syllables that begins with one of these is a Korean name, not a foreign one.
COMMON_SURNAMES = frozenset("김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하")
# No topic of a sentence, whatever stands behind them.
NO_SOURCE = frozenset(
    [
        "것",
        "수",
        "데",
        "때",
        "적",
        "바",
        "있",
        "없",
        "않",
        "하",
        "되",
        "지금",
        "이번",
        "최근",
        "이날",
        "그동안",
        "당시",
        "현재",
        "오늘",
        "내일",
        "어제",
        "올해",
        "지난해",
        "또",
        "많",
        "같",
        "작",
        "높",
        "낮",
        "좋",
        "깊",
        "길",
        "짧",
        "늦",
        "젊",
        "넓",
        "좁",
        "크",
        "이",
        "이것",
        "그것",
        "이는",
        "여기",
        "거기",
        "우리",
        "저",
        "나",
        "무엇",
        "누구",
        "다음",
        "가운데",
        "중",
        "경우",
        "점",
        "앞",
        "뒤",
        "후",
        "전",
        "동안",
        "뿐",
        "만큼",
        "정도",
        "사실",
        "문제",
        "결과",
        "이유",
        "때문",
        "대신",
        "이상",
        "이하",
        "방식",
        "방법",
        "의미",
        "과정",
        "필요",
        "가능성",
    ]
)
