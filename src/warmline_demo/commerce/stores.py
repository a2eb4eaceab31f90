"""The shop's own stores: where they are and when they are open, in three languages."""

STORES: dict[str, dict[str, dict[str, str]]] = {
    "seoul": {
        "ko": {
            "name": "온다 성수점",
            "address": "서울 성동구 연무장길 00",
            "hours": "평일 10:00–13:00, 14:00–20:00 · 토 11:00–18:00",
        },
        "ja": {
            "name": "オンダ ソンス店",
            "address": "ソウル市 城東区 練武場キル 00",
            "hours": "平日 10:00〜13:00、14:00〜20:00・土曜 11:00〜18:00",
        },
        "en": {
            "name": "Onda Seongsu",
            "address": "00 Yeonmujang-gil, Seongdong-gu, Seoul",
            "hours": "Mon–Fri 10:00–13:00, 14:00–20:00, Sat 11:00–18:00",
        },
    },
    "tokyo": {
        "ko": {
            "name": "온다 나카메구로점",
            "address": "도쿄도 메구로구 가미메구로 0-0",
            "hours": "매일 11:00–19:00 (화요일 휴무)",
        },
        "ja": {
            "name": "オンダ 中目黒店",
            "address": "東京都目黒区上目黒 0-0",
            "hours": "11:00〜19:00（火曜定休）",
        },
        "en": {
            "name": "Onda Nakameguro",
            "address": "0-0 Kamimeguro, Meguro-ku, Tokyo",
            "hours": "11:00–19:00, closed on Tuesdays",
        },
    },
}
