"""Simulated customers: a script that knows what it wants, and a walker that tries everything."""

from collections.abc import Sequence
from random import Random

from msgspec import Struct

from warmline.domain.journey import keys
from warmline.domain.journey.checker_moves import current_step
from warmline.domain.journey.document import Ask, Callback, DateInput, Journey, Show, Step, Survey, Verify
from warmline.domain.journey.prompts import is_spoken
from warmline.domain.journey.simulate import Conversation
from warmline.domain.journey.simulate_inputs import NONSENSE, PHONES, invalid_input, valid_inputs
from warmline.domain.journey.steps_show import current_question

MOST_MOVES = 120
BIRTH_DATE = "19900203"  # by keys: year, month, day


class Turn(Struct, frozen=True, omit_defaults=True):
    """One thing a scripted customer does: exactly one of the fields is set."""

    say: str | None = None
    tap: str | None = None
    silent: bool = False  # says nothing until the next timer
    leave: bool = False


def play(conversation: Conversation, turns: Sequence[Turn]) -> None:
    """Play a script: each turn waits until the bot's tasks are done; afterwards time runs until the end."""
    for turn in turns:
        conversation.finish_tasks()
        if conversation.ended is not None:
            return
        if turn.say is not None:
            conversation.say(turn.say)
        elif turn.tap is not None:
            conversation.tap(turn.tap)
        elif turn.leave:
            conversation.leave()
        else:
            conversation.step()
    for _ in range(MOST_MOVES):
        if conversation.ended is not None or not conversation.step():
            return


def wander(conversation: Conversation, random: Random, library: dict[str, Journey]) -> None:
    """Let a random customer talk until the conversation ends: valid and wrong inputs, silence, leaving.

    Raises RuntimeError when it has not ended after far more moves than any customer has patience for.
    """
    for _ in range(MOST_MOVES):
        if conversation.ended is not None:
            return
        if conversation.busy and random.random() < 0.95:
            conversation.step()
            continue
        _move(conversation, random, library)
    if conversation.ended is None:
        conversation.leave()


def _move(conversation: Conversation, random: Random, library: dict[str, Journey]) -> None:
    dice = random.random()
    if is_spoken(conversation.channel):
        _press(conversation, random, _asked(conversation, library))
    elif conversation.queued_in is not None:
        if dice < 0.03:
            conversation.leave()
        elif dice < 0.1:
            conversation.say("hello?")
        elif conversation.taps and dice < 0.4:
            conversation.tap(random.choice(conversation.taps).value)
        elif not conversation.step():
            conversation.leave()
    elif dice < 0.02:
        conversation.leave()
    elif dice < 0.05:
        conversation.say("agent")
    elif dice < 0.13:
        if not conversation.step():
            conversation.leave()
    elif conversation.taps and dice < 0.75:
        conversation.tap(random.choice(conversation.taps).value)
    else:
        conversation.say(_words(_asked(conversation, library), random))


def _asked(conversation: Conversation, library: dict[str, Journey]) -> Step | None:
    """Return the step that waits; of a card that is asked field by field, the field."""
    step, waiting = current_step(conversation.session, library), conversation.session.waiting
    if isinstance(step, Show) and waiting is not None:
        return current_question(step, waiting) or step
    return step


def _press(conversation: Conversation, random: Random, step: Step | None) -> None:
    """Press right keys or wrong ones, ask again or for a person, say nothing, hang up: what callers do."""
    dice = random.random()
    wanted = _keys(step, random, len(conversation.taps))
    if dice < 0.02:
        conversation.leave()
    elif dice < 0.04:
        conversation.say(keys.PERSON)
    elif dice < 0.07:
        conversation.say(keys.REPEAT)
    elif dice < 0.12:
        conversation.say("".join(random.choices("0123456789", k=random.choice((1, 1, 2, 7, 15)))))
    elif dice < 0.25 or wanted is None or conversation.busy or (conversation.queued_in and not conversation.taps):
        if not conversation.step():
            conversation.leave()
    elif conversation.taps and 0 < int(wanted) <= len(conversation.taps):
        conversation.tap(
            conversation.taps[int(wanted) - 1].value
        )  # a key that takes an option comes as that option
    else:
        conversation.say(wanted)


def _keys(step: Step | None, random: Random, options: int) -> str | None:
    """Return the keys that answer what is asked; None where no keys do."""
    if options:
        return str(random.randint(1, min(options, keys.MOST_OPTIONS)))
    match step:
        case Ask(expect=expect) if keys.keys_of(expect) is not None:
            if isinstance(expect, DateInput):
                return BIRTH_DATE
            pressed = "".join(c for c in random.choice(valid_inputs(expect) or [""]) if c.isdecimal())
            return pressed or None
        case Verify(method=method):
            return {"one_time_code": "123456", "account_pin": "1234", "date_of_birth": BIRTH_DATE}[method]
        case Callback(region=region):
            return "".join(c for c in PHONES.get(region, PHONES["US"]) if c.isdecimal())
        case Survey():
            return str(random.randint(1, 5))
        case _:
            return None


def _words(step: Step | None, random: Random) -> str:
    wrong = random.random() < 0.2
    match step:
        case Ask(expect=expect):
            refused = invalid_input(expect)
            if wrong and refused is not None:
                return refused
            return random.choice(valid_inputs(expect) or [NONSENSE])
        case Verify(method=method) if not wrong:
            return {"one_time_code": "123456", "account_pin": "1234", "date_of_birth": "1990-02-03"}[method]
        case Callback(region=region) if not wrong:
            return PHONES.get(region, PHONES["US"])
        case Survey() if not wrong:
            return str(random.randint(1, 5))
        case _:
            return NONSENSE
