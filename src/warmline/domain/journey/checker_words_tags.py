"""What the checker says where a journey breaks what the tags of its contact reasons demand."""

from warmline.kernel.locale import Locale

TAG_WORDS: dict[str, dict[Locale, tuple[str, str]]] = {
    "card_in_clear": {
        "ko": (
            "{tag} 사유인데 `{name}` 입력에는 카드 번호가 들어올 수 있고, 그대로 저장돼요.",
            '`sensitivity`를 "secret"으로 정하거나 13자리보다 짧게 받으세요.',
        ),
        "ja": (
            "{tag} の理由ですが、`{name}` にはカード番号が入ることがあり、そのまま保存されます。",
            '`sensitivity` を "secret" にするか、13 桁より短く受けてください。',
        ),
        "en": (
            "The reason is tagged {tag}, and a card number could be entered into `{name}` and kept in clear.",
            'Set `sensitivity` to "secret", or accept fewer than 13 digits.',
        ),
    },
    "card_in_clear.named": {
        "ko": (
            "{tag} 사유인데 이름이 카드 정보인 `{name}` 입력이 그대로 저장돼요.",
            '`sensitivity`를 "secret"으로 정하세요.',
        ),
        "ja": (
            "{tag} の理由ですが、名前からカード情報とわかる `{name}` の入力がそのまま保存されます。",
            '`sensitivity` を "secret" にしてください。',
        ),
        "en": (
            "The reason is tagged {tag}, and `{name}`, card data by its name, would be kept in clear.",
            'Set `sensitivity` to "secret".',
        ),
    },
    "secret_not_keyed": {
        "ko": (
            "{tag} 사유의 비밀 `{name}`을(를) 전화 버튼으로 입력할 수 없어요. 말로 하면 녹음돼요.",
            "숫자나 정해진 모양의 번호로 받으세요.",
        ),
        "ja": (
            "{tag} の理由の秘密 `{name}` を電話のボタンで入力できません。声に出すと録音されます。",
            "数字か、形式の決まった番号で受けてください。",
        ),
        "en": (
            "The secret `{name}` of a {tag} reason cannot be keyed in on a telephone: spoken, it is recorded.",
            "Ask for digits, or for a number of a fixed form.",
        ),
    },
    "secret_unused": {
        "ko": (
            "{tag} 사유인데 비밀 `{name}`을(를) 받는 외부 호출이 없어요. 필요 없는 비밀은 묻지 않아야 해요.",
            "비밀용 인수가 있는 외부 호출에 넘기거나 질문을 지우세요.",
        ),
        "ja": (
            "{tag} の理由ですが、秘密 `{name}` を受け取る外部呼び出しがありません。不要な秘密は尋ねません。",
            "秘密用の引数を持つ外部呼び出しに渡すか、質問を削除してください。",
        ),
        "en": (
            "The reason is tagged {tag}, and no task takes the secret `{name}`: what is not needed is not asked.",
            "Give it to a task that has an argument for secrets, or remove the question.",
        ),
    },
    "secret_lingers": {
        "ko": (
            "{tag} 사유인데 비밀 `{name}`을(를) 받은 뒤 다른 단계를 거쳐야 외부 호출에 넘겨요.",
            "질문 바로 뒤에서 넘기세요. 그 사이에는 다른 비밀만 물을 수 있어요.",
        ),
        "ja": (
            "{tag} の理由ですが、秘密 `{name}` は受け取った後、別のステップを経てから外部呼び出しに渡されます。",
            "質問の直後に渡してください。間に置けるのは別の秘密の質問だけです。",
        ),
        "en": (
            "The reason is tagged {tag}, and the secret `{name}` is held while other steps run.",
            "Hand it to its task right after the question; only other secrets may be asked in between.",
        ),
    },
    "personal_undeclared": {
        "ko": (
            "{tag} 사유인데 개인정보 `{name}`이(가) 여정의 `pii`에 없어요.",
            "`pii` 목록에 추가해 주세요.",
        ),
        "ja": (
            "{tag} の理由ですが、個人情報 `{name}` がジャーニーの `pii` にありません。",
            "`pii` の一覧に加えてください。",
        ),
        "en": (
            "The reason is tagged {tag}, and the personal data `{name}` is not in the journey's `pii`.",
            "Add it to the list `pii`.",
        ),
    },
    "personal_undeclared.copy": {
        "ko": (
            "{tag} 사유인데 개인정보가 들어오는 `{name}` 변수가 여정의 `pii`에 없어요.",
            "`pii` 목록에 추가하거나 옮겨 담지 마세요.",
        ),
        "ja": (
            "{tag} の理由ですが、個人情報が入る変数 `{name}` がジャーニーの `pii` にありません。",
            "`pii` の一覧に加えるか、写さないようにしてください。",
        ),
        "en": (
            "The reason is tagged {tag}, and `{name}`, into which personal data comes, is not in `pii`.",
            "Add it to the list `pii`, or do not copy it.",
        ),
    },
    "personal_named_in_clear": {
        "ko": (
            "{tag} 사유인데 이름이 개인정보인 `{name}` 입력이 그대로 저장돼요.",
            '`sensitivity`를 "pii"로 정하고 `pii` 목록에 추가하세요.',
        ),
        "ja": (
            "{tag} の理由ですが、名前から個人情報とわかる `{name}` の入力がそのまま保存されます。",
            '`sensitivity` を "pii" にし、`pii` の一覧に加えてください。',
        ),
        "en": (
            "The reason is tagged {tag}, and `{name}`, personal data by its name, would be kept in clear.",
            'Set `sensitivity` to "pii" and add it to the list `pii`.',
        ),
    },
    "state_number_in_clear": {
        "ko": (
            "{tag} 사유인데 국가가 부여한 번호 `{name}`을(를) 비밀로 받지 않아요.",
            '꼭 필요한지 확인하고, 필요하면 `sensitivity`를 "secret"으로 정하세요.',
        ),
        "ja": (
            "{tag} の理由ですが、国の番号 `{name}` を秘密として受けていません。",
            '本当に必要か確認し、必要なら `sensitivity` を "secret" にしてください。',
        ),
        "en": (
            "The reason is tagged {tag}, and `{name}`, a number by which a state knows a person, is no secret.",
            'Ask only if the law allows it, and set `sensitivity` to "secret".',
        ),
    },
    "personal_to_undeclared": {
        "ko": (
            "{tag} 사유인데 개인정보 `{name}`을(를) 무엇을 받는지 밝히지 않은 `{task}` 외부 호출에 보내요.",
            "외부 호출의 인수를 선언하거나 개인정보를 보내지 마세요.",
        ),
        "ja": (
            "{tag} の理由ですが、個人情報 `{name}` を、引数を宣言していない外部呼び出し `{task}` に送っています。",
            "外部呼び出しの引数を宣言するか、個人情報を送らないでください。",
        ),
        "en": (
            "The reason is tagged {tag}, and `{name}` goes to `{task}`, which does not declare what it takes.",
            "Declare the arguments of the task, or send nothing personal.",
        ),
    },
    "personal_in_title": {
        "ko": (
            "{tag} 사유인데 여정 제목에 개인정보 `{name}`이(가) 들어가요. 제목은 목록과 보고서에 보여요.",
            "제목에서 변수를 빼세요.",
        ),
        "ja": (
            "{tag} の理由ですが、ジャーニーの題名に個人情報 `{name}` が入ります。題名は一覧や報告に出ます。",
            "題名から変数を外してください。",
        ),
        "en": (
            "The reason is tagged {tag}, and the title holds `{name}`: titles stand in lists and reports.",
            "Take the variable out of the title.",
        ),
    },
    "task_undeclared": {
        "ko": (
            "{tag} 사유인데 `{task}` 외부 호출이 무엇을 받고 돌려주는지 밝히지 않았어요.",
            "외부 호출의 인수와 돌려주는 값을 선언하세요.",
        ),
        "ja": (
            "{tag} の理由ですが、外部呼び出し `{task}` の引数か返す項目が宣言されていません。",
            "外部呼び出しの引数と返す項目を宣言してください。",
        ),
        "en": (
            "The reason is tagged {tag}, and task `{task}` does not declare what it takes and answers.",
            "Declare the arguments and the answers of the task.",
        ),
    },
    "told_before_proof": {
        "ko": (
            "{tag} 사유는 본인 확인 {level}단계가 필요한데, {reached}단계에서 `{name}` 값을 알려 줘요.",
            "먼저 `{step_verify}` 단계를 거치거나 그 값을 말하지 마세요.",
        ),
        "ja": (
            "{tag} の理由には本人確認 {level} が必要ですが、{reached} の段階で `{name}` の値を伝えています。",
            "先に `{step_verify}` で確認するか、その値を伝えないでください。",
        ),
        "en": (
            "The reason, tagged {tag}, asks for proof of level {level}, but `{name}` is told at level {reached}.",
            "Prove the customer with `{step_verify}` first, or leave the value out.",
        ),
    },
    "linked_before_proof": {
        "ko": (
            "{tag} 사유는 본인 확인 {level}단계가 필요한데, {reached}단계에서 상담으로 이어지는 링크를 보내요.",
            "먼저 `{step_verify}` 단계를 거친 뒤 보내세요.",
        ),
        "ja": (
            "{tag} の理由には本人確認 {level} が必要ですが、{reached} の段階でこの件へのリンクを送っています。",
            "先に `{step_verify}` で確認してから送ってください。",
        ),
        "en": (
            "The reason, tagged {tag}, asks for proof of level {level}, but a link is sent at level {reached}.",
            "Prove the customer with `{step_verify}` before the link is sent.",
        ),
    },
}
