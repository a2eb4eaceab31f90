"""Onda: a Korean, Japanese and English online shop. Its queues, hours, skills and widget, as table rows."""

from warmline_demo.content.journeys.after_contact import AFTER_CONTACT

TENANT_ID = "onda"
TENANT_NAME = "Onda"
TIME_ZONE = "Asia/Seoul"
WIDGET_KEY = "onda-demo"
PHONE_KEY = "onda-phone"  # the line of the page /demo/phone
CAPACITY = {"webchat": 3}
WITH_CALLS = {"webchat": 3, "voice": 1}
PHONE_PROFILE = "phone"

Names = dict[str, str]


def _name(ko: str, ja: str, en: str) -> Names:
    return {"ko": ko, "ja": ja, "en": en}


_EVERYWHERE = (
    ("solved", _name("해결됨", "解決", "Solved")),
    ("follow_up", _name("후속 처리 필요", "要フォローアップ", "Follow-up needed")),
    ("passed_on", _name("다른 부서로 전달", "他部署へ引き継ぎ", "Passed on")),
    ("no_answer", _name("고객 응답 없음", "お客様の応答なし", "Customer stopped answering")),
)
_OWN = {
    "orders": (
        ("delay_explained", _name("배송 지연 안내", "配送遅延のご案内", "Delay explained")),
        ("address_changed", _name("배송지 변경", "お届け先の変更", "Address changed")),
        ("lost_parcel", _name("분실 조사 접수", "紛失調査を受付", "Lost parcel reported")),
    ),
    "refunds": (
        ("refunded", _name("환불 처리", "返金済み", "Refunded")),
        ("exchanged", _name("교환 처리", "交換済み", "Exchanged")),
        ("refused", _name("환불 불가 안내", "返金不可のご案内", "Refund refused")),
    ),
    "accounts": (
        ("access_restored", _name("로그인 복구", "ログイン復旧", "Access restored")),
        ("details_changed", _name("회원 정보 변경", "会員情報の変更", "Details changed")),
    ),
    "general": (("question_answered", _name("문의 답변", "ご質問に回答", "Question answered")),),
}
_QUEUES: tuple[tuple[str, Names, int, int], ...] = (  # id, name, service level within seconds, priority
    ("orders", _name("주문·배송", "ご注文・配送", "Orders and delivery"), 60, 5),
    ("refunds", _name("환불·교환", "返金・交換", "Refunds and exchanges"), 90, 4),
    ("accounts", _name("계정·로그인", "アカウント・ログイン", "Accounts and sign-in"), 60, 4),
    ("general", _name("일반 문의", "一般のお問い合わせ", "General questions"), 120, 6),
)


def queues() -> list[dict[str, object]]:
    """Return the queues with their dispositions."""
    return [
        {
            "id": queue_id,
            "name": name,
            "priority": priority,
            "target_s": target_s,
            "calendar_id": "always",
            "survey_journey_id": AFTER_CONTACT.id,
            "dispositions": [{"id": key, "name": text} for key, text in (*_OWN[queue_id], *_EVERYWHERE)],
        }
        for queue_id, name, target_s, priority in _QUEUES
    ]


SKILLS: tuple[tuple[str, Names], ...] = (
    ("ko", _name("한국어", "韓国語", "Korean")),
    ("ja", _name("일본어", "日本語", "Japanese")),
    ("en", _name("영어", "英語", "English")),
    ("orders", _name("주문·배송", "ご注文・配送", "Orders and delivery")),
    ("refunds", _name("환불·교환", "返金・交換", "Refunds and exchanges")),
    ("accounts", _name("계정", "アカウント", "Accounts")),
)


_ON_THE_PHONE: dict[str, object] = {"exclusive": ["voice"]}  # who talks is offered nothing else


def routing_profiles() -> list[dict[str, object]]:
    """Return who serves which queues: own matters first, everybody else's after a while."""

    def served(*first: str) -> list[dict[str, object]]:
        rest = [queue_id for queue_id, *_ in _QUEUES if queue_id not in first]
        return [
            *({"queue_id": queue_id, "priority": 1, "delay_s": 0} for queue_id in first),
            *({"queue_id": queue_id, "priority": 2, "delay_s": 20} for queue_id in rest),
        ]

    return [
        {"id": "everything", "name": _name("전체 상담", "すべての窓口", "Everything"), "capacity": WITH_CALLS,
         "media": _ON_THE_PHONE, "queues": served(*(queue_id for queue_id, *_ in _QUEUES))},
        {"id": PHONE_PROFILE, "name": _name("전화팀", "電話チーム", "Phone team"), "capacity": WITH_CALLS,
         "media": _ON_THE_PHONE, "queues": served(*(queue_id for queue_id, *_ in _QUEUES))},
        {"id": "delivery", "name": _name("배송팀", "配送チーム", "Delivery team"), "capacity": CAPACITY,
         "media": {}, "queues": served("orders", "general")},
        {"id": "money", "name": _name("환불팀", "返金チーム", "Refund team"), "capacity": CAPACITY,
         "media": {}, "queues": served("refunds", "accounts")},
    ]  # fmt: skip


_ALL_DAY = [["00:00", "24:00"]]
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendars() -> list[dict[str, object]]:
    """Return the hours: the two stores with their countries' holidays, and chat, which never closes."""
    shifts = [["10:00", "13:00"], ["14:00", "20:00"]]
    return [
        {
            "id": "seoul",
            "name": _name("서울 성수점", "ソウル ソンス店", "Seoul, Seongsu"),
            "time_zone": "Asia/Seoul",
            "country": "KR",
            "weekly": {**{day: shifts for day in _DAYS[:5]}, "sat": [["11:00", "18:00"]], "sun": []},
        },
        {
            "id": "tokyo",
            "name": _name("도쿄 나카메구로점", "東京 中目黒店", "Tokyo, Nakameguro"),
            "time_zone": "Asia/Tokyo",
            "country": "JP",
            "weekly": {day: [] if day == "tue" else [["11:00", "19:00"]] for day in _DAYS},
        },
        {
            "id": "always",
            "name": _name("채팅 상담(연중무휴)", "チャット窓口（年中無休）", "Chat, around the clock"),
            "time_zone": "Asia/Seoul",
            "country": "",
            "weekly": {day: _ALL_DAY for day in _DAYS},
        },
    ]


ANNOUNCEMENTS: tuple[tuple[str, Names], ...] = (
    ("emergency", _name(
        "현재 폭설로 일부 지역의 배송이 하루 이틀 늦어지고 있습니다. 양해 부탁드립니다.",
        "大雪のため、一部地域で配送に一日から二日の遅れが出ております。ご了承ください。",
        "Heavy snow is delaying deliveries in some areas by a day or two. Thank you for your patience.",
    )),
    ("holiday", _name(
        "연휴 기간에는 배송이 쉬고, 연휴가 끝나는 다음 날부터 차례대로 발송해 드려요.",
        "連休中は配送をお休みし、連休明けの翌日から順次発送いたします。",
        "We do not ship during the holidays. Orders leave our warehouse from the day after, one after another.",
    )),
)  # fmt: skip

WIDGET_NAME = _name("온다 고객센터", "オンダ お客様窓口", "Onda customer service")
WIDGET_GREETING = _name(
    "안녕하세요! 무엇을 도와드릴까요?",
    "こんにちは。どのようなご用件でしょうか。",
    "Hello! What can we do for you?",
)

# Contacts on a working day and how long an agent has each, until Onda has a history of its own to plan with.
USUAL_DAYS: dict[str, tuple[float, float]] = {
    "orders": (260, 420), "refunds": (150, 540), "accounts": (110, 360), "general": (130, 300),
}  # fmt: skip
