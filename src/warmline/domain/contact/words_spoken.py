"""What the contact itself says to a caller where the written words do not fit a voice."""
# ruff: noqa: E501 -- sentences are read whole

from warmline.domain.contact.words import WORDS
from warmline.domain.journey.prompts import is_spoken
from warmline.kernel.locale import Locale

SPOKEN: dict[str, dict[Locale, str]] = {
    "contact.idle_ended": {
        "ko": "한동안 말씀이 없어 통화를 마칠게요. 언제든 다시 전화 주세요.",
        "ja": "しばらくお声が聞こえなかったため、お電話を終了いたします。いつでもおかけ直しください。",
        "en": "We have not heard from you for a while, so we are ending this call. Please call again any time.",
    },
    "contact.agent_ended": {
        "ko": "상담이 끝났어요. 전화 주셔서 감사합니다.",
        "ja": "ご対応を終了しました。お電話いただき、ありがとうございました。",
        "en": "Your agent has finished. Thank you for calling.",
    },
    "contact.closed": {
        "ko": "통화를 마칠게요. 필요하실 때 언제든 다시 전화 주세요.",
        "ja": "これで終了いたします。また何かございましたら、いつでもお電話ください。",
        "en": "We are ending this call now. Please call again any time you need anything.",
    },
    "contact.message_kept": {
        "ko": "문제가 계속되어 지금은 더 도와드리기 어려워요. 죄송합니다. 말씀하신 내용은 보관했고 담당자가 확인하겠습니다.",
        "ja": "問題が解消しないため、ただいまご案内できません。申し訳ございません。内容はお預かりし、担当者が確認いたします。",
        "en": "The problem persists and we cannot help you further right now. We are sorry. What you told us is kept, "
        "and someone will look at it.",
    },
    "contact.nobody_staffed": {
        "ko": "지금은 자리에 있는 상담원이 없어요. 순서는 그대로예요. 상담원이 돌아오는 대로 연결해 드릴게요.",
        "ja": "ただいま対応できる担当者が席におりません。順番はそのままで、担当者が戻り次第おつなぎします。",
        "en": "No agent is at their desk right now. Your place is kept, and we connect you as soon as somebody is back.",
    },
    "contact.callback_promised": {
        "ko": "알겠습니다. 순서는 그대로 두고, {at:datetime} 무렵에 저희가 전화드릴게요. 이제 끊으셔도 돼요.",
        "ja": "承知しました。順番はそのままで、{at:datetime}ごろに当社からお電話いたします。お電話はこのままお切りください。",
        "en": "All right. Your place in line is kept, and we will call you around {at:datetime}. You can hang up now.",
    },
    "contact.callback_promised_here": {
        "ko": "알겠습니다. 순서는 그대로 두고, {at:datetime} 무렵에 연락드릴게요. 이제 끊으셔도 돼요.",
        "ja": "承知しました。順番はそのままで、{at:datetime}ごろにご連絡します。お電話はこのままお切りください。",
        "en": "All right. Your place in line is kept, and we will get back to you around {at:datetime}. You can hang up now.",
    },
    "contact.callback_unreached": {
        "ko": "여러 번 전화드렸지만 연결되지 않아 이번 요청은 마칠게요. 언제든 다시 전화 주세요.",
        "ja": "何度かお電話しましたがつながらなかったため、今回のご依頼は終了いたします。いつでもおかけ直しください。",
        "en": "We called several times without success, so we are closing this request. Please call again any time.",
    },
    "contact.callback_wrong_number": {
        "ko": "남겨 주신 번호로는 연결되지 않아 이번 요청은 마칠게요. 번호를 확인하신 뒤 다시 전화 주세요.",
        "ja": "いただいた番号ではおつなぎできなかったため、今回のご依頼は終了いたします。番号をご確認のうえ、もう一度お電話ください。",
        "en": "The number we have does not reach you, so we are closing this request. Please check it and call again.",
    },
    "contact.callback_ask": {
        "ko": "약속드린 상담 전화예요. 지금 통화하실 수 있나요?",
        "ja": "お約束のお電話です。今、お話しいただけますか。",
        "en": "This is the call we promised you. Can you talk now?",
    },
    "contact.callback_agent_here": {
        "ko": "약속드린 대로 상담원이 전화드렸어요.",
        "ja": "お約束どおり、担当者からお電話しております。",
        "en": "As promised, an agent is calling you.",
    },
    "contact.callback_cancelled": {
        "ko": "전화 약속을 취소했어요. 필요하실 때 언제든 다시 전화 주세요.",
        "ja": "お電話の予約を取り消しました。必要なときは、いつでもお電話ください。",
        "en": "We have cancelled the call. Please call again any time you need us.",
    },
    "contact.callback_called_off": {
        "ko": "죄송합니다. 약속드린 전화를 드릴 수 없게 되었어요. 언제든 다시 전화 주세요.",
        "ja": "申し訳ございません。お約束したお電話ができなくなりました。いつでもおかけ直しください。",
        "en": "We are sorry: we cannot make the call we promised. Please call again any time.",
    },
    "contact.callback_yes": {"ko": "전화받기를 원하시면", "ja": "お電話をご希望の場合", "en": "a call back"},
    "contact.callback_no": {
        "ko": "계속 기다리시려면",
        "ja": "このままお待ちになる場合",
        "en": "waiting on the line",
    },
    "contact.callback_here": {"ko": "지금 통화하시려면", "ja": "今お話しになる場合", "en": "talking now"},
    "contact.callback_later": {"ko": "나중에 통화하시려면", "ja": "後ほどをご希望の場合", "en": "a later call"},
    "contact.callback_cancel": {
        "ko": "전화 약속을 취소하시려면",
        "ja": "お電話を取り消す場合",
        "en": "no call at all",
    },
    "voice.option": {"ko": "{label}, {n}번.", "ja": "{label}、{n}番。", "en": "For {label}, press {n}."},
    "voice.option_last": {
        "ko": "{label}, {n}번을 눌러 주세요.",
        "ja": "{label}、{n}番を押してください。",
        "en": "For {label}, press {n}.",
    },
}


def words(key: str, locale: Locale, channel: str) -> str:
    """Return what the contact says on a channel, as delivered."""
    spoken = SPOKEN.get(key) if is_spoken(channel) else None
    return (spoken or WORDS.get(key) or SPOKEN[key])[locale]
