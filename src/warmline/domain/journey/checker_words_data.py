"""What the checker says about texts, values and tasks that do not fit each other, and about data gone astray."""

from warmline.kernel.locale import Locale

DATA: dict[str, dict[Locale, tuple[str, str]]] = {
    "prompt_blank": {
        "ko": (
            "`{prompt}`의 {locale} 문구가 비어 보일 수 있어요. 고객은 아무 설명도 듣지 못해요.",
            "변수 말고도 보이는 말을 한 마디 이상 써 주세요.",
        ),
        "ja": (
            "文言 `{prompt}` の{locale}テキストは空に見えることがあり、お客様には何も伝わりません。",
            "変数のほかに、目に見える言葉を一つ以上書いてください。",
        ),
        "en": (
            "The {locale} text of prompt `{prompt}` may come out empty, so the customer would be told nothing.",
            "Write at least one visible word beside the variables.",
        ),
    },
    "format_unfit": {
        "ko": (
            "`{name}` 변수의 값을 `{format}` 형식으로 쓸 수 없어요.",
            "문구의 형식을 바꾸거나, 그 형식에 맞는 종류로 입력을 받으세요.",
        ),
        "ja": (
            "変数 `{name}` の値は `{format}` の形式で書けません。",
            "文言の形式を変えるか、その形式に合う種類で入力を受けてください。",
        ),
        "en": (
            "The value of `{name}` cannot be written as `{format}`.",
            "Change the format in the text, or ask for a value of that kind.",
        ),
    },
    "task_argument_missing": {
        "ko": ("`{task}` 외부 호출에 필요한 값이 빠졌어요: {names}.", "`args`에 모두 넣어 주세요."),
        "ja": ("`{task}` 外部呼び出しに必要な値がありません: {names}。", "`args` にすべて入れてください。"),
        "en": ("Task `{task}` needs {names}.", "Give it all of them in `args`."),
    },
    "task_argument_unknown": {
        "ko": ("`{task}` 외부 호출이 받지 않는 값이에요: {names}.", "`args`에서 지우거나 이름을 고쳐 주세요."),
        "ja": (
            "`{task}` 外部呼び出しが受け取らない値です: {names}。",
            "`args` から削除するか、名前を直してください。",
        ),
        "en": ("Task `{task}` takes no {names}.", "Remove it from `args`, or correct the name."),
    },
    "personal_in_clear.copy": {
        "ko": (
            "`{name}` 변수에는 개인정보가 들어올 수 있는데, 이 입력은 그대로 저장돼요.",
            '`sensitivity`를 "pii"로 정하거나 다른 변수에 받으세요.',
        ),
        "ja": (
            "変数 `{name}` には個人情報が入ることがありますが、この入力はそのまま保存されます。",
            '`sensitivity` を "pii" にするか、別の変数で受けてください。',
        ),
        "en": (
            "Personal data may come into `{name}`, but this input would be kept in clear.",
            'Set `sensitivity` to "pii", or ask into another variable.',
        ),
    },
    "personal_sent": {
        "ko": (
            "`{task}` 외부 호출의 `{argument}`에는 개인정보를 보낼 수 없는데, `{name}` 변수에 개인정보가 있어요.",
            "개인정보가 아닌 값을 보내 주세요.",
        ),
        "ja": (
            "`{task}` 外部呼び出しの `{argument}` に個人情報は送れませんが、変数 `{name}` は個人情報です。",
            "個人情報ではない値を送ってください。",
        ),
        "en": (
            "Argument `{argument}` of task `{task}` may not get personal data, but `{name}` holds some.",
            "Send a value that is not personal.",
        ),
    },
}
