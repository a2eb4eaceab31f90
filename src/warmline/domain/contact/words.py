"""What the contact itself says to a customer, in three languages; a tenant's prompt of the same key wins."""
# ruff: noqa: E501 -- sentences are read whole

from warmline.kernel.locale import Locale

WORDS: dict[str, dict[Locale, str]] = {
    "contact.agent_gone": {
        "ko": "상담원과의 연결이 끊어졌어요. 죄송합니다. 기다리신 순서 그대로 다른 상담원을 연결해 드릴게요.",
        "ja": "担当者との接続が切れてしまいました。申し訳ございません。順番はそのままで、別の担当者におつなぎします。",
        "en": "We lost the connection to your agent, and we are sorry. You keep your place in line "
        "while we find someone else for you.",
    },
    "contact.transferred": {
        "ko": "더 잘 도와드릴 수 있는 담당자에게 연결하고 있어요. 지금까지의 내용은 모두 전달되니 다시 설명하지 않으셔도 돼요.",
        "ja": "より適した担当におつなぎしています。これまでの内容は引き継がれますので、もう一度ご説明いただく必要はありません。",
        "en": "We are passing you to someone who can help you better. They can see everything so far, "
        "so there is no need to repeat yourself.",
    },
    "contact.still_waiting": {
        "ko": "아직 상담원을 기다리는 중이에요. 순서는 그대로 유지되고 있습니다. 조금만 더 기다려 주세요.",
        "ja": "ただいま担当者におつなぎする順番をお待ちいただいています。順番はそのままですので、もうしばらくお待ちください。",
        "en": "You are still in line for an agent and your place is kept. Thank you for your patience.",
    },
    "contact.nobody_staffed": {
        "ko": "지금은 자리에 있는 상담원이 없어요. 남겨 주신 내용과 순서는 그대로 보관하고, 상담원이 돌아오는 대로 이어서 도와드릴게요.",
        "ja": "ただいま対応できる担当者が席におりません。内容と順番はそのままお預かりし、担当者が戻り次第ご案内します。",
        "en": "No agent is at their desk right now. Your messages and your place are kept, and we continue "
        "as soon as somebody is back.",
    },
    "contact.idle_ended": {
        "ko": "한동안 응답이 없어 상담을 마칠게요. 언제든 다시 말씀해 주시면 이어서 도와드리겠습니다.",
        "ja": "しばらくお返事がなかったため、いったん終了いたします。またお声がけいただければ、続きからご案内します。",
        "en": "We have not heard from you for a while, so we are closing this conversation. Write again any time "
        "and we pick up where we left off.",
    },
    "contact.agent_ended": {
        "ko": "상담이 종료되었어요. 문의해 주셔서 감사합니다.",
        "ja": "ご対応を終了しました。お問い合わせいただき、ありがとうございました。",
        "en": "Your agent has closed the conversation. Thank you for contacting us.",
    },
    "contact.closed": {
        "ko": "상담을 마칠게요. 더 필요한 것이 있으면 언제든 다시 말씀해 주세요.",
        "ja": "これで終了いたします。また何かございましたら、いつでもお声がけください。",
        "en": "We are closing this conversation now. Write again any time if you need anything else.",
    },
    "contact.trouble": {
        "ko": "처리 중에 문제가 생겼어요. 죄송합니다. 상담원에게 바로 연결해 드릴게요.",
        "ja": "処理中に問題が発生しました。申し訳ございません。担当者におつなぎします。",
        "en": "Something went wrong on our side, and we are sorry. We are connecting you to a person.",
    },
    "contact.message_kept": {
        "ko": "문제가 계속되어 지금은 더 도와드리기 어려워요. 죄송합니다. 남겨 주신 내용은 보관했고 담당자가 확인하겠습니다.",
        "ja": "問題が解消しないため、ただいまご案内できません。申し訳ございません。内容はお預かりし、担当者が確認いたします。",
        "en": "The problem persists and we cannot help you further right now. We are sorry. Your messages are kept "
        "and someone will look at them.",
    },
    "contact.callback_waiting": {
        "ko": "말씀 고맙습니다. 내용에 추가해 두었어요. 약속드린 대로 전화드릴게요.",
        "ja": "ありがとうございます。内容に追記しました。お約束どおりお電話いたします。",
        "en": "Thank you, we have added that to your request. We will call you as promised.",
    },
    "contact.repaired": {
        "ko": "기다리게 해 드려 죄송합니다. 상담원에게 연결하고 있어요.",
        "ja": "お待たせして申し訳ございません。担当者におつなぎしています。",
        "en": "We are sorry to keep you waiting. We are connecting you to a person.",
    },
}
