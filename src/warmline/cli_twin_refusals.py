"""What `warmline twin` says when it refuses, in Korean and Japanese; English is in the catalogue of errors."""

# ruff: noqa: E501 -- wide characters count double; these sentences read better unbroken

from warmline.kernel.errors import Refused
from warmline.kernel.locale import Locale

REFUSALS: dict[Locale, dict[str, str]] = {
    "ko": {
        "twin_nothing_recorded": "{day}에는 대기열에 들어온 상담이 없어요. 상담 기록이 있는 날을 골라 주세요.",
        "twin_no_history": "{day}을(를) 예측할 만큼 기록된 날이 없어요. 하루 전체가 기록된 다음에, 두 달 안의 날짜로 다시 물어봐 주세요.",
        "twin_nobody_there": "{day}에 근무한 사람을 알 수 없어요. 누군가 근무한 날을 골라 주세요.",
        "twin_nobody_serves": "그날 근무한 사람 중에 대기열 {queue_id}을(를) 맡는 사람이 없어요. 다른 대기열을 고르거나, 이 대기열을 맡는 라우팅 프로필을 누군가에게 지정해 주세요.",
        "twin_scenario": "시나리오 {file}을(를) 사용할 수 없어요: {reason}. 파일을 고친 뒤 다시 시도해 주세요.",
        "twin_no_promise": "서비스 수준 {share}은(는) 약속할 수 없어요. 0.01에서 0.99 사이의 값을 골라 주세요.",
        "twin_too_many_contacts": "물어본 날의 상담이 약 {count}건이에요. 시뮬레이션은 {most}건까지 할 수 있어요. 상담량을 줄이거나, 프로모션의 수·배수·시간을 줄여 주세요.",
        "twin_no_queue": "대기열 {queue_id}이(가) 없어요. 다음 중에서 골라 주세요: {queues}",
        "twin_bounds": "{field}은(는) {low}에서 {high} 사이여야 해요.",
        "twin_failed": "시뮬레이션이 중간에 끊겼어요. 다시 시작해 주세요. 계속 실패하면 지원팀에 알려 주세요.",
        "twin_too_big": "시뮬레이션이 쓸 수 있는 메모리({most_mb}MB)를 넘었어요. 상담량, 프로모션 배수, 실행 횟수를 줄여 주세요.",
    },
    "ja": {
        "twin_nothing_recorded": "{day}に列に入ったコンタクトはありません。記録のある日を選んでください。",
        "twin_no_history": "{day}を予測するための記録がありません。丸1日の記録ができてから、2か月以内の日付でお試しください。",
        "twin_nobody_there": "{day}に勤務した人がわかりません。誰かが勤務した日を選んでください。",
        "twin_nobody_serves": "その日に勤務した人の中に、列 {queue_id} を担当する人がいません。別の列を選ぶか、この列を担当するルーティングプロファイルを誰かに設定してください。",
        "twin_scenario": "シナリオ {file} は使えません：{reason}。ファイルを直して、もう一度お試しください。",
        "twin_no_promise": "サービスレベル {share} は約束できません。0.01から0.99の値を選んでください。",
        "twin_too_many_contacts": "指定された日のコンタクトは約{count}件です。シミュレーションできるのは{most}件までです。件数を減らすか、プロモーションの数・倍率・時間を減らしてください。",
        "twin_no_queue": "列 {queue_id} はありません。次の中から選んでください：{queues}",
        "twin_bounds": "{field} は {low} から {high} の間で指定してください。",
        "twin_failed": "シミュレーションが途中で終了しました。もう一度開始してください。繰り返す場合はサポートにお知らせください。",
        "twin_too_big": "シミュレーションが使えるメモリ（{most_mb} MB）を超えました。件数、プロモーションの倍率、実行回数を減らしてください。",
    },
}


def explained(refused: Refused, locale: Locale) -> str:
    """Return a refusal and what to do about it, in the reader's language as far as it is known there."""
    told = REFUSALS.get(locale, {}).get(refused.code)
    if told is None:
        return f"{refused.text} {refused.fix}"
    return told.format_map({name: str(value) for name, value in refused.details.items()})
