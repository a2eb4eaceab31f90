"""Survey: a score, perhaps some words; silence is an answer too."""

from warmline.domain.journey.document import Survey
from warmline.domain.journey.interface import Reply, Said, Scored
from warmline.domain.journey.platform import listed
from warmline.domain.journey.run import Run
from warmline.domain.journey.session import Waiting
from warmline.domain.journey.textform import folded
from warmline.domain.survey.scores import read_score, scale

SKIP = "survey:skip"
TIMER = "journey.survey"
MAX_COMMENT = 2000


def survey(run: Run, step: Survey) -> None:
    _ask_score(run, step)
    run.wait(Waiting("survey", phase="score"), (TIMER, run.patience(step.no_input_s)))


def say_again(run: Run, step: Survey, waiting: Waiting) -> None:
    if waiting.phase == "comment":
        _ask_comment(run, step)
    else:
        _ask_score(run, step)


def answer(run: Run, step: Survey, waiting: Waiting, event: Said) -> None:
    if waiting.phase == "comment":
        _comment(run, step, waiting, event)
        return
    score = read_score(event.value or event.text, step.metric)
    if score is None and waiting.attempt == 1:
        _say_scores(run, step, f"survey.no_match_{step.metric}")
        run.wait(Waiting("survey", attempt=2, phase="score"), (TIMER, run.patience(step.no_input_s)))
        return
    run.accept()
    if score is None:  # asked twice: let the customer go
        run.next()
        return
    run.commands.append(Scored(step.metric, score))
    if step.comment_prompt is None or run.spoken:  # keys write no words
        run.next()
        return
    _ask_comment(run, step)
    run.wait(Waiting("survey", phase="comment", data={"score": score}), (TIMER, step.no_input_s))


def _comment(run: Run, step: Survey, waiting: Waiting, event: Said) -> None:
    """The comment comes with the score again: the second `Scored` replaces the first."""
    run.accept()
    comment = event.text.strip()[:MAX_COMMENT]
    skipped = event.value == SKIP or folded(comment) in listed(run, "common.words.no")
    score = waiting.data.get("score")
    if comment and not skipped and isinstance(score, int):
        run.commands.append(Scored(step.metric, score, comment))
    run.next()


def no_answer(run: Run) -> None:
    run.accept(fired=TIMER)
    run.next()


def _ask_score(run: Run, step: Survey) -> None:
    _say_scores(run, step, step.prompt)
    if run.spoken:
        _say_scores(run, step, f"survey.keys_{step.metric}")


def _say_scores(run: Run, step: Survey, prompt: str) -> None:
    _, high = scale(step.metric)
    run.speak(prompt, None, _score_replies(run, step), "score", (1, len(str(high))))


def _ask_comment(run: Run, step: Survey) -> None:
    if step.comment_prompt is not None:
        run.speak(step.comment_prompt, None, (Reply(SKIP, run.text("survey.skip")),), "text")


def _score_replies(run: Run, step: Survey) -> tuple[Reply, ...]:
    low, high = scale(step.metric)
    if step.metric == "csat":
        falling = tuple(Reply(str(n), run.text(f"survey.csat_{n}")) for n in range(high, low - 1, -1))
        return falling[::-1] if run.spoken else falling  # by telephone the key is the score
    return tuple(Reply(str(n), str(n)) for n in range(low, high + 1))
