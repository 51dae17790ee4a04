"""Sentences of our own in the manner of news, for languages that no corpus is at hand for."""

from __future__ import annotations

TEXTS = {
    "ja": (
        "外務省の報道官は五日の記者会見で、北朝鮮の部隊が前線から一時的に撤退したとの情報を把握していると述べた。"
        "一方、防衛省は現地の状況について引き続き情報の収集と分析に努めていると説明している。"
        "韓国の情報機関によると、これまでに三千人を超える死傷者が出たとみられる。"
        "ウクライナ軍の司令官は「敵は再編成のために後方に下がった」と語り、攻撃が再開される可能性があると警告した。"
        "専門家は、ロシアとの軍事協力がさらに深まれば、東アジアの安全保障にも影響が及ぶと指摘する。"
        "政府は来週、関係閣僚会議を開いて対応を協議する方針だ。\n"
        "気象庁は、台風の接近に伴い、土砂災害や河川の増水に厳重に警戒するよう呼びかけている。"
        "鉄道各社は運転を見合わせ、空の便にも欠航が相次いだ。"
        "被災した町では住民らが避難所で不安な一夜を過ごし、水や食料が足りないという声も聞かれた。"
        "日銀の総裁は、物価の見通しが実現していけば金利を引き上げる考えを改めて示した。"
        "市場では円安が進み、一時一ドル＝１５６円台まで値下がりした。"
        "サッカー日本代表は後半にゴールを決め、２対１で逆転勝ちした。\n"
    ),
    "zh-hans": (
        "外交部发言人在例行记者会上表示，中方一贯主张通过对话与谈判解决危机，反对任何使局势升级的行动。"
        "据韩国情报部门介绍，自一月中旬以来，前线没有再出现朝鲜士兵参加战斗的迹象。"
        "乌克兰总统说，已有三千多人伤亡，部队可能正在后方休整，不久将重新投入战场。"
        "分析人士指出，这一消息尚未得到独立来源的证实，各方公布的数字也有明显差别。"
        "联合国秘书长呼吁有关各方保持克制，并允许人道主义援助进入受影响地区。"
        "国家统计局公布的数据显示，去年全年国内生产总值同比增长百分之五，居民消费价格基本稳定。"
        "受强冷空气影响，北方多地出现大风降温天气，部分高速公路临时关闭，铁路部门加开列车疏运旅客。"
        "医院负责人告诉记者，伤者已经得到妥善治疗，目前没有生命危险。"
        "“我们会继续努力，直到找到最后一名失踪者。"
        "”救援队队长说。\n"
        "教育部门要求各地学校减轻学生负担，保证孩子们有足够的睡眠和运动时间。"
        "市场监管总局对三家企业作出处罚，责令其改正违法行为。\n"
    ),
    "zh-hant": (
        "總統府發言人表示，政府將與各國保持密切聯繫，共同維護區域的和平與穩定。"
        "國防部指出，過去二十四小時內共偵測到十二架次軍機在海峽周邊活動，國軍均嚴密監控與應處。"
        "南韓情報機構透露，自一月中旬以來，前線已不見北韓士兵參與作戰，傷亡人數估計超過三千人。"
        "專家分析，部隊可能正在後方整補，近期內仍有重返戰場的可能。"
        "中央氣象署提醒，受東北季風影響，北部地區氣溫明顯下降，民眾外出應注意保暖。"
        "央行總裁說，通膨壓力已經趨緩，利率是否調整，仍須觀察下一季的經濟數據。"
        "「我們不會放棄任何一位受困的人。"
        "」消防局長在現場向媒體說明搜救進度。\n"
        "教育部宣布，明年起將擴大補助偏鄉學校，讓學童享有同樣的學習機會。"
        "高鐵今天上午因訊號異常一度停駛，約兩萬名旅客的行程受到影響。\n"
    ),
    "fr": (
        "Le président a déclaré que les négociations reprendraient dès la semaine prochaine "
        "à Genève. Selon le ministère de la Défense, plus de 3 000 soldats ont été blessés "
        "ou tués depuis le début de l’année. « Nous n’avons pas encore reçu de réponse », a "
        "précisé le porte-parole, évoquant une situation « très préoccupante ». Les marchés "
        "européens ont clôturé en baisse : le baril s’échange à 81 €, son plus haut niveau "
        "depuis l’été dernier. À Séville, où il a fait 44 °C, les hôpitaux ont été débordés. "
        "L’enquête, ouverte à la suite d’une plainte, devra établir où se trouvaient les "
        "témoins. Le maire a été réélu grâce à l’appui du centre.\n"
    ),
    "de": (
        "Die Bundesregierung prüft nach Angaben eines Sprechers, ob die Maßnahmen über den "
        "März hinaus verlängert werden können. „Wir müssen für alle Fälle gerüstet sein“, "
        "sagte der Minister am Mittwoch in München. Zunächst würden dafür 40 Millionen € "
        "benötigt – mehr als ursprünglich veranschlagt. Die Opposition warf der Koalition "
        "vor, die Öffentlichkeit zu täuschen. In Thüringen stürzten Bäume auf Gleise, Züge "
        "fielen aus. Der Wetterdienst warnt vor Böen bis 110 km/h. Auch in Österreich müssen "
        "Schüler früher nach Hause gehen.\n"
    ),
    "es": (
        "El portavoz del Gobierno señaló que la reunión se celebrará mañana en Málaga y que "
        "todavía no hay ningún acuerdo. “Es una situación difícil, pero confiamos en el "
        "diálogo”, añadió. Según los médicos, la mayoría de los heridos evoluciona bien. La "
        "inflación cayó al 2,8 % en febrero, informó el Instituto de Estadística. ¿Qué "
        "pasará después? Ningún partido lo sabe. El año pasado llegaron a España 94 millones "
        "de turistas, según cifras oficiales. En Perú, un sismo dejó sin energía eléctrica a "
        "miles de niños y ancianos durante más de tres días.\n"
    ),
    "pt": (
        "O ministro afirmou que a decisão será anunciada até sexta-feira e que não haverá "
        "exceções. A inflação acumulada em doze meses chegou a 4,5%, segundo dados da "
        "Fundação. As chuvas deixaram três mortos e mais de mil desabrigados na região de "
        "São Paulo. “Não há razão para pânico”, disse a governadora. A seleção venceu por "
        "dois gols e avançou às quartas de final.\n"
    ),
    "ru": (
        "Представитель министерства обороны сообщил, что за последние сутки противник "
        "потерял более двухсот военнослужащих. По данным южнокорейской разведки, с середины "
        "января северокорейские солдаты в боях не участвуют. «Мы готовы к переговорам», — "
        "заявил пресс-секретарь президента. Эксперты считают, что войска отведены для "
        "перегруппировки и вскоре могут вернуться. Центральный банк сохранил ключевую ставку "
        "на прежнем уровне. В Москве ожидается похолодание до минус двадцати градусов. Матч "
        "закончился со счётом два один в пользу гостей.\n"
    ),
    "pl": (
        "Rzecznik rządu powiedział, że żołnierze wrócą do kraju jeszcze w tym miesiącu. "
        "Według danych urzędu inflacja w styczniu wyniosła 5,3 proc. „Nie będziemy się "
        "spieszyć” – dodał minister. Strażacy przez całą noc usuwali skutki wichury; w Łodzi "
        "drzewo przygniotło samochód. Wójt gminy zapewnił, że poszkodowani otrzymają pomoc. "
        "Sąd odroczył ogłoszenie wyroku do środy.\n"
    ),
    "cs": (
        "Mluvčí ministerstva uvedl, že jednání budou pokračovat příští týden v Ženevě. Podle "
        "údajů statistického úřadu vzrostly ceny potravin o čtyři procenta. „Situace je "
        "velmi vážná,“ řekl premiér novinářům. Hasiči zasahovali v noci u požáru skladiště, "
        "škoda přesáhla půl milionu korun. Dálnice byla uzavřena až do rána. Brankář "
        "odchytal skvělý zápas a mužstvo zvítězilo.\n"
    ),
}
