"""Scripted customers of the demo's journeys: what they do, and what must come of it."""

from warmline.domain.journey.simulate import Answer
from warmline.domain.journey.simulate_customers import Turn
from warmline.domain.journey.simulate_run import JourneyTest, Setting
from warmline.kernel.locale import Locale
from warmline_demo.content.fake_shop import AWAY, SLOW, WELL, order, proved, quote

NUMBER = "ON-26113407"
EVERYWHERE_EMPTY = {name: "unstaffed" for name in ("orders", "refunds", "accounts", "general")}


def _script(
    name: str,
    journey: str,
    turns: tuple[Turn, ...],
    ends: str,
    *says: str,
    locale: Locale = "en",
    queues: dict[str, str] | None = None,
    answers: dict[str, tuple[Answer, ...]] | None = None,
    channel: str = "webchat",
) -> JourneyTest:
    setting = Setting(queues=queues or {}, answers={**WELL, **(answers or {})})
    return JourneyTest(name, journey, turns, ends, says, locale, setting, channel)


def _say(text: str) -> Turn:
    return Turn(say=text)


def _tap(value: str) -> Turn:
    return Turn(tap=value)


_SILENT = Turn(silent=True)
_BY_CODE = (_tap("code"), _say("123456"))

TESTS: tuple[JourneyTest, ...] = (
    _script(
        "a customer asks for an order in her own words and proves it by birth date",
        "front-desk",
        (_say("where is my order?"), _say(NUMBER), _tap("birth_date"), _say("1990-02-03"), _tap("done")),
        "contained",
        "James Li, I have found your order", "357962501027",
    ),
    _script(
        "늦어지는 배송은 묻기 전에 먼저 알려 드린다",
        "order-status",
        (_say("on 2611 3407"), _tap("pin"), _say("0417"), _say("아니요")),
        "contained",
        "날씨 때문에 배송이 늦어지고",
        locale="ko",
        answers={"orders.find": (order(late=True, delay_reason="weather", expected_on="2026-11-28"),)},
    ),
    _script(
        "注文システムが止まっていても担当者につながる",
        "order-status",
        (_say(NUMBER), *_BY_CODE),
        "person",
        "注文システムにつながらず",
        locale="ja",
        answers={"orders.find": (AWAY,)},
    ),
    _script(
        "when the shop is down and nobody is there, the customer gets a callback",
        "order-status",
        (_say(NUMBER), *_BY_CODE, _say("+1 206 555 0100"), _tap("now")),
        "callback_promised",
        "cannot reach our order system", "Nobody is free", "When shall we call you?", "We will call you",
        queues=EVERYWHERE_EMPTY,
        answers={"orders.find": (SLOW, AWAY)},
    ),
    _script(
        "an order somebody else placed stays closed to a customer who is proven already",
        "order-status",
        (_say(NUMBER), *_BY_CODE, _tap("more"), _tap("order"), _say("ON-26113407")),
        "person",
        "do not match the customer I confirmed before",
        answers={
            "customers.find": (
                Answer(result={"found": True, "customer_ref": "james"}),
                Answer(result={"found": True, "customer_ref": "yuki"}),
            )
        },
    ),
    _script(
        "three wrong codes lead to a person, not to a wall",
        "order-status",
        (_say(NUMBER), _tap("code"), _say("111111"), _say("222222"), _say("333333")),
        "person",
        "could not confirm that it is you",
        answers={"identity.check_code": (proved(0, 4), proved(0, 3), proved(0, 2))},
    ),
    _script(
        "a refund within the limits is confirmed first and made once",
        "refund",
        (_say(NUMBER), *_BY_CODE, _tap("yes"), _tap("done")),
        "contained",
        "$48.50", "R1A2B3C4",
    ),
    _script(
        "한 번 망설인 환불은 진행하지 않는다",
        "refund",
        (_say(NUMBER), _tap("pin"), _say("1234"), _say("아니요"), _say("괜찮아요")),
        "contained",
        "환불은 진행하지 않았어요",
        locale="ko",
    ),
    _script(
        "高額の返金は担当者が確認する",
        "refund",
        (_say(NUMBER), *_BY_CODE),
        "person",
        "金額が大きいため",
        locale="ja",
        answers={"refunds.quote": (quote("over_limit"),)},
    ),
    _script(
        "an uncertain refund is never called done",
        "refund",
        (_say(NUMBER), *_BY_CODE, _tap("yes")),
        "person",
        "cannot be paid twice",
        answers={"refunds.request": (SLOW, SLOW, SLOW)},
    ),
    _script(
        "a forgotten password ends with a link in the mailbox",
        "password-reset",
        (_say("my address is mina@example.com"), *_BY_CODE, _tap("done")),
        "contained",
        "sent a link",
    ),
    _script(
        "店舗の営業時間は言葉でも選べる",
        "store-hours",
        (_say("東京のお店"), _say("大丈夫です")),
        "contained",
        "中目黒店は、ただいま営業中",
        locale="ja",
    ),
    _script(
        "silence is asked about, then goes to a person",
        "front-desk",
        (_SILENT, _SILENT, _SILENT),
        "person",
        "Are you still there", "connecting you to a person",
    ),
    _script(
        "whoever asks for a callback gets one without waiting in line",
        "front-desk",
        (_tap("callback"), _say("010-2000-0001"), _say("되는 대로 바로")),
        "callback_promised",
        "언제 전화드릴까요?", "전화드리겠습니다",
        locale="ko",
    ),
    _script(
        "the survey takes a score and a word",
        "after-contact",
        (_tap("5"), _say("Quick and kind")),
        "contained",
        "Thank you for your feedback",
    ),
    _script(
        "開封していない商品の返品期限を、カードに書かずに一つずつ答えて知る",
        "return-check",
        (_tap("home"), _tap("unwanted"), _tap("month"),
         _say("このままです"), _tap("no"), _say("2026-11-15"), _tap("done")),
        "contained",
        "2026年12月15日まで返品いただけます",
        locale="ja",
    ),
    _script(
        "망가진 상품은 교환이나 환불을 안내받고, 원하면 상담원에게 이어진다",
        "front-desk",
        (_say("반품할 수 있나요"), _tap("electric"), _tap("faulty"), _tap("another"), _tap("person")),
        "person",
        "무료로 새 상품과 바꿔 드려요",
        locale="ko",
    ),
    _script(
        "a caller chooses Japanese and asks for an order with keys alone",
        "phone",
        (_say("2"), _say("1"), _say("26113407"), _say("3"), _say("19900203"), _say("2")),
        "contained",
        "Please choose your language", "1番", "ご注文番号を押してください", "お電話ありがとうございました",
        channel="voice",
    ),
    _script(
        "상담원이 없으면 삐 소리 뒤에 메시지를 남긴다",
        "phone",
        (_say("1"), _say("0")),
        "callback_promised",
        "삐 소리가 나면", "메시지를 잘 받았어요",
        locale="ko",
        queues=EVERYWHERE_EMPTY,
        channel="voice",
    ),
    _script(
        "a caller is called back at the number they call from",
        "phone",
        (_SILENT, _say("5"), _say("1"), _say("1")),
        "callback_promised",
        "For this number, press 1.", "We will call you at",
        channel="voice",
    ),
    _script(
        "a caller goes on in chat by a link",
        "phone",
        (_say("3"), _say("4")),
        "contained",
        "For a chat link by text message, press 4.", "I have sent you a link by text message",
        channel="voice",
        answers={"messages.send_link": (Answer(result={"sent": True}),)},
    ),
)  # fmt: skip
