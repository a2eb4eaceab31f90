"""What steps and languages are called, as the designer calls them."""

from warmline.kernel.locale import Locale

STEP_NAMES: dict[str, dict[Locale, str]] = {
    "say": {"ko": "말하기", "ja": "伝える", "en": "Say"},
    "ask": {"ko": "묻기", "ja": "尋ねる", "en": "Ask"},
    "menu": {"ko": "메뉴", "ja": "メニュー", "en": "Menu"},
    "when": {"ko": "조건", "ja": "条件", "en": "When"},
    "set": {"ko": "값 정하기", "ja": "設定", "en": "Set"},
    "reason": {"ko": "사유 기록", "ja": "用件", "en": "Reason"},
    "invoke": {"ko": "외부 호출", "ja": "外部呼び出し", "en": "Look up"},
    "verify": {"ko": "본인 확인", "ja": "本人確認", "en": "Verify"},
    "hours": {"ko": "운영 시간", "ja": "営業時間", "en": "Hours"},
    "announce": {"ko": "안내", "ja": "お知らせ", "en": "Announce"},
    "enqueue": {"ko": "대기열", "ja": "待ち行列", "en": "Queue"},
    "callback": {"ko": "콜백", "ja": "折り返し", "en": "Callback"},
    "transfer": {"ko": "다른 여정으로", "ja": "別のジャーニーへ", "en": "Continue in"},
    "call": {"ko": "모듈 사용", "ja": "モジュール", "en": "Use module"},
    "return": {"ko": "돌아가기", "ja": "戻る", "en": "Return"},
    "survey": {"ko": "설문", "ja": "アンケート", "en": "Survey"},
    "end": {"ko": "끝내기", "ja": "終了", "en": "End"},
    "goto": {"ko": "이동", "ja": "移動", "en": "Go to"},
    "send_link": {"ko": "링크 보내기", "ja": "リンクを送る", "en": "Send a link"},
    "show": {"ko": "카드 보여 주기", "ja": "カードを見せる", "en": "Show a card"},
    "voicemail": {"ko": "음성 메시지", "ja": "伝言", "en": "Voicemail"},
}
LANGUAGE_NAMES: dict[str, dict[Locale, str]] = {
    "ko": {"ko": "한국어", "ja": "韓国語", "en": "Korean"},
    "ja": {"ko": "일본어", "ja": "日本語", "en": "Japanese"},
    "en": {"ko": "영어", "ja": "英語", "en": "English"},
}
# The details of a problem that are codes, and what is read instead.
_NAMED = {"step": STEP_NAMES, "after": STEP_NAMES, "locale": LANGUAGE_NAMES}


def named(details: dict[str, str], locale: Locale) -> dict[str, str]:
    """Return details with names for codes, and every step's name as `step_TAG` for sentences that advise one."""
    steps = {f"step_{tag}": names[locale] for tag, names in STEP_NAMES.items()}
    known = {key: names[details[key]][locale] for key, names in _NAMED.items() if details.get(key) in names}
    return steps | details | known
