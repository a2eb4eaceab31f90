"""What help pages say of themselves, in three languages; what they help with is in the journeys."""

from msgspec import Struct

from warmline.kernel.locale import Locale


class Words(Struct, frozen=True):
    """The texts around a help page."""

    help: str
    index_title: str  # {company}
    index_lead: str
    search: str
    find: str
    found: str  # {count}, {words}
    found_nothing: str  # {words}
    no_pages: str
    all_pages: str
    list_of: str  # {number}, {lists}
    before: str
    after: str
    language: str
    skip: str
    begin_again: str
    your_answers: str
    keep: str
    kept_on: str  # {day}
    helped: str
    yes: str
    no: str
    thanks_yes: str
    thanks_no: str
    talk: str
    talk_lead: str
    talk_opened: str
    talk_elsewhere: str
    talk_window: str
    call: str
    site: str
    choose: str
    optional: str
    stale: str
    too_long: str
    not_found: str
    not_found_lead: str
    too_many: str
    continue_: str
    new_window: str


WORDS: dict[Locale, Words] = {
    "ko": Words(
        help="도움말",
        index_title="{company} 도움말",
        index_lead="궁금한 것을 찾아보세요. 질문에 답하시면 고객님께 맞는 안내를 보여 드려요.",
        search="도움말 검색",
        find="찾기",
        found="‘{words}’에 대한 도움말 {count}개를 찾았어요.",
        found_nothing="‘{words}’에 맞는 도움말이 없어요. 다른 말로 찾아보시거나 상담으로 물어봐 주세요.",
        no_pages="아직 도움말이 없어요.",
        all_pages="모든 도움말",
        list_of="{lists}쪽 중 {number}쪽",
        before="이전 쪽",
        after="다음 쪽",
        language="언어",
        skip="본문으로 건너뛰기",
        begin_again="처음부터 다시",
        your_answers="지금까지 답하신 내용",
        keep="텍스트 파일로 저장",
        kept_on="{day} 기준 안내예요.",
        helped="도움이 되었나요?",
        yes="네, 도움이 됐어요",
        no="아니요",
        thanks_yes="알려 주셔서 감사합니다. 도움이 되어 기뻐요.",
        thanks_no="알려 주셔서 감사합니다. 더 나은 안내가 되도록 고칠게요.",
        talk="상담원에게 물어보기",
        talk_lead="여기까지의 내용을 상담원에게 함께 전해 드려요.",
        talk_opened="채팅을 열고 있어요. 이 페이지에서 답하신 내용을 상담원이 함께 볼 수 있어요.",
        talk_elsewhere="채팅이 열리지 않으면 다음 방법으로 연락해 주세요.",
        talk_window="새 창에서 채팅 상담 열기",
        call="전화",
        site="홈페이지",
        choose="선택해 주세요",
        optional="선택",
        stale="페이지를 연 지 오래되었거나 주소가 완전하지 않아 처음부터 다시 시작할게요.",
        too_long="적어 주신 내용이 너무 길어요. 조금 짧게 적어 주세요.",
        not_found="도움말을 찾을 수 없어요",
        not_found_lead="주소가 바뀌었거나 더 이상 제공하지 않는 도움말이에요.",
        too_many="짧은 시간에 요청이 많았어요. 잠시 후 다시 시도해 주세요.",
        continue_="계속",
        new_window="새 창에서 전체 도움말 열기",
    ),
    "ja": Words(
        help="ヘルプ",
        index_title="{company} ヘルプ",
        index_lead="知りたいことをお探しください。質問にお答えいただくと、お客様に合ったご案内をお見せします。",
        search="ヘルプを検索",
        find="検索",
        found="「{words}」に関するヘルプが{count}件見つかりました。",
        found_nothing="「{words}」に合うヘルプは見つかりませんでした。別の言葉でお試しいただくか、チャットでお尋ねください。",
        no_pages="ヘルプはまだありません。",
        all_pages="すべてのヘルプ",
        list_of="{lists}ページ中 {number}ページ目",
        before="前のページ",
        after="次のページ",
        language="言語",
        skip="本文へスキップ",
        begin_again="最初からやり直す",
        your_answers="これまでのご回答",
        keep="テキストファイルとして保存",
        kept_on="{day}時点のご案内です。",
        helped="お役に立ちましたか。",
        yes="はい、役に立ちました",
        no="いいえ",
        thanks_yes="お知らせいただきありがとうございます。お役に立ててうれしく思います。",
        thanks_no="お知らせいただきありがとうございます。よりよいご案内になるよう改めます。",
        talk="担当者に相談する",
        talk_lead="ここまでの内容を担当者にお伝えします。",
        talk_opened="チャットを開いています。このページでのご回答は担当者にも表示されます。",
        talk_elsewhere="チャットが開かない場合は、次の方法でご連絡ください。",
        talk_window="新しいウィンドウでチャットを開く",
        call="お電話",
        site="ウェブサイト",
        choose="お選びください",
        optional="任意",
        stale="ページを開いてから時間が経ったか、アドレスが正しくないため、最初からやり直します。",
        too_long="ご入力の内容が長すぎます。もう少し短くお書きください。",
        not_found="ヘルプが見つかりません",
        not_found_lead="アドレスが変わったか、公開が終わったヘルプです。",
        too_many="短い時間に多くのリクエストがありました。しばらくしてからもう一度お試しください。",
        continue_="続ける",
        new_window="新しいウィンドウでヘルプを開く",
    ),
    "en": Words(
        help="Help",
        index_title="{company} help",
        index_lead="Find what you need. Answer a few questions, and you will see what applies to you.",
        search="Search the help pages",
        find="Search",
        found="Pages about “{words}”: {count}.",
        found_nothing="Nothing fits “{words}”. Try other words, or ask us in chat.",
        no_pages="There are no help pages yet.",
        all_pages="All help pages",
        list_of="Page {number} of {lists}",
        before="Previous page",
        after="Next page",
        language="Language",
        skip="Skip to the content",
        begin_again="Start again",
        your_answers="Your answers so far",
        keep="Save as a text file",
        kept_on="As of {day}.",
        helped="Did this help?",
        yes="Yes, it did",
        no="No",
        thanks_yes="Thank you for telling us. We are glad it helped.",
        thanks_no="Thank you for telling us. We will make this page better.",
        talk="Talk to us",
        talk_lead="We pass on what you answered here, so you need not say it again.",
        talk_opened="The chat is opening. Whoever answers can see what you answered on this page.",
        talk_elsewhere="If no chat opens, reach us this way instead.",
        talk_window="Open the chat in a window of its own",
        call="Telephone",
        site="Website",
        choose="Please choose",
        optional="optional",
        stale="This page was open for a long time, or its address is incomplete. Let us begin again.",
        too_long="What you wrote is too long. Please write it more briefly.",
        not_found="This help page cannot be found",
        not_found_lead="Its address has changed, or it is no longer offered.",
        too_many="There were many requests in a short time. Please try again in a moment.",
        continue_="Continue",
        new_window="Open the help in a window of its own",
    ),
}
