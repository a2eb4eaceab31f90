"""What the checker says about the end of a path, and the words of its reports and conversations."""

from warmline.kernel.locale import Locale

PATHS: dict[str, dict[Locale, tuple[str, str]]] = {
    "fell_through": {
        "ko": (
            "경로가 여기서 그냥 끝나요.",
            "`{step_end}`, `{step_goto}`, `{step_enqueue}`, `{step_return}`로 마무리해 주세요.",
        ),
        "ja": (
            "経路がここで終わり、その先に何もありません。",
            "`{step_end}`、`{step_goto}`、`{step_enqueue}`、`{step_return}` のいずれかで終えてください。",
        ),
        "en": (
            "The path ends here with nothing after it.",
            "Finish with `{step_end}`, `{step_goto}`, `{step_enqueue}` or `{step_return}`.",
        ),
    },
    "runaway": {
        "ko": ("고객을 기다리지 않고 끝없이 돌아요.", "반복을 끊거나 그 안에서 질문해 주세요."),
        "ja": ("お客様を待たずに回り続けます。", "繰り返しを断つか、その中で質問してください。"),
        "en": ("The path loops without ever waiting for the customer.", "Break the loop, or ask something in it."),
    },
    "variable_unset": {
        "ko": ("정해지지 않은 `{name}` 변수를 이 경로에서 읽어요.", "그 전에 값을 정하거나 물어봐 주세요."),
        "ja": ("この経路では未設定の変数 `{name}` を読みます。", "その前に値を設定するか、質問してください。"),
        "en": ("Variable `{name}` is read, but nothing has set it on this path.", "Set or ask for it before."),
    },
    "prompt_missing.said": {
        "ko": ("`{prompt}` 문구를 말하는데 내용이 없어요.", "세 언어로 문구를 써 주세요."),
        "ja": ("文言 `{prompt}` を話しますが、テキストがありません。", "三つの言語で文言を書いてください。"),
        "en": ("Prompt `{prompt}` is said, but has no text.", "Write the prompt in all three languages."),
    },
    "values_incomparable": {
        "ko": ("`{name}` 변수를 비교할 수 없는 값과 비교해요.", "같은 종류의 값과 비교해 주세요."),
        "ja": ("変数 `{name}` を比べられない値と比べています。", "同じ種類の値と比べてください。"),
        "en": ("Variable `{name}` is compared with what it cannot be.", "Compare it with a value of its kind."),
    },
    "value_too_large": {
        "ko": ("`{name}` 변수에 담긴 값이 너무 많아져요.", "값을 자기 자신 안에 복사하지 마세요."),
        "ja": ("変数 `{name}` の値が多くなりすぎます。", "値をそれ自身の中に複写しないでください。"),
        "en": ("Variable `{name}` comes to hold too much.", "Do not copy a value into itself."),
    },
    "waits_forever": {
        "ko": ("고객이 여기서 기다리지만 아무 일도 일어나지 않아요.", "이 단계에 시간 제한을 주세요."),
        "ja": ("お客様がここで待ちますが、何も起こりません。", "このステップに制限時間を設けてください。"),
        "en": ("The customer waits here, and nothing will ever happen.", "Give the step a time limit."),
    },
    "unexplained_end": {
        "ko": ("아무 말 없이 상담이 끝나요.", "끝내기 전에 이유를 말해 주세요."),
        "ja": ("何も言わずに終わります。", "終わる前に理由を伝えてください。"),
        "en": ("The contact ends here without a word.", "Say why before the end."),
    },
    "works_unheard": {
        "ko": (
            "외부 호출이 오래 걸려도 전화를 건 고객에게 아무 말도 하지 않아요.",
            "기다리는 동안 진행 상황을 알려 주세요.",
        ),
        "ja": (
            "外部呼び出しに時間がかかっても、お電話のお客様に何も伝えません。",
            "お待ちいただく間に状況を伝えてください。",
        ),
        "en": (
            "However long the backend takes, a caller would be told nothing.",
            "Let the step say that it is still working.",
        ),
    },
    "endless_silence": {
        "ko": (
            "고객이 아무 말도 하지 않으면 끝없이 되풀이돼요.",
            "`give_up`이나 `failed`가 안내, 상담원, 콜백 가운데 하나로 끝나게 해 주세요.",
        ),
        "ja": (
            "お客様が何も言わないと、いつまでも繰り返します。",
            "`give_up` や `failed` が、案内か担当者か折り返しで終わるようにしてください。",
        ),
        "en": (
            "Without a word of the customer this goes round and round for ever.",
            "Let `give_up` or `failed` end with a message, a person or a callback.",
        ),
    },
    "nothing_to_return_to": {
        "ko": ("돌아갈 곳이 없어요.", "여기서는 `{step_end}`나 `{step_goto}`을 쓰세요."),
        "ja": ("戻る先がありません。", "ここでは `{step_end}` か `{step_goto}` を使ってください。"),
        "en": ("There is nothing to return to.", "Use `{step_end}` or `{step_goto}` here."),
    },
    "too_deep": {
        "ko": ("모듈이 모듈을 너무 깊이 불러요.", "모듈이 자신을 다시 부르지 않게 해 주세요."),
        "ja": ("モジュールの呼び出しが深すぎます。", "モジュールが自分を呼び直さないようにしてください。"),
        "en": ("Modules call modules too deeply.", "Let no module call itself again."),
    },
    "waiting_lost": {
        "ko": (
            "고객의 대답을 받을 단계가 여기에 없어요.",
            "묻거나, 대기열로 보내거나, 끝내는 단계로 이어 주세요.",
        ),
        "ja": (
            "ここにはお客様の返答を受け取るステップがありません。",
            "質問するか、待ち行列に入れるか、終えるステップへつなげてください。",
        ),
        "en": (
            "Nothing here takes the customer's answer.",
            "Let it go on to a step that asks, puts in line or ends.",
        ),
    },
    "on_error_failed": {
        "ko": (
            "문제가 생겼을 때 하는 일이 스스로 실패해요.",
            "`on_error`에는 채울 값이 없는 문구와 `{step_end}`만 두세요.",
        ),
        "ja": (
            "問題が起きたときの処理そのものが失敗します。",
            "`on_error` には、値を埋め込まない文言と `{step_end}` だけを置いてください。",
        ),
        "en": (
            "What is done when something goes wrong fails itself.",
            "Keep `on_error` to texts with nothing to fill in and `{step_end}`.",
        ),
    },
    "cannot_go_on": {
        "ko": ("경로가 여기서 이어질 수 없어요.", "이 단계를 고쳐 주세요."),
        "ja": ("経路がここから先へ進めません。", "このステップを直してください。"),
        "en": ("The path cannot go on here.", "Correct the step."),
    },
}

REPORT: dict[str, dict[Locale, str]] = {
    "warning": {"ko": "참고: {text}", "ja": "ご参考: {text}", "en": "Worth knowing: {text}"},
    "by_telephone": {"ko": "전화에서: {text}", "ja": "お電話の場合: {text}", "en": "By telephone: {text}"},
    "compared": {
        "ko": "최신 버전 대신 비교 중인 버전으로 검사했어요: {versions}",
        "ja": "最新版の代わりに、比較中の版で検査しました: {versions}",
        "en": "Proved with versions that are being compared, in place of the newest: {versions}",
    },
    "covered": {
        "ko": "상황 {states}개, 단계 {transitions}개, 끝 {paths}개, 여정 {journeys}개",
        "ja": "状況 {states}、ステップ {transitions}、終わり {paths}、ジャーニー {journeys}",
        "en": "{states} states, {transitions} steps, {paths} ends over {journeys} journeys",
    },
    "ok": {
        "ko": "{journey}: 모든 경로가 설명과 함께 끝나요({covered}).",
        "ja": "{journey}: すべての経路が説明付きで終わります（{covered}）。",
        "en": "{journey}: every path ends explained ({covered}).",
    },
    "refused": {
        "ko": "{journey}: 게시할 수 없어요. 문제 {count}개({covered}).",
        "ja": "{journey}: 公開できません。問題 {count} 件（{covered}）。",
        "en": "{journey}: cannot be published, {count} problem(s) ({covered}).",
    },
}

TALK: dict[str, dict[Locale, str]] = {
    "customer": {"ko": "고객: {text}", "ja": "お客様: {text}", "en": "Customer: {text}"},
    "bot": {"ko": "봇: {text}", "ja": "ボット: {text}", "en": "Bot: {text}"},
    "begun_with": {
        "ko": "(시작할 때: {fields})",
        "ja": "（開始時の値: {fields}）",
        "en": "(begins with {fields})",
    },
    "time_passes": {
        "ko": "(시간이 지남)",
        "ja": "（時間が経過します）",
        "en": "(time passes)",
    },
    "silent": {
        "ko": "(고객이 아무 말도 하지 않음)",
        "ja": "（お客様は何も言いません）",
        "en": "(the customer says nothing)",
    },
    "voicemail.recorded": {
        "ko": "(고객이 메시지를 남김)",
        "ja": "（お客様が伝言を残します）",
        "en": "(the customer leaves a message)",
    },
    "voicemail.nothing": {
        "ko": "(고객이 메시지를 남기지 않음)",
        "ja": "（お客様は伝言を残しません）",
        "en": "(the customer leaves no message)",
    },
    "queue_moved": {
        "ko": "(대기열 상황이 바뀜)",
        "ja": "（待ち行列の状況が変わります）",
        "en": "(the queue changes)",
    },
    "answers.ok": {
        "ko": "({task} 응답{fields})",
        "ja": "（{task} が応答{fields}）",
        "en": "({task} answers: ok{fields})",
    },
    "answers.failed": {"ko": "({task} 실패)", "ja": "（{task} が失敗）", "en": "({task} answers: failed)"},
    "answers.timed_out": {
        "ko": "({task} 시간 초과)",
        "ja": "（{task} が時間切れ）",
        "en": "({task} does not answer in time)",
    },
    "waits": {
        "ko": "({queue} 대기열에서 기다림)",
        "ja": "（待ち行列 {queue} で待ちます）",
        "en": "(waits in queue {queue})",
    },
    "leaves": {"ko": "(대기열에서 나감)", "ja": "（待ち行列から出ます）", "en": "(leaves the queue)"},
    "promised": {
        "ko": "({queue}에서 콜백 약속)",
        "ja": "（{queue} からの折り返しを約束）",
        "en": "(a callback from {queue} is promised)",
    },
    "ends.contained": {"ko": "(끝: 해결됨)", "ja": "（終了: 解決）", "en": "(ends: contained)"},
    "ends.message_taken": {
        "ko": "(끝: 메시지를 남김)",
        "ja": "（終了: 伝言を受付）",
        "en": "(ends: message taken)",
    },
    "ends.callback_promised": {
        "ko": "(끝: 콜백 약속)",
        "ja": "（終了: 折り返しを約束）",
        "en": "(ends: callback promised)",
    },
    "hours.open": {"ko": "({name} 운영 중)", "ja": "（{name} は営業中）", "en": "({name} is open)"},
    "hours.closed": {"ko": "({name} 운영 종료)", "ja": "（{name} は営業時間外）", "en": "({name} is closed)"},
    "hours.holiday": {"ko": "({name} 휴무일)", "ja": "（{name} は休業日）", "en": "({name} is holiday)"},
    "hours.emergency": {"ko": "({name} 비상)", "ja": "（{name} は緊急時）", "en": "({name} is emergency)"},
    "hours.open later": {
        "ko": "({name} 나중에 운영)",
        "ja": "（{name} はこのあと営業）",
        "en": "({name} is open later)",
    },
    "hours.closed later": {
        "ko": "({name} 이틀 동안 운영 안 함)",
        "ja": "（{name} は二日間営業しない）",
        "en": "({name} is closed for two days)",
    },
    "queue.staffed": {
        "ko": "({name} 대기열에 상담원 있음)",
        "ja": "（待ち行列 {name} に担当者がいます）",
        "en": "(queue {name} is staffed)",
    },
    "queue.unstaffed": {
        "ko": "({name} 대기열에 상담원 없음)",
        "ja": "（待ち行列 {name} に担当者がいません）",
        "en": "(queue {name} is unstaffed)",
    },
    "queue.full": {
        "ko": "({name} 대기열이 가득 참)",
        "ja": "（待ち行列 {name} は満員）",
        "en": "(queue {name} is full)",
    },
    "slot.silent": {"ko": "({name} 공지 없음)", "ja": "（{name} のお知らせなし）", "en": "({name} is silent)"},
    "slot.announced": {
        "ko": "({name} 공지 있음)",
        "ja": "（{name} のお知らせあり）",
        "en": "({name} is announced)",
    },
    "announcement": {"ko": "(공지)", "ja": "（お知らせ）", "en": "(announcement)"},
}
