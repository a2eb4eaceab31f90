"""Ready-made sentences of Onda's agents, in three languages."""

Texts = dict[str, str]

# shortcut, title, text; {customer.name} and {agent.name} are filled in on the desk
MACROS: tuple[tuple[str, Texts, Texts], ...] = (
    (
        "hello",
        {"ko": "인사", "ja": "ごあいさつ", "en": "Greeting"},
        {
            "ko": "안녕하세요, {customer.name}님. 온다의 {agent.name}입니다. 남겨 주신 내용은 모두 확인했어요.",
            "ja": "{customer.name}様、お待たせいたしました。オンダの{agent.name}でございます。"
            "いただいた内容はすべて拝見しました。",
            "en": "Hello {customer.name}, this is {agent.name} at Onda. I have read everything so far.",
        },
    ),
    (
        "moment",
        {"ko": "확인 중", "ja": "確認中", "en": "Checking"},
        {
            "ko": "지금 확인하고 있어요. 1~2분만 기다려 주시면 바로 알려 드릴게요.",
            "ja": "ただいま確認しております。1〜2分ほどお待ちいただけますでしょうか。",
            "en": "I am checking this now. Please give me a minute or two.",
        },
    ),
    (
        "late",
        {"ko": "배송 지연 사과", "ja": "配送遅延のお詫び", "en": "Late delivery"},
        {
            "ko": "배송이 늦어져 정말 죄송합니다. 택배사에 바로 확인하고, 오늘 안에 결과를 알려 드릴게요.",
            "ja": "配送が遅れており、誠に申し訳ございません。"
            "すぐに運送会社へ確認し、本日中に結果をお知らせいたします。",
            "en": "I am very sorry your delivery is late. I will ask the carrier right away and tell you today.",
        },
    ),
    (
        "refund",
        {"ko": "환불 안내", "ja": "返金のご案内", "en": "Refund"},
        {
            "ko": "환불을 접수해 드렸어요. 영업일 기준 5일 안에 결제하신 수단으로 돌려드립니다.",
            "ja": "返金を承りました。5営業日以内に、お支払い方法に応じてご返金いたします。",
            "en": "I have requested your refund. It will reach your payment method within 5 business days.",
        },
    ),
    (
        "more",
        {"ko": "추가 문의 확인", "ja": "ほかのご用件", "en": "Anything else"},
        {
            "ko": "더 도와드릴 일이 있을까요?",
            "ja": "ほかにお手伝いできることはございますか。",
            "en": "Is there anything else I can do for you?",
        },
    ),
    (
        "bye",
        {"ko": "마무리 인사", "ja": "結びのごあいさつ", "en": "Goodbye"},
        {
            "ko": "온다를 이용해 주셔서 감사합니다. 좋은 하루 보내세요!",
            "ja": "オンダをご利用いただきありがとうございます。どうぞよい一日をお過ごしください。",
            "en": "Thank you for choosing Onda. Have a good day!",
        },
    ),
)
