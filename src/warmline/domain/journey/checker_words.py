"""What the checker says about each kind of problem, in the reader's language: what is wrong, and what to do.

A name in braces is a detail of the problem, or a step as the designer calls it (`step_TAG`). A variant of a kind
(`code.variant`) has a sentence of its own.
"""

from msgspec import Struct

from warmline.domain.journey.checker_words_data import DATA
from warmline.domain.journey.checker_words_help import HELP_WORDS
from warmline.domain.journey.checker_words_names import named
from warmline.domain.journey.checker_words_paths import PATHS
from warmline.domain.journey.checker_words_steps import STEPS
from warmline.domain.journey.checker_words_tags import TAG_WORDS
from warmline.kernel.locale import Locale

Sentence = tuple[str, str]  # what is wrong, what to do
SENTENCES: dict[str, dict[Locale, Sentence]] = {
    "no_start": {
        "ko": ("`start` 구간이 없어요.", "첫 구간의 이름을 `start`로 정해 주세요."),
        "ja": ("`start` セクションがありません。", "最初のセクションの名前を `start` にしてください。"),
        "en": ("There is no section `start`.", "Name the first section `start`."),
    },
    "no_agent_section": {
        "ko": (
            "상담원을 찾는 고객이 갈 곳이 없어요. `{section}` 구간이 없어요.",
            "구간을 추가하거나, `agent_section`을 상담원에게 연결하는 구간으로 바꿔 주세요.",
        ),
        "ja": (
            "担当者を希望するお客様の行き先がありません。`{section}` セクションがありません。",
            "セクションを追加するか、`agent_section` を担当者につなぐセクションに変えてください。",
        ),
        "en": (
            "A customer who asks for a person has nowhere to go: section `{section}` is missing.",
            "Add the section, or point `agent_section` to the one that queues for a person.",
        ),
    },
    "section_unknown": {
        "ko": ("이동할 `{section}` 구간이 없어요.", "이름을 고치거나 구간을 추가해 주세요."),
        "ja": ("移動先の `{section}` セクションがありません。", "名前を直すか、セクションを追加してください。"),
        "en": ("There is no section `{section}` to go to.", "Correct the name or add it."),
    },
    "journey_unknown": {
        "ko": ("`{journey}` 여정이 없어요.", "먼저 게시하거나 이름을 고쳐 주세요."),
        "ja": ("`{journey}` というジャーニーがありません。", "先に公開するか、名前を直してください。"),
        "en": ("There is no journey `{journey}`.", "Publish it first, or correct the name."),
    },
    "journey_unknown.module": {
        "ko": ("`{journey}` 모듈이 없어요.", "먼저 게시하거나 이름을 고쳐 주세요."),
        "ja": ("`{journey}` というモジュールがありません。", "先に公開するか、名前を直してください。"),
        "en": ("There is no module `{journey}`.", "Publish it first, or correct the name."),
    },
    "argument_missing": {
        "ko": ("`{module}` 모듈에 필요한 값이 빠졌어요: {names}.", "모든 매개변수에 값을 넣어 주세요."),
        "ja": (
            "`{module}` モジュールに必要な値がありません: {names}。",
            "すべてのパラメーターに値を入れてください。",
        ),
        "en": ("Module `{module}` needs {names}.", "Give every parameter a value."),
    },
    "argument_unknown": {
        "ko": ("`{module}` 모듈에 없는 매개변수예요: {names}.", "지우거나 이름을 고쳐 주세요."),
        "ja": ("`{module}` モジュールにないパラメーターです: {names}。", "削除するか、名前を直してください。"),
        "en": ("Module `{module}` has no parameter {names}.", "Remove or rename it."),
    },
    "return_outside_module": {
        "ko": ("모듈에서만 돌아갈 수 있어요.", "여기서는 `{step_end}`나 `{step_goto}`을 쓰세요."),
        "ja": ("戻れるのはモジュールだけです。", "ここでは `{step_end}` か `{step_goto}` を使ってください。"),
        "en": ("Only a module can return.", "Use `{step_end}` or `{step_goto}` here."),
    },
    "queue_unknown": {
        "ko": ("`{queue}` 대기열이 없어요.", "대기열을 만들거나 이름을 고쳐 주세요."),
        "ja": ("`{queue}` という待ち行列がありません。", "待ち行列を作成するか、名前を直してください。"),
        "en": ("There is no queue `{queue}`.", "Create the queue, or correct the name."),
    },
    "skill_unknown": {
        "ko": ("`{skill}` 스킬이 없어요.", "스킬을 만들어 상담원에게 주거나 이름을 고쳐 주세요."),
        "ja": ("`{skill}` というスキルがありません。", "スキルを作成して担当者に付けるか、名前を直してください。"),
        "en": ("There is no skill `{skill}`.", "Create it and give it to agents, or correct the name."),
    },
    "skill_nobody_has": {
        "ko": (
            "`{skill}` 스킬이 {level}레벨 이상인 상담원이 없어요. 가장 높은 레벨은 {highest}예요.",
            "상담원에게 스킬을 주거나 필요한 레벨을 낮춰 주세요.",
        ),
        "ja": (
            "`{skill}` スキルがレベル {level} 以上の担当者がいません。最高は {highest} です。",
            "担当者にスキルを付けるか、必要なレベルを下げてください。",
        ),
        "en": (
            "Nobody has skill `{skill}` at level {level} or above; the highest is {highest}.",
            "Give the skill to agents, or ask for less.",
        ),
    },
    "calendar_unknown": {
        "ko": ("`{calendar}` 운영 시간이 없어요.", "운영 시간을 만들거나 이름을 고쳐 주세요."),
        "ja": ("`{calendar}` という営業時間がありません。", "営業時間を作成するか、名前を直してください。"),
        "en": ("There is no calendar `{calendar}`.", "Create it, or correct the name."),
    },
    "task_unknown": {
        "ko": ("`{task}` 외부 호출이 없어요.", "이 호출을 제공하는 시스템을 연결하거나 이름을 고쳐 주세요."),
        "ja": (
            "`{task}` という外部呼び出しがありません。",
            "提供元を接続するか、名前を直してください。",
        ),
        "en": ("There is no task `{task}`.", "Connect the backend that offers it, or rename."),
    },
    "result_unknown": {
        "ko": (
            "`{task}` 외부 호출이 돌려주지 않는 값이에요: {names}.",
            "돌려주는 값: {offered}.",
        ),
        "ja": ("`{task}` 外部呼び出しが返さない項目です: {names}。", "返す項目は次のとおりです: {offered}。"),
        "en": ("Task `{task}` does not answer with {names}.", "It offers {offered}."),
    },
    "prompt_missing": {
        "ko": ("`{prompt}` 문구가 {locale}로 없어요.", "{locale} 문구를 써 주세요."),
        "ja": ("文言 `{prompt}` に{locale}のテキストがありません。", "{locale}のテキストを書いてください。"),
        "en": ("Prompt `{prompt}` has no text in {locale}.", "Write `{prompt}` in {locale}."),
    },
    "unreachable": {
        "ko": ("이 구간으로 이어지는 길이 없어요.", "어디선가 이동하게 하거나 구간을 지워 주세요."),
        "ja": ("このセクションに至る道がありません。", "どこかから移動するようにするか、削除してください。"),
        "en": ("No path leads to this section.", "Go to it from somewhere, or delete it."),
    },
    "dead_step": {
        "ko": (
            "{place}번째 단계(`{step}`)는 실행될 수 없어요. 바로 앞의 `{after}` 단계가 이어지지 않기 때문이에요.",
            "이 단계를 지우거나 `{after}` 앞으로 옮겨 주세요.",
        ),
        "ja": (
            "ステップ {place}（`{step}`）は実行されません。直前の `{after}` から先へ進まないためです。",
            "このステップを削除するか、`{after}` の前に移してください。",
        ),
        "en": (
            "Step {place} (`{step}`) can never run: the `{after}` before it never goes on.",
            "Delete the step, or move it before `{after}`.",
        ),
    },
    "too_large": {
        "ko": ("가능한 상황이 {states}개가 넘어요.", "여정이나 모듈로 나눠 주세요."),
        "ja": ("起こりうる状況が {states} を超えています。", "ジャーニーやモジュールに分けてください。"),
        "en": ("More than {states} situations are possible.", "Split it into journeys or modules."),
    },
    **DATA,
    **STEPS,
    **PATHS,
    **TAG_WORDS,
    **HELP_WORDS,
}


class Cause(Struct, frozen=True):
    """Why a journey is refused: the kind of problem, its details by name, and the variant of its sentence."""

    code: str
    details: dict[str, str] = {}
    variant: str = ""


def sentence(cause: Cause, locale: Locale) -> Sentence:
    """Return what is wrong and what to do. A kind without a sentence is one that cannot go on."""
    key = f"{cause.code}.{cause.variant}" if cause.variant else cause.code
    texts = SENTENCES.get(key) or SENTENCES.get(cause.code) or SENTENCES["cannot_go_on"]
    text, fix = texts[locale]
    details = named(cause.details, locale)
    return text.format_map(details), fix.format_map(details)


def cause_of_fault(problem: str) -> Cause:
    """Return why the machine could not go on, from what it says in `Advance.problems`."""
    code, _, about = problem.partition(" ")
    if not code.replace("_", "").islower() or not code.isidentifier():
        return Cause("cannot_go_on", {"why": problem})  # a sentence about a text that cannot be filled
    match code:
        case "variable_unset" | "values_incomparable" | "value_too_large":
            return Cause(code, {"name": about})
        case "prompt_missing":
            return Cause(code, {"prompt": about.partition(" ")[0]}, "said")
        case "prompt_blank":
            prompt, _, locale = about.partition(" ")
            return Cause(code, {"prompt": prompt, "locale": locale})
        case "format_unfit":
            name, _, form = about.partition(" ")
            return Cause(code, {"name": name, "format": form})
        case "section_unknown" | "journey_unknown" | "queue_unknown" | "calendar_unknown":
            return Cause(code, {code.partition("_")[0]: about})
        case "argument_missing":
            module, _, name = about.rpartition(".")
            return Cause(code, {"module": module, "names": f"`{name}`"})
        case _:
            return Cause(code, {"why": problem} if code not in SENTENCES else {})
