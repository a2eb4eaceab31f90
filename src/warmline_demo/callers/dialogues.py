"""What is said on the telephone: customers and the phone team, in three languages, in turns.

Spoken, not read: sentences are short, and Japanese is written in kana where a small voice would read it wrong.
"""

from dataclasses import dataclass
from typing import Literal

Locale = Literal["ko", "ja", "en"]
LOCALES: tuple[Locale, ...] = ("ko", "ja", "en")


@dataclass(frozen=True)
class Dialogue:
    """Turns of both sides. The colleague greets first and says goodbye last."""

    topic: str
    customer: tuple[str, ...]
    colleague: tuple[str, ...]


HELLO: dict[Locale, str] = {"ko": "여보세요?", "ja": "もしもし？", "en": "Hello?"}
GREETING: dict[Locale, str] = {
    "ko": "안녕하세요, 온다 고객센터 {name}입니다. 무엇을 도와드릴까요?",
    "ja": "お電話ありがとうございます。オンダの{name}でございます。ご用件をうかがいます。",
    "en": "Hello, this is {name} at Onda. How can I help you?",
}
THANKS_FOR_HOLDING: dict[Locale, str] = {
    "ko": "기다려 주셔서 감사합니다.",
    "ja": "おまたせいたしました。",
    "en": "Thank you for holding.",
}
GOODBYE: dict[Locale, str] = {
    "ko": "전화 주셔서 감사합니다. 좋은 하루 보내세요.",
    "ja": "お電話ありがとうございました。失礼いたします。",
    "en": "Thank you for calling Onda. Have a good day. Goodbye.",
}
# For callers nobody here knows, such as you at the demo's telephone: what fits whatever was asked.
ANY_MATTER: dict[Locale, tuple[str, ...]] = {
    "ko": (
        "네, 말씀 감사합니다. 바로 확인해 보겠습니다.",
        "확인해 보니 오늘 안에 처리해 드릴 수 있습니다. 진행해 드릴까요?",
        "네, 접수해 두었습니다. 더 도와드릴 일이 있을까요?",
    ),
    "ja": (
        "はい、ありがとうございます。ただいま確認いたします。",
        "本日中に対応できます。このまま進めてもよろしいでしょうか。",
        "はい、うけたまわりました。ほかにご用件はございますか。",
    ),
    "en": (
        "Thank you, I see. Let me check that for you.",
        "I have looked into it, and we can settle this today. Shall I go ahead?",
        "Done, it is on its way. Is there anything else I can do for you?",
    ),
}

DIALOGUES: dict[Locale, tuple[Dialogue, ...]] = {
    "ko": (
        Dialogue(
            "late_parcel",
            (
                "안녕하세요. 어제 도착한다던 택배가 아직 안 왔어요. 지금 어디쯤 있는지 알 수 있을까요?",
                "네, 지난주 월요일에 주문했고요, 운동화 한 켤레예요.",
                "내일 오전이면 괜찮아요. 집에 있을게요.",
                "아니요, 없어요. 친절하게 알려 주셔서 감사합니다. 수고하세요.",
            ),
            (
                "불편을 드려 죄송합니다. 언제 어떤 상품을 주문하셨는지 말씀해 주시겠어요?",
                "네, 확인했습니다. 상품이 물류센터에 도착해 있어서, 내일 오전에 받으실 수 있어요.",
                "배송이 시작되면 문자로 알려 드리겠습니다. 더 도와드릴 일이 있을까요?",
            ),
        ),
        Dialogue(
            "wrong_size",
            (
                "지난주에 산 운동화가 좀 작아서요. 한 치수 큰 걸로 바꿀 수 있을까요?",
                "네, 한 번도 안 신었고 상자도 그대로 있어요.",
                "네, 문 앞에 두면 되는 거죠? 그렇게 할게요.",
                "네, 그거면 됐어요. 감사합니다. 안녕히 계세요.",
            ),
            (
                "네, 교환하실 수 있습니다. 혹시 신어 보신 적이 있거나 상자를 버리셨나요?",
                "좋습니다. 큰 치수로 바로 준비하고, 기사님이 내일 상품을 찾으러 가실 거예요.",
                "네, 문 앞에 두시면 됩니다. 교환 비용은 저희가 부담합니다. 더 궁금하신 점 있으세요?",
            ),
        ),
        Dialogue(
            "gift",
            (
                "주문을 하나 했는데요, 선물로 보낼 거라서 포장을 부탁드릴 수 있을까요?",
                "카드에는 생일 축하해, 라고만 써 주세요.",
                "네, 좋아요. 가격표는 빼 주시면 좋겠어요.",
                "아니요, 다 됐어요. 정말 감사합니다.",
            ),
            (
                "네, 물론입니다. 무료로 포장해 드려요. 카드에 적고 싶은 문구가 있으세요?",
                "네, 그렇게 적겠습니다. 포장지는 파란색으로 준비해 드릴게요.",
                "네, 가격표는 넣지 않겠습니다. 더 필요하신 것이 있을까요?",
            ),
        ),
    ),
    "ja": (
        Dialogue(
            "late_parcel",
            (
                "もしもし、昨日届くはずだった荷物が、まだ届いていないんですが。",
                "月曜日に注文しました。スニーカーがいっそくです。",
                "はい、明日なら家にいますので、大丈夫です。",
                "いいえ、大丈夫です。ありがとうございました。失礼します。",
            ),
            (
                "ご不便をおかけして申し訳ございません。いつ、どの商品をご注文でしょうか。",
                "ありがとうございます。確認できました。お荷物は配送センターに到着しており、明日お届けできます。",
                "配送が始まりましたら、メールでお知らせいたします。ほかにご用件はございますか。",
            ),
        ),
        Dialogue(
            "wrong_size",
            (
                "すみません、注文したスニーカーのサイズがちいさくて、交換したいんですけど。",
                "はい、いちどもはいていません。箱もそのままあります。",
                "わかりました。明日の夕方にお願いします。",
                "はい、それで大丈夫です。ありがとうございます。失礼します。",
            ),
            (
                "はい、交換できます。まだおはきになっていませんか。箱はございますか。",
                "ありがとうございます。大きいサイズをご用意いたします。商品は明日、配送員が受け取りにうかがいます。",
                "はい、夕方にうかがいます。費用はかかりません。ほかにご不明な点はございますか。",
            ),
        ),
        Dialogue(
            "gift",
            (
                "注文した商品を、プレゼント用に包装していただけますか。",
                "はい、カードには、お誕生日おめでとう、とお願いします。",
                "いいですね。それでお願いします。",
                "いいえ、それだけです。どうもありがとうございました。",
            ),
            (
                "はい、もちろんです。包装は無料でございます。メッセージカードもおつけしましょうか。",
                "はい、うけたまわりました。包装は青いリボンでよろしいでしょうか。",
                "ありがとうございます。そのように準備いたします。ほかにご用件はございますか。",
            ),
        ),
    ),
    "en": (
        Dialogue(
            "late_parcel",
            (
                "Hi, my parcel was due yesterday, and it is not here yet. Can you tell me where it is?",
                "I ordered on Monday last week. It is a pair of running shoes.",
                "Tomorrow morning works for me, I will be at home.",
                "No, that is all. You were very helpful. Thank you, bye.",
            ),
            (
                "I am sorry about that. When did you order, and what was in it?",
                "Thank you, I have found it. It has reached the local depot, and we can deliver tomorrow morning.",
                "Good. You will get a text message when it is out. Is there anything else?",
            ),
        ),
        Dialogue(
            "wrong_size",
            (
                "Hello, the shoes I bought last week are a bit small. Could I get them one size up?",
                "No, I have not worn them, and I still have the box.",
                "So I just leave them at the door? That is easy.",
                "No, that was it. Thanks a lot, goodbye.",
            ),
            (
                "Sure, we can exchange them. Have you worn them outside, or thrown away the box?",
                "Perfect. I am reserving the next size for you, and a driver collects the old pair tomorrow.",
                "Exactly, and it costs you nothing. Any other questions?",
            ),
        ),
        Dialogue(
            "gift",
            (
                "Hi, I placed an order this morning. It is a present, so could you gift wrap it?",
                "Just write happy birthday, please.",
                "Lovely. And please leave out the price tag.",
                "No, that is everything. Thank you so much.",
            ),
            (
                "Of course, gift wrapping is free. What would you like the card to say?",
                "I will put that on it, with a blue ribbon.",
                "Certainly, no prices inside. Is there anything else I can do for you?",
            ),
        ),
    ),
}


def dialogue_of(locale: Locale, topic: str) -> Dialogue:
    """Return the dialogue about a topic in a language."""
    return next(one for one in DIALOGUES[locale] if one.topic == topic)


def every_line() -> tuple[tuple[str, Locale], ...]:
    """Return everything that can be said without somebody's name in it."""
    return tuple((text, locale) for locale in LOCALES for text in _lines(locale))


def _lines(locale: Locale) -> list[str]:
    found = [HELLO[locale], THANKS_FOR_HOLDING[locale], GOODBYE[locale], *ANY_MATTER[locale]]
    return found + [text for one in DIALOGUES[locale] for text in (*one.customer, *one.colleague)]
