"""What simulated customers say, in their own language and mood."""

from typing import Literal

Locale = Literal["ko", "ja", "en"]
Intent = Literal["order", "refund", "password", "stores", "person", "callback"]

# How people say what they want when they do not tap.
WISHES: dict[Locale, dict[Intent, tuple[str, ...]]] = {
    "ko": {
        "order": (
            "주문한 거 언제 와요?",
            "배송 조회 부탁드려요",
            "택배가 아직 안 왔어요",
            "제 주문 어디쯤 왔나요",
        ),
        "refund": ("환불하고 싶어요", "반품하려고 하는데요", "환불 신청이요", "주문한 거 반품하고 싶어요"),
        "password": ("비밀번호를 잊어버렸어요", "로그인이 안 돼요", "비번 재설정하고 싶은데요"),
        "stores": ("매장 몇 시까지 하나요?", "영업시간 알려 주세요", "매장 위치가 궁금해요"),
        "person": ("상담원 연결해 주세요", "상담원이랑 얘기할래요", "사람이랑 얘기하고 싶어요"),
        "callback": ("전화 주세요", "전화 상담 예약할게요"),
    },
    "ja": {
        "order": (
            "注文した商品はいつ届きますか",
            "荷物がまだ届いていません",
            "配送状況を知りたいです",
            "注文状況の確認をお願いします",
        ),
        "refund": ("返金してほしいのですが", "返品したいです", "返金の手続きをお願いします"),
        "password": ("パスワードを忘れました", "ログインできないのですが", "パスワード再設定をお願いします"),
        "stores": ("お店は何時までですか", "店舗の営業時間を教えてください"),
        "person": ("担当者につないでください", "人と話したいです", "オペレーターをお願いします"),
        "callback": ("電話をください", "折り返し電話をお願いできますか"),
    },
    "en": {
        "order": (
            "Where is my order?",
            "my package has not arrived",
            "Can you track my order please",
            "order status",
        ),
        "refund": ("I would like a refund", "I want my money back", "how do i return this"),
        "password": ("I forgot my password", "can't log in", "I need to reset my password"),
        "stores": ("What are your opening hours?", "store hours please", "is the store open today"),
        "person": ("Can I talk to a person?", "agent please", "I need to speak to someone"),
        "callback": ("Please call me back", "can you call me"),
    },
}

# Said to the person who takes over.
STORIES: dict[Locale, dict[Intent, tuple[str, ...]]] = {
    "ko": {
        "order": (
            "안녕하세요, 주문한 상품이 언제 오는지 확인하고 싶어서요.",
            "주말 전에는 꼭 받아야 하는데 가능할까요?",
        ),
        "refund": ("안녕하세요, 받은 상품이 생각과 달라서 환불하고 싶어요.", "색상이 사진하고 많이 다르더라고요."),
        "password": ("안녕하세요, 로그인이 계속 안 돼서요.", "예전 휴대폰 번호로 가입했던 것 같아요."),
        "stores": ("안녕하세요, 매장에서 교환도 되는지 궁금해요.",),
        "person": ("안녕하세요, 선물 포장을 추가하고 싶은데 가능한가요?", "이미 결제는 했어요."),
        "callback": ("안녕하세요, 대량 구매 상담을 받고 싶어요.",),
    },
    "ja": {
        "order": (
            "こんにちは。注文した商品がいつ届くか確認したいです。",
            "できれば週末までに受け取りたいのですが。",
        ),
        "refund": (
            "こんにちは。届いた商品が思っていたものと違うので、返金をお願いしたいです。",
            "色が写真とかなり違いました。",
        ),
        "password": ("こんにちは。何度試してもログインできません。", "以前の携帯番号で登録したかもしれません。"),
        "stores": ("こんにちは。店舗で交換もできますか。",),
        "person": ("こんにちは。ギフト包装を追加したいのですが、できますか。", "支払いはもう済んでいます。"),
        "callback": ("こんにちは。まとめ買いについて相談したいです。",),
    },
    "en": {
        "order": ("Hi, I would like to know when my order arrives.", "I really need it before the weekend."),
        "refund": (
            "Hi, what I got is not what I expected, so I would like a refund.",
            "The colour is quite different.",
        ),
        "password": ("Hi, I still cannot sign in.", "I may have registered with my old phone number."),
        "stores": ("Hi, can I exchange something in the store as well?",),
        "person": ("Hi, could you add gift wrapping to my order?", "I have paid already."),
        "callback": ("Hi, I would like to ask about a bulk order.",),
    },
}

ANGRY: dict[Locale, tuple[str, ...]] = {
    "ko": ("벌써 몇 번째 문의하는지 모르겠네요.", "너무 오래 걸리는 거 아닌가요?", "솔직히 많이 실망했어요."),
    "ja": ("もう何度も問い合わせています。", "時間がかかりすぎではないですか。", "正直、がっかりしています。"),
    "en": ("This is the third time I am asking.", "This is taking far too long.", "Honestly, I am disappointed."),
}
CHATTY: dict[Locale, tuple[str, ...]] = {
    "ko": (
        "아 그리고 포장이 예뻐서 친구들한테도 자랑했어요.",
        "요즘 많이 바쁘시죠?",
        "천천히 확인해 주셔도 괜찮아요~",
    ),
    "ja": (
        "そういえば、前回の包装がとてもきれいでした。",
        "お忙しいところすみません。",
        "ゆっくりで大丈夫ですよ。",
    ),
    "en": ("By the way, the wrapping last time was lovely.", "Busy day, I guess?", "No rush at all."),
}
ACKNOWLEDGE: dict[Locale, tuple[str, ...]] = {
    "ko": ("네, 알겠습니다.", "아, 그렇군요.", "네 부탁드려요.", "네, 기다릴게요."),
    "ja": ("はい、わかりました。", "そうなんですね。", "はい、お願いします。", "待っています。"),
    "en": ("Okay, got it.", "I see.", "Yes, please.", "Sure, I will wait."),
}
THANKS: dict[Locale, tuple[str, ...]] = {
    "ko": ("감사합니다! 더 궁금한 건 없어요.", "빠르게 도와주셔서 감사해요.", "네, 해결됐어요. 수고하세요!"),
    "ja": (
        "ありがとうございます。もう大丈夫です。",
        "すぐに対応していただき助かりました。",
        "解決しました。ありがとうございました。",
    ),
    "en": ("Thank you! That is all.", "Thanks for the quick help.", "That solves it, have a good day!"),
}
COMMENTS: dict[Locale, dict[Literal["good", "bad"], tuple[str, ...]]] = {
    "ko": {
        "good": ("친절하고 빨랐어요.", "다시 설명하지 않아도 돼서 좋았어요."),
        "bad": ("연결까지 너무 오래 걸렸어요.",),
    },
    "ja": {
        "good": ("丁寧で早かったです。", "同じ説明を繰り返さずに済みました。"),
        "bad": ("つながるまで長かったです。",),
    },
    "en": {
        "good": ("Kind and quick.", "I did not have to repeat myself."),
        "bad": ("It took too long to reach anybody.",),
    },
}
NO_WORDS: dict[Locale, str] = {"ko": "아니요, 괜찮아요", "ja": "いいえ、大丈夫です", "en": "No, thank you"}
