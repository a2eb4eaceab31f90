"""How a rehearsed conversation, and the reason why a case failed, read in three languages."""

from collections.abc import Iterator, Sequence

from warmline.domain.journey.case import Failure, Verdict
from warmline.domain.journey.checker_words_paths import TALK
from warmline.domain.journey.rehearsal import Line
from warmline.kernel.locale import Locale

Words = dict[Locale, str]

WHY: dict[str, Words] = {
    "fault": {
        "ko": "예상하지 못한 일이 생겨 `on_error`가 실행됐어요: {found}",
        "ja": "予期しないことが起き、`on_error` が動きました: {found}",
        "en": "something unforeseen ran `on_error`: {found}",
    },
    "ended": {
        "ko": "`{wanted}`(으)로 끝나야 하는데 `{found}`(으)로 끝났어요",
        "ja": "`{wanted}` で終わるはずが、`{found}` で終わりました",
        "en": "it ended with `{found}`, not with `{wanted}`",
    },
    "not_ended": {
        "ko": "`{wanted}`(으)로 끝나야 하는데 끝나지 않았어요",
        "ja": "`{wanted}` で終わるはずが、終わりませんでした",
        "en": "it did not end; it should with `{wanted}`",
    },
    "not_said": {
        "ko": "`{wanted}` 문구를 이 순서로 말하지 않았어요",
        "ja": "文言 `{wanted}` がこの順で話されませんでした",
        "en": "prompt `{wanted}` was not said in this order",
    },
    "said": {
        "ko": "말하면 안 되는 `{found}` 문구를 말했어요",
        "ja": "話してはいけない文言 `{found}` が話されました",
        "en": "prompt `{found}` was said, and must not be",
    },
    "variable": {
        "ko": "`{wanted}`이어야 하는데 `{found}`이었어요",
        "ja": "`{wanted}` のはずが、`{found}` でした",
        "en": "it is `{found}`, not `{wanted}`",
    },
    "not_visited": {
        "ko": "`{wanted}`에 들르지 않았어요",
        "ja": "`{wanted}` を通りませんでした",
        "en": "it did not pass `{wanted}`",
    },
}
_LINES: dict[str, Words] = {
    "left": {"ko": "(고객이 나감)", "ja": "（お客様が退出します）", "en": "(the customer leaves)"},
    "person": {"ko": "(상담원이 이어받음)", "ja": "（担当者が引き継ぎます）", "en": "(a person takes over)"},
    "language": {"ko": "(언어: {name})", "ja": "（言語: {name}）", "en": "(language: {name})"},
}


def why(failure: Failure, locale: Locale) -> str:
    """Return why a case failed, without a full stop."""
    kind = "not_ended" if failure.why == "ended" and not failure.found else failure.why
    return WHY[kind][locale].format(wanted=failure.wanted, found=failure.found)


def told(lines: Sequence[Line], locale: Locale) -> Iterator[str]:
    """Yield a conversation as a person reads it in a terminal."""
    for line in lines:
        text = _told(line, locale)
        if text is not None:
            yield text


def report(verdict: Verdict, locale: Locale) -> list[str]:
    """Return a failed case with its conversation; nothing for one that passed."""
    if verdict.failure is None:
        return []
    head = f"✗ {verdict.name}: {why(verdict.failure, locale)}"
    return [head, *(f"   │ {line}" for line in told(verdict.lines, locale))]


def _told(line: Line, locale: Locale) -> str | None:
    match line.kind:
        case "spoken":
            options = "".join(f" [{one}]" for one in line.options)
            return TALK["bot"][locale].format(text=f"{line.text}{options}")
        case "said" | "pressed" | "filled":
            return TALK["customer"][locale].format(text=line.text)
        case "tapped":
            return TALK["customer"][locale].format(text=f"[{line.text}]")
        case "problem":
            return f"    ✗  {line.text}"
        case kind if kind in _LINES:
            return _aside(_LINES[kind], locale, name=line.name)
        case "task":
            return _aside(TALK[f"answers.{line.text}"], locale, task=line.name, fields="")
        case "time":
            return _aside(
                TALK["silent" if line.name == "journey.input" else "time_passes"], locale, timer=line.name
            )
        case "voicemail":
            return _aside(TALK[f"voicemail.{line.text}"], locale)
        case "queue":
            return _aside(TALK["waits"], locale, queue=line.name)
        case "unqueued":
            return _aside(TALK["leaves"], locale)
        case "callback":
            return _aside(TALK["promised"], locale, queue=line.name)
        case "ended":
            return _aside(TALK[f"ends.{line.name}"], locale)
        case _:
            return None


def _aside(words: Words, locale: Locale, **details: str) -> str:
    return f"       {words[locale].format_map(details)}"
