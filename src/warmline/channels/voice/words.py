"""What a call itself says, beside the journey's words; a tenant's prompt of the same key wins."""
# ruff: noqa: E501 -- sentences are read whole

from warmline.kernel.locale import Locale

WORDS: dict[str, dict[Locale, str]] = {
    "voice.option": {
        "ko": "{label}, {n}번을 눌러 주세요.",
        "ja": "{label}は、{n}を押してください。",
        "en": "For {label}, press {n}.",
    },
    "voice.recorded": {
        "ko": "더 나은 상담을 위해 통화가 녹음됩니다.",
        "ja": "応対品質の向上のため、この通話は録音されます。",
        "en": "This call is recorded to help us serve you better.",
    },
    "voice.agent_lost": {
        "ko": "상담원과의 연결이 잠시 끊어졌어요. 다시 연결하고 있으니 끊지 말고 잠시만 기다려 주세요.",
        "ja": "担当者との接続が一時的に切れました。おつなぎし直しておりますので、そのままお待ちください。",
        "en": "The connection to your agent was lost for a moment. Please stay on the line while we restore it.",
    },
    "voice.away": {
        "ko": "죄송합니다. 지금 시스템에 잠시 문제가 있어요. 다시 전화를 받고 싶으시면 1번을 눌러 주세요. 기다리셔도 됩니다.",
        "ja": "申し訳ございません。ただいまシステムに一時的な問題が発生しております。折り返しのお電話をご希望の方は1を押してください。このままお待ちいただくこともできます。",
        "en": "We are sorry, our system has a problem right now. To be called back, press 1. You are also welcome to stay on the line.",
    },
    "voice.away_unknown": {
        "ko": "죄송합니다. 지금 시스템에 잠시 문제가 있어요. 잠시만 기다려 주시거나, 나중에 다시 전화해 주세요.",
        "ja": "申し訳ございません。ただいまシステムに一時的な問題が発生しております。このままお待ちいただくか、後ほどおかけ直しください。",
        "en": "We are sorry, our system has a problem right now. Please stay on the line, or call again a little later.",
    },
    "voice.promised": {
        "ko": "전화번호와 시간을 남겨 두었어요. 지금 거신 번호로 최대한 빨리 전화드릴게요. 감사합니다.",
        "ja": "お電話番号とお時間を承りました。おかけいただいた番号へ、できるだけ早く折り返しお電話いたします。ありがとうございます。",
        "en": "We have noted your number and the time. We will call you at this number as soon as we can. Thank you.",
    },
    "voice.lost": {
        "ko": "죄송합니다. 통화를 계속할 수 없어요. 불편을 드려 죄송합니다.",
        "ja": "申し訳ございません。この通話を続けることができません。ご迷惑をおかけいたします。",
        "en": "We are sorry, this call cannot go on. Please excuse the trouble.",
    },
    "voice.person": {"ko": "상담원", "ja": "担当者", "en": "agent"},
}


def word(key: str, locale: Locale) -> str:
    """Return a text of the call's own."""
    return WORDS[key][locale]


def with_options(text: str, labels: tuple[str, ...], locale: Locale) -> str:
    """Return a question with its choices, where it says `{options}` or behind it."""
    template = WORDS["voice.option"][locale]
    spoken = " ".join(template.format(label=label, n=number) for number, label in enumerate(labels, 1))
    return text.replace("{options}", spoken) if "{options}" in text else f"{text} {spoken}".strip()
