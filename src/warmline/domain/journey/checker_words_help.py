"""What the checker says about help pages, in three languages."""

from warmline.kernel.locale import Locale

HELP_WORDS: dict[str, dict[Locale, tuple[str, str]]] = {
    "not_in_help": {
        "ko": (
            "도움말 페이지는 상담이 없이도 누구나 보는 것이라 `{step}` 단계를 쓸 수 없어요.",
            "카드(`show`), 안내, 분기, 값, 이동, 모듈, 끝 단계만 쓰세요.",
        ),
        "ja": (
            "ヘルプページはお問い合わせなしで誰でも読むものなので、`{step}` ステップは使えません。",
            "カード（`show`）、案内、分岐、値、移動、モジュール、終了だけを使ってください。",
        ),
        "en": (
            "A help page is read by anybody, without a contact, so it cannot hold the step `{step}`.",
            "Use cards (`show`), texts, branches, values, jumps, modules and ends.",
        ),
    },
    "not_in_help.module": {
        "ko": (
            "도움말 페이지에서 부르는 `{module}` 모듈에 상담이 필요한 `{step}` 단계가 있어요.",
            "상담 없이도 되는 모듈을 부르거나 카드(`show`)로 물어보세요.",
        ),
        "ja": (
            "ヘルプページが呼び出す `{module}` モジュールに、お問い合わせが必要な `{step}` ステップがあります。",
            "お問い合わせなしで動くモジュールを呼び出すか、カード（`show`）で尋ねてください。",
        ),
        "en": (
            "The module `{module}` that this help page calls has a step `{step}`, which needs a contact.",
            "Call a module that needs none, or ask with a card (`show`).",
        ),
    },
    "help_asks_personal": {
        "ko": (
            "도움말 페이지에서는 개인 정보나 비밀을 물을 수 없는데 `{name}` 칸이 그렇게 표시되어 있어요.",
            "칸을 지우고, 꼭 필요하면 상담으로 연결해 물어보세요.",
        ),
        "ja": (
            "ヘルプページでは個人情報や秘密を尋ねられませんが、`{name}` の欄がそのように設定されています。",
            "欄を削除し、必要な場合はお問い合わせにつないで尋ねてください。",
        ),
        "en": (
            "A help page asks for nothing personal or secret, but its field `{name}` is marked so.",
            "Remove the field; where it is needed, lead to a person who asks.",
        ),
    },
    "help_asks_personal.module": {
        "ko": (
            "도움말 페이지에서 부르는 `{module}` 모듈의 `{name}` 칸이 개인 정보나 비밀을 물어요.",
            "그 칸이 없는 모듈을 부르거나, 꼭 필요하면 상담으로 연결해 물어보세요.",
        ),
        "ja": (
            "ヘルプページが呼び出す `{module}` モジュールの `{name}` の欄が、個人情報や秘密を尋ねています。",
            "その欄のないモジュールを呼び出すか、必要な場合はお問い合わせにつないで尋ねてください。",
        ),
        "en": (
            "The module `{module}` that this help page calls asks for something personal or secret: `{name}`.",
            "Call a module without that field; where it is needed, lead to a person who asks.",
        ),
    },
    "help_not_called": {
        "ko": (
            "`{journey}`는 도움말 페이지라서 다른 여정에서 부를 수 없어요.",
            "두 곳에서 쓸 내용은 모듈로 만들어 양쪽에서 불러 주세요.",
        ),
        "ja": (
            "`{journey}` はヘルプページなので、ほかのジャーニーからは呼び出せません。",
            "両方で使う内容はモジュールにして、それぞれから呼び出してください。",
        ),
        "en": (
            "`{journey}` is a help page; no other journey can lead into it.",
            "Put what both say into a module, and call it from both.",
        ),
    },
}
