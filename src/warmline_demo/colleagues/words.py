"""What simulated colleagues write: to customers in their language, and in summaries for the team."""

from typing import Literal

Locale = Literal["ko", "ja", "en"]

HELLO: dict[Locale, tuple[str, ...]] = {
    "ko": (
        "안녕하세요, 온다의 {name}입니다. 남겨 주신 내용은 모두 확인했어요. 바로 살펴볼게요.",
        "반갑습니다, 온다 상담원 {name}입니다. 앞서 말씀하신 내용은 다시 설명하지 않으셔도 돼요.",
    ),
    "ja": (
        "お待たせいたしました。オンダの{name}でございます。いただいた内容はすべて拝見しました。",
        "オンダの{name}と申します。これまでの内容は引き継いでおりますので、ご説明は不要でございます。",
    ),
    "en": (
        "Hello, this is {name} at Onda. I have read everything so far, let me look into it.",
        "Hi, {name} here. No need to explain again, I can see what you wrote.",
    ),
}
WORK: dict[str, dict[Locale, tuple[str, ...]]] = {
    "orders": {
        "ko": (
            "택배사에 확인해 보니 상품이 지역 물류센터에 도착해 있어요.",
            "늦어도 모레까지는 받으실 수 있도록 배송팀에 요청해 두었습니다.",
            "배송이 시작되면 문자로 바로 알려 드릴게요.",
        ),
        "ja": (
            "運送会社に確認したところ、商品は最寄りの配送センターに到着しております。",
            "遅くとも明後日にはお届けできるよう、配送チームに依頼いたしました。",
            "お届けが始まりましたら、ショートメッセージでお知らせいたします。",
        ),
        "en": (
            "I checked with the carrier: your parcel has reached the local depot.",
            "I have asked the delivery team to get it to you by the day after tomorrow at the latest.",
            "You will get a text message as soon as it is out for delivery.",
        ),
    },
    "refunds": {
        "ko": (
            "주문 내역을 확인했어요. 환불 가능한 상품이 맞습니다.",
            "방금 환불을 접수했어요. 영업일 기준 5일 안에 결제하신 수단으로 돌려드립니다.",
            "상품은 문 앞에 두시면 기사님이 내일 찾아가실 예정이에요.",
        ),
        "ja": (
            "ご注文内容を確認いたしました。返金の対象となる商品でございます。",
            "ただいま返金の手続きをいたしました。5営業日以内にお支払い方法に応じてご返金いたします。",
            "商品は明日、配送員が引き取りに伺います。",
        ),
        "en": (
            "I have looked at your order, and it can be refunded.",
            "Your refund is requested. It will reach your payment method within 5 business days.",
            "A driver will pick the item up tomorrow.",
        ),
    },
    "accounts": {
        "ko": (
            "계정을 확인해 보니 이전 휴대폰 번호가 등록되어 있네요.",
            "본인 확인이 끝났으니 새 번호로 바꿔 드렸어요. 다시 한번 로그인해 보시겠어요?",
            "비밀번호 재설정 링크도 이메일로 보내 드렸습니다.",
        ),
        "ja": (
            "アカウントを確認したところ、以前の携帯番号が登録されておりました。",
            "ご本人の確認が済みましたので、新しい番号に変更いたしました。もう一度ログインをお試しいただけますか。",
            "パスワード再設定のリンクもメールでお送りしました。",
        ),
        "en": (
            "I see that your old phone number is still on the account.",
            "As we know it is you, I have changed it to the new one. Could you try to sign in again?",
            "I have sent a password link to your mailbox as well.",
        ),
    },
    "general": {
        "ko": (
            "네, 가능합니다. 주문 내역에 바로 반영해 드릴게요.",
            "방금 처리해 두었어요. 추가 비용은 없습니다.",
            "변경된 내용은 이메일로도 보내 드렸습니다.",
        ),
        "ja": (
            "はい、承ります。ご注文内容にすぐ反映いたします。",
            "ただいま手続きが完了いたしました。追加の費用はかかりません。",
            "変更の内容はメールでもお送りしております。",
        ),
        "en": (
            "Yes, that is possible. I will add it to your order right away.",
            "It is done, at no extra cost.",
            "I have sent you the details by email as well.",
        ),
    },
}
ANYTHING_ELSE: dict[Locale, tuple[str, ...]] = {
    "ko": ("더 도와드릴 일이 있을까요?", "혹시 더 궁금하신 점이 있으세요?"),
    "ja": ("ほかにお手伝いできることはございますか。", "ほかにご不明な点はございませんか。"),
    "en": ("Is there anything else I can do for you?", "Any other questions?"),
}
GOODBYE: dict[Locale, tuple[str, ...]] = {
    "ko": ("이용해 주셔서 감사합니다. 좋은 하루 보내세요!", "감사합니다. 언제든 편하게 문의해 주세요."),
    "ja": ("ご利用ありがとうございました。どうぞよい一日をお過ごしください。",),
    "en": ("Thank you for choosing Onda. Have a good day!", "Glad I could help. Take care!"),
}
SORRY: dict[Locale, str] = {
    "ko": "불편을 드려 정말 죄송합니다. 지금 바로 확인해 볼게요.",
    "ja": "ご不便をおかけし、誠に申し訳ございません。すぐに確認いたします。",
    "en": "I am very sorry about this. Let me check right away.",
}
UPSET_WORDS = (
    "실망",
    "너무 오래",
    "몇 번째",
    "がっかり",
    "かかりすぎ",
    "何度も",
    "disappointed",
    "too long",
    "third time",
)
THANKS_WORDS = ("감사", "고마", "해결", "ありがと", "助かり", "大丈夫", "thank", "that is all", "solves")
PASS_ON: dict[Locale, str] = {
    "ko": "이 내용은 담당 팀이 더 정확히 도와드릴 수 있어요. 지금까지의 내용과 함께 연결해 드릴게요.",
    "ja": "こちらの内容は担当チームがより正確にご案内できますので、これまでの内容とあわせておつなぎいたします。",
    "en": "Another team can help you better with this. I will pass you on together with everything so far.",
}
# Notes and summaries are for colleagues, in the agent's own language.
PASS_NOTE: dict[Locale, str] = {
    "ko": "본인 확인 여부와 주문 내용을 확인했고, 담당 팀의 판단이 필요합니다.",
    "ja": "本人確認と注文内容は確認済みです。担当チームの判断をお願いします。",
    "en": "Identity and order are checked; this needs the team's decision.",
}
SUMMARY: dict[Locale, tuple[str, ...]] = {
    "ko": ("문의 내용을 확인하고 처리함. 고객 만족.", "안내 완료, 추가 조치 없음."),
    "ja": ("内容を確認し対応済み。お客様ご納得。", "ご案内完了、追加対応なし。"),
    "en": ("Checked and settled; customer is happy.", "Answered, nothing left to do."),
}
