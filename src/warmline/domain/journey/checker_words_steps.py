"""What the checker says about the numbers, choices, patterns and secrets of single steps."""

from warmline.kernel.locale import Locale

STEPS: dict[str, dict[Locale, tuple[str, str]]] = {
    "out_of_range": {
        "ko": ("`{name}` 값이 {value}예요.", "{low}부터 {high}까지의 값을 고르세요."),
        "ja": ("`{name}` の値が {value} です。", "{low} から {high} までの値にしてください。"),
        "en": ("`{name}` is {value}.", "Choose a value from {low} to {high}."),
    },
    "out_of_range.skill": {
        "ko": ("`{name}` 스킬의 레벨이 {value}예요.", "{low}부터 {high}까지의 값을 고르세요."),
        "ja": ("`{name}` スキルのレベルが {value} です。", "{low} から {high} までの値にしてください。"),
        "en": ("The level of skill `{name}` is {value}.", "Choose a value from {low} to {high}."),
    },
    "no_options": {
        "ko": ("`{name}`에 고를 수 있는 항목이 없어요.", "고객이 고를 항목을 넣어 주세요."),
        "ja": ("`{name}` に選択肢がありません。", "お客様が選べる項目を入れてください。"),
        "en": ("`{name}` has no options.", "Give the customer something to choose."),
    },
    "too_many_options": {
        "ko": (
            "`{name}`의 항목이 {count}개예요. 전화에서는 번호 하나로 9개까지만 고를 수 있어요.",
            "항목을 9개 이하로 줄이거나 두 단계로 나눠 주세요.",
        ),
        "ja": (
            "`{name}` の選択肢が {count} 個あります。電話では番号一つで選べるのは9個までです。",
            "選択肢を9個以下に減らすか、二段階に分けてください。",
        ),
        "en": (
            "`{name}` has {count} options. By telephone one key can choose among nine.",
            "Offer nine at most, or ask in two steps.",
        ),
    },
    "long_menu": {
        "ko": (
            "`{name}`의 항목이 {count}개예요. 전화에서는 {most}개를 넘으면 듣는 동안 기억하기 어려워요.",
            "자주 찾는 항목을 앞에 두고 나머지는 두 번째 메뉴로 나눠 주세요.",
        ),
        "ja": (
            "`{name}` の選択肢が {count} 個あります。電話では {most} 個を超えると覚えきれません。",
            "よく選ばれる項目を先に置き、残りは二つ目のメニューに分けてください。",
        ),
        "en": (
            "`{name}` has {count} options. By telephone, more than {most} are hard to keep in mind.",
            "Put the ones asked for most first, and the rest into a second menu.",
        ),
    },
    "no_keys": {
        "ko": (
            "`{name}` 값은 전화 번호판으로 입력할 수 없는데, `give_up`에 아무 안내도 없어요.",
            "`give_up`에서 다른 방법을 안내하거나 상담원에게 연결해 주세요.",
        ),
        "ja": (
            "`{name}` は電話のボタンでは入力できませんが、`give_up` に何の案内もありません。",
            "`give_up` で別の方法を案内するか、担当者に取り次いでください。",
        ),
        "en": (
            "`{name}` cannot be keyed on a telephone, and `give_up` says nothing.",
            "Let `give_up` say how to go on: another way, or a person.",
        ),
    },
    "field_twice": {
        "ko": ("카드에 변수 `{name}`을 쓰는 칸이 두 개예요.", "칸마다 다른 변수를 써 주세요."),
        "ja": ("カードに変数 `{name}` の欄が二つあります。", "欄ごとに別の変数にしてください。"),
        "en": ("The card has two fields for `{name}`.", "Give each field a variable of its own."),
    },
    "file_field": {
        "ko": ("`{name}`은 파일을 받는 입력이라 질문 하나로는 물을 수 없어요.", "카드의 칸으로 옮겨 주세요."),
        "ja": ("`{name}` はファイルの入力なので、単独の質問にはできません。", "カードの欄に移してください。"),
        "en": ("`{name}` takes a file, which no single question can ask for.", "Make it a field of a card."),
    },
    "file_field.required": {
        "ko": (
            "파일 칸 `{name}`을 꼭 채우게 되어 있어요. 전화로는 파일을 보낼 수 없어요.",
            "‘꼭 채워야 함’을 꺼 주세요. 파일이 없는 고객도 다음으로 갈 수 있어야 해요.",
        ),
        "ja": (
            "ファイルの欄 `{name}` が必須です。電話ではファイルを送れません。",
            "「必須」を外してください。ファイルのないお客様も先に進めるようにします。",
        ),
        "en": (
            "The file field `{name}` must be filled in. Nobody can send a file by telephone.",
            "Let it stay empty, so that those without a file can go on.",
        ),
    },
    "file_field.secret": {
        "ko": (
            "파일 칸 `{name}`이 비밀로 표시돼 있어요. 파일은 대화에 남아요.",
            "대신 ‘개인정보’로 표시해 주세요.",
        ),
        "ja": (
            "ファイルの欄 `{name}` が秘密になっていますが、ファイルは会話に残ります。",
            "代わりに「個人情報」にしてください。",
        ),
        "en": (
            "The file field `{name}` is secret, but files stay in the conversation.",
            "Mark it as personal instead.",
        ),
    },
    "file_field.guide": {
        "ko": (
            "`{name}`은 고객이 채팅에서 보내는 파일이라 여기서는 받을 수 없어요.",
            "이 칸을 고객용 여정으로 옮겨 주세요.",
        ),
        "ja": (
            "`{name}` はお客様がチャットで送るファイルで、ここでは受け取れません。",
            "この欄をお客様向けのジャーニーに移してください。",
        ),
        "en": (
            "`{name}` takes a file of the customer's chat, which cannot be sent here.",
            "Move it to a journey for customers.",
        ),
    },
    "not_in_guide": {
        "ko": (
            "가이드는 상담원이 보는 것이라 `{step}` 단계를 쓸 수 없어요.",
            "카드(`show`), 안내, 분기, 값, 외부 호출, 모듈, 이동, 끝 단계만 쓰세요.",
        ),
        "ja": (
            "ガイドは担当者が見るものなので、`{step}` ステップは使えません。",
            "カード（`show`）、案内、分岐、値、外部呼び出し、モジュール、移動、終了だけを使ってください。",
        ),
        "en": (
            "A guide is for the agent alone, so it cannot hold the step `{step}`.",
            "Use cards (`show`), texts, branches, values, tasks, modules, jumps and ends.",
        ),
    },
    "not_in_guide.module": {
        "ko": (
            "가이드에서 부르는 `{module}` 모듈에 고객이 필요한 `{step}` 단계가 있어요.",
            "고객 없이도 되는 모듈을 부르거나 카드(`show`)로 물어보세요.",
        ),
        "ja": (
            "ガイドが呼び出す `{module}` モジュールに、お客様が必要な `{step}` ステップがあります。",
            "お客様なしで動くモジュールを呼び出すか、カード（`show`）で尋ねてください。",
        ),
        "en": (
            "The module `{module}` that this guide calls has a step `{step}`, which needs a customer.",
            "Call a module that needs none, or ask with a card (`show`).",
        ),
    },
    "guide_not_called": {
        "ko": (
            "`{journey}`는 상담원용 가이드라서 다른 여정에서 부를 수 없어요.",
            "고객에게 보일 카드는 이 여정에 넣거나 모듈로 만들어 주세요.",
        ),
        "ja": (
            "`{journey}` は担当者用のガイドなので、ほかのジャーニーからは呼び出せません。",
            "お客様に見せるカードは、このジャーニーに入れるかモジュールにしてください。",
        ),
        "en": (
            "`{journey}` is a guide for agents; no other journey can lead into it.",
            "Put the cards that customers see into this journey, or into a module.",
        ),
    },
    "option_twice": {
        "ko": ("`{name}`에 값이 `{value}`인 항목이 두 개예요.", "항목마다 다른 값을 주세요."),
        "ja": ("`{name}` に値が `{value}` の選択肢が二つあります。", "選択肢ごとに別の値にしてください。"),
        "en": ("`{name}` has two options `{value}`.", "Give each option a value of its own."),
    },
    "nothing_fits": {
        "ko": ("`{name}`에 맞는 대답이 있을 수 없어요.", "가장 작은 값과 가장 큰 값을 고쳐 주세요."),
        "ja": ("`{name}` に合う答えがありえません。", "最小値と最大値を直してください。"),
        "en": ("No answer can fit `{name}`.", "Correct its smallest and largest value."),
    },
    "pattern_wrong": {
        "ko": ("`{name}`의 형식을 읽을 수 없어요: {pattern}, {why}.", "형식을 고쳐 주세요."),
        "ja": ("`{name}` のパターン {pattern} を読み取れません: {why}。", "パターンを直してください。"),
        "en": ("{pattern} of `{name}` is no pattern: {why}.", "Correct the pattern."),
    },
    "pattern_wrong.slow": {
        "ko": (
            "`{name}`의 형식({pattern})이 같은 글자를 여러 방법으로 읽어서, 어떤 입력은 끝없이 걸려요.",
            "글자마다 읽는 방법이 하나만 있도록, 반복과 선택이 겹치지 않게 고쳐 주세요.",
        ),
        "ja": (
            "`{name}` のパターン {pattern} は同じ文字を何通りにも読みます。"
            "入力によっては、いつまでも終わらないことがあります。",
            "どの文字の読み方も一通りになるように、重なる繰り返しや選択をなくしてください。",
        ),
        "en": (
            "{pattern} of `{name}` reads the same letters in several ways; some inputs may take for ever.",
            "Let repetitions and alternatives not overlap, so that each letter can be read in one way only.",
        ),
    },
    "example_missing": {
        "ko": ("`{name}`에 예시가 없어요.", "`example`에 형식에 맞는 번호를 넣어 주세요."),
        "ja": ("`{name}` に例がありません。", "`example` に合う番号を入れてください。"),
        "en": ("`{name}` has no example.", "Give `example` a number that fits."),
    },
    "example_wrong": {
        "ko": (
            "`{name}`의 예시 {example}, 형식 {pattern}: 서로 맞지 않아요.",
            "예시나 형식을 고쳐 주세요.",
        ),
        "ja": ("`{name}` の例 {example} がパターン {pattern} に合いません。", "例かパターンを直してください。"),
        "en": (
            "The example {example} of `{name}` does not match {pattern}.",
            "Correct the example or the pattern.",
        ),
    },
    "example_wrong.checksum": {
        "ko": (
            "`{name}`의 예시 {example}의 검사 숫자({checksum})가 맞지 않아요.",
            "예시나 검사 방법을 고쳐 주세요.",
        ),
        "ja": (
            "`{name}` の例 {example} がチェックサム（{checksum}）に合いません。",
            "例かチェックサムを直してください。",
        ),
        "en": (
            "The example {example} of `{name}` fails its own checksum ({checksum}).",
            "Correct the example or the checksum.",
        ),
    },
    "personal_in_clear": {
        "ko": (
            "`{name}` 변수는 개인정보인데 입력에 표시가 없어서 그대로 저장돼요.",
            '`sensitivity`를 "pii"(또는 "secret")로 정해 주세요.',
        ),
        "ja": (
            "`{name}` は個人情報ですが、入力に指定がないため、そのまま保存されます。",
            '`sensitivity` を "pii"（または "secret"）にしてください。',
        ),
        "en": (
            "`{name}` is personal data, but its input is not marked, so it would be kept in clear.",
            'Set `sensitivity` to "pii" (or "secret").',
        ),
    },
    "no_short_messages": {
        "ko": (
            "문자를 보낼 수 있는 연결이 없어서, 이 링크는 한 번도 발송되지 않아요.",
            "커넥터에 문자 발송 작업 `{task}`(`to`, `text`)을 추가하거나 이 단계를 빼 주세요.",
        ),
        "ja": (
            "ショートメッセージを送る接続がないため、このリンクは一度も送信されません。",
            "コネクターに送信用の操作 `{task}`（`to`、`text`）を追加するか、このステップを外してください。",
        ),
        "en": (
            "No connection can send short messages, so this link would never be sent.",
            "Add the operation `{task}` (`to`, `text`) to a connector, or take this step out.",
        ),
    },
    "secret_leaks": {
        "ko": (
            "비밀 변수 `{name}`의 값이 여기서 말해지거나 복사되거나 보내져서 기록에 남아요.",
            "비밀은 `{step_verify}` 단계로 확인하세요. 외부 호출에는 비밀을 받는다고 선언한 인수로만 보내세요.",
        ),
        "ja": (
            "秘密の値 `{name}` がここで話されるか、コピーまたは送信され、記録に残ります。",
            "秘密は `{step_verify}` で確認してください。外部呼び出しへは、秘密用と宣言された引数でだけ渡せます。",
        ),
        "en": (
            "The secret `{name}` would be said, copied or sent from here, and so written down.",
            "Use `{step_verify}` for secrets; a task gets one only in an argument it declares as secret.",
        ),
    },
}
