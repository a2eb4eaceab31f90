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
    "contact.callback_promised": {
        "ko": "알겠습니다. 지금 순서는 그대로 두고, {at:datetime} 무렵에 저희가 먼저 연락드릴게요. 이 창은 닫으셔도 돼요.",
        "ja": "承知しました。順番はそのままお取りしておき、{at:datetime}ごろに当社からご連絡します。この画面は閉じていただいてかまいません。",
        "en": "All right. Your place in line is kept, and we will get back to you around {at:datetime}. "
        "You can close this window.",
    },
    "contact.callback_promised_here": {
        "ko": "알겠습니다. 지금 순서는 그대로 두고, {at:datetime} 무렵에 이 대화창으로 답해 드릴게요.",
        "ja": "承知しました。順番はそのままお取りしておき、{at:datetime}ごろにこのチャットでお返事します。",
        "en": "All right. Your place in line is kept, and we will answer you here around {at:datetime}.",
    },
    "contact.callback_waiting_here": {
        "ko": "말씀 고맙습니다. 내용에 추가해 두었어요. 약속드린 대로 이 대화창으로 답해 드릴게요.",
        "ja": "ありがとうございます。内容に追記しました。お約束どおり、このチャットでお返事します。",
        "en": "Thank you, we have added that to your request. We will answer you here as promised.",
    },
    "contact.callback_moved": {
        "ko": "연락드릴 시간이 바뀌었어요. {at:datetime} 무렵에 연락드릴게요. 순서는 그대로예요.",
        "ja": "ご連絡の時間が変わりました。{at:datetime}ごろにご連絡します。順番はそのままです。",
        "en": "The time of our call has changed: we will get back to you around {at:datetime}. Your place is kept.",
    },
    "contact.callback_late": {
        "ko": "약속드린 시간에 연락드리지 못해 죄송합니다. 순서는 그대로이고, {at:datetime} 무렵까지는 연락드릴 수 있을 것으로 보고 있어요. 상담원이 준비되면 더 일찍 연락드릴게요.",
        "ja": "お約束の時間にご連絡できず、申し訳ございません。順番はそのままで、{at:datetime}ごろまでにはご連絡できる見込みです。担当者が対応でき次第、それより早くご連絡します。",
        "en": "We did not get back to you at the time we promised, and we are sorry. Your place is kept. We now expect "
        "to reach you by about {at:datetime}, and sooner if an agent is free.",
    },
    "contact.callback_retry": {
        "ko": "연락드렸지만 닿지 못했어요. {at:datetime} 무렵에 다시 연락드릴게요.",
        "ja": "ご連絡しましたが、つながりませんでした。{at:datetime}ごろに改めてご連絡します。",
        "en": "We tried to reach you but could not. We will try again around {at:datetime}.",
    },
    "contact.callback_unreached": {
        "ko": "여러 번 연락드렸지만 닿지 못해 이번 요청은 마칠게요. 언제든 다시 말씀해 주시면 이어서 도와드리겠습니다.",
        "ja": "何度かご連絡しましたがつながらなかったため、今回のご依頼は終了いたします。またお声がけいただければ、続きからご案内します。",
        "en": "We tried to reach you several times without success, so we are closing this request. Write again "
        "any time and we pick up where we left off.",
    },
    "contact.callback_wrong_number": {
        "ko": "남겨 주신 번호로는 연결이 되지 않아 이번 요청은 마칠게요. 번호를 확인하신 뒤 다시 말씀해 주세요.",
        "ja": "いただいた番号ではおつなぎできなかったため、今回のご依頼は終了いたします。番号をご確認のうえ、もう一度お知らせください。",
        "en": "The number we have does not reach you, so we are closing this request. Please check the number and "
        "write to us again.",
    },
    "contact.callback_ask": {
        "ko": "순서가 되었어요. 지금 이야기하실 수 있나요?",
        "ja": "順番になりました。今、お話しいただけますか？",
        "en": "It is your turn. Are you there?",
    },
    "contact.callback_confirmed": {
        "ko": "고맙습니다. 바로 상담원을 연결해 드릴게요.",
        "ja": "ありがとうございます。すぐに担当者におつなぎします。",
        "en": "Thank you. We are connecting you to an agent right away.",
    },
    "contact.callback_agent_here": {
        "ko": "약속드린 대로 상담원이 연락드려요. 여기에 답하셔도 돼요.",
        "ja": "お約束どおり、担当者からご連絡します。こちらにご返信いただくこともできます。",
        "en": "As promised, an agent is here for you now. You can also answer right here.",
    },
    "contact.callback_cancelled": {
        "ko": "연락 요청을 취소했어요. 필요하시면 언제든 다시 말씀해 주세요.",
        "ja": "ご連絡の予約を取り消しました。必要なときは、いつでもお声がけください。",
        "en": "We have cancelled the call. Write again any time if you need us.",
    },
    "contact.callback_called_off": {
        "ko": "죄송합니다. 약속드린 연락을 드릴 수 없게 되었어요. 남겨 주신 내용은 보관했으니 언제든 다시 말씀해 주세요.",
        "ja": "申し訳ございません。お約束したご連絡ができなくなりました。内容はお預かりしていますので、いつでもお声がけください。",
        "en": "We are sorry: we cannot make the call we promised. Your messages are kept; write again any time.",
    },
    "contact.callback_already": {
        "ko": "이미 연락을 약속드린 요청이 있어요. 그 순서 그대로 한 번만 연락드릴게요.",
        "ja": "すでにご連絡をお約束したご依頼があります。その順番のまま、一度だけご連絡します。",
        "en": "We have already promised you a call. That one keeps its place, and we call you once.",
    },
    "contact.callback_offer": {
        "ko": "기다리는 대신 저희가 먼저 연락드릴까요? 순서는 그대로 유지돼요.",
        "ja": "お待ちいただく代わりに、当社からご連絡しましょうか？順番はそのままです。",
        "en": "Would you rather we get back to you? You keep your place in line.",
    },
    "contact.callback_yes": {"ko": "연락받을게요", "ja": "連絡をもらう", "en": "Yes, get back to me"},
    "contact.callback_no": {"ko": "계속 기다릴게요", "ja": "このまま待つ", "en": "I will keep waiting"},
    "contact.callback_declined": {
        "ko": "알겠습니다. 순서는 그대로 유지되고 있어요.",
        "ja": "承知しました。順番はそのままです。",
        "en": "All right. Your place in line is kept.",
    },
    "contact.callback_here": {"ko": "네, 지금 괜찮아요", "ja": "はい、大丈夫です", "en": "Yes, I am here"},
    "contact.callback_later": {"ko": "나중에 해 주세요", "ja": "後にしてください", "en": "Later, please"},
    "contact.callback_cancel": {"ko": "연락 취소", "ja": "連絡を取り消す", "en": "Cancel the call"},
    "contact.overflow": {
        "ko": "더 빨리 도와드리려고 다른 팀의 상담원도 함께 찾고 있어요. 순서는 그대로 유지돼요.",
        "ja": "より早くご案内できるよう、別のチームの担当者もお探ししています。順番はそのままです。",
        "en": "To help you sooner, we are asking another team as well. You keep your place in line.",
    },
    "contact.max_wait_stay": {
        "ko": "예상보다 오래 기다리게 해 드려 죄송합니다. 순서는 그대로이고, 가장 먼저 연결해 드리도록 하고 있어요.",
        "ja": "想定より長くお待たせしており、申し訳ございません。順番はそのままで、できるだけ早くおつなぎします。",
        "en": "We are sorry that this takes longer than it should. Your place is kept, and you are next as soon as "
        "somebody is free.",
    },
    "contact.max_wait_message": {
        "ko": "지금은 상담원을 연결해 드리기 어려워요. 오래 기다리게 해 드려 죄송합니다. 남겨 주신 내용은 보관했고 담당자가 확인하겠습니다.",
        "ja": "ただいま担当者におつなぎできません。長らくお待たせし、申し訳ございません。内容はお預かりし、担当者が確認いたします。",
        "en": "We cannot connect you to an agent right now, and we are sorry about the long wait. Your messages are "
        "kept and someone will look at them.",
    },
    "contact.queue_closed": {
        "ko": "상담 시간이 끝나 지금은 연결해 드릴 수 없어요. 죄송합니다. 남겨 주신 내용은 보관했고 다음 상담 시간에 담당자가 확인하겠습니다.",
        "ja": "受付時間が終了したため、ただいまおつなぎできません。申し訳ございません。内容はお預かりし、次の受付時間に担当者が確認いたします。",
        "en": "Our opening hours are over and we cannot connect you now. We are sorry. Your messages are kept and "
        "someone will look at them when we open again.",
    },
    "contact.nobody_left": {
        "ko": "지금은 자리에 있는 상담원이 없어 연결해 드릴 수 없어요. 죄송합니다. 남겨 주신 내용은 보관했고 담당자가 확인하겠습니다.",
        "ja": "ただいま対応できる担当者が席におらず、おつなぎできません。申し訳ございません。内容はお預かりし、担当者が確認いたします。",
        "en": "No agent is at their desk any more and we cannot connect you. We are sorry. Your messages are kept "
        "and someone will look at them.",
    },
    "contact.repaired": {
        "ko": "기다리게 해 드려 죄송합니다. 상담원에게 연결하고 있어요.",
        "ja": "お待たせして申し訳ございません。担当者におつなぎしています。",
        "en": "We are sorry to keep you waiting. We are connecting you to a person.",
    },
    "contact.transferred_out": {
        "ko": "요청하신 곳으로 전화를 연결해 드릴게요. 저희 상담은 여기서 마치겠습니다. 문의해 주셔서 감사합니다.",
        "ja": "ご案内した先にお電話をおつなぎします。当社でのご対応はここで終了いたします。お問い合わせいただき、ありがとうございました。",
        "en": "We are connecting you to the place we spoke about. Our part of the call ends here. Thank you for contacting us.",
    },
    "contact.call_unreached": {
        "ko": "전화를 드렸지만 연결되지 않아 이번 통화는 마칠게요.",
        "ja": "お電話いたしましたがつながらなかったため、今回のご連絡は終了いたします。",
        "en": "We called but could not reach you, so we are closing this call.",
    },
    "contact.call_cut": {
        "ko": "저희 쪽 문제로 통화가 끊어졌어요. 죄송합니다. 순서는 그대로 두고, {at:datetime} 무렵에 저희가 다시 전화드릴게요.",
        "ja": "当社側の問題でお電話が切れてしまいました。申し訳ございません。順番はそのままで、{at:datetime}ごろに当社からおかけ直しします。",
        "en": "The call was cut off on our side, and we are sorry. Your place in line is kept, and we will call you back "
        "around {at:datetime}.",
    },
    "contact.call_cut_kept": {
        "ko": "저희 쪽 문제로 통화가 끊어졌어요. 죄송합니다. 말씀해 주신 내용은 보관했으니, 다시 전화 주시면 이어서 도와드릴게요.",
        "ja": "当社側の問題でお電話が切れてしまいました。申し訳ございません。内容はお預かりしていますので、もう一度お電話いただければ続きからご案内します。",
        "en": "The call was cut off on our side, and we are sorry. What you told us is kept: call again and we pick up "
        "where we left off.",
    },
}
