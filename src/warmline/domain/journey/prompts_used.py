"""Which prompt keys a step may say."""

from warmline.domain.journey.document import (
    Ask,
    Callback,
    ChoiceInput,
    End,
    Enqueue,
    Input,
    Invoke,
    Menu,
    Option,
    Say,
    Show,
    Step,
    Survey,
    Voicemail,
)

# What can be tapped when a customer is asked at what time to call.
UNCLEAR = "callback.time_unclear"
NOW_LABEL, TODAY_LABEL, LATER_LABEL = "callback.time_now", "callback.time_today", "callback.time_later"


def prompts_of(step: Step) -> list[str]:
    """Return every prompt key that `step` may say or match words with; nested blocks are steps of their own."""
    match step:
        case Say(prompt) | End(prompt):
            return [prompt]
        case Ask():
            return [step.prompt, *step.no_input, *step.no_match, *_input_prompts(step.expect)]
        case Menu():
            return [step.prompt, *step.no_input, *step.no_match, *_option_prompts(step.options)]
        case Invoke():
            return [step.slow_prompt] if step.slow_prompt else []
        case Enqueue():
            offered = [step.callback_prompt] if step.callback_after_s is not None else []
            return [step.enter_prompt, step.wait_prompt, *offered]
        case Callback():
            asked = [step.time_prompt, NOW_LABEL, TODAY_LABEL, LATER_LABEL, UNCLEAR] if step.ask_time else []
            timed = [step.promise_at_prompt] if step.ask_time or step.at is not None else []
            return [step.ask_prompt, step.promise_prompt, *asked, *timed]
        case Show():
            return _card_prompts(step)
        case Voicemail():
            return [step.prompt]
        case Survey():
            return [step.prompt, *([step.comment_prompt] if step.comment_prompt else [])]
        case _:
            return []


def words_of(step: Step) -> list[str]:
    """Return the prompt keys whose letters customers' words are compared with: labels and words of options."""
    match step:
        case Menu(options=options) | Ask(expect=ChoiceInput(options)):
            return _option_prompts(options)
        case Show():
            offered = [field.expect.options for field in step.fields if isinstance(field.expect, ChoiceInput)]
            return [key for options in (*offered, step.options) for key in _option_prompts(options)]
        case _:
            return []


def _card_prompts(step: Show) -> list[str]:
    labels = [key for field in step.fields for key in (field.label, *_input_prompts(field.expect))]
    labels += dict.fromkeys(field.group for field in step.fields if field.group)
    answered = [*step.no_input, *step.no_match] if step.fields or step.options or step.next else []
    button = [step.next] if step.next else []
    return [step.title, *step.texts, *labels, *_option_prompts(step.options), *button, *answered]


def _input_prompts(expect: Input) -> list[str]:
    return _option_prompts(expect.options) if isinstance(expect, ChoiceInput) else []


def _option_prompts(options: tuple[Option, ...]) -> list[str]:
    return [key for option in options for key in (option.label, option.words) if key]
