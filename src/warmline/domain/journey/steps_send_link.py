"""SendLink: a short message with a link to the same case, where typing and files are easier."""

from warmline.domain.journey.document import SendLink
from warmline.domain.journey.interface import TaskDone
from warmline.domain.journey.run import Run
from warmline.domain.journey.steps_invoke import start_task

TASK = "messages.send_link"
SEND_TEXT = "phone.send"  # the connector operation that hands short messages over; without it every link fails
TIMEOUT_S = 8.0


def send_link(run: Run, step: SendLink) -> None:
    to = run.value(step.to)
    start_task(run, TASK, {"to": to, "link": step.link, "locale": run.locale}, TIMEOUT_S, "sending")


def done(run: Run, step: SendLink, event: TaskDone, fired: str | None = None) -> None:
    """Go on with what follows; a provider that is missing or refuses is a failure like any other."""
    run.stop_waiting(fired)
    sent = event.outcome == "ok" and event.result.get("sent") is not False
    run.branch(step, "sent" if sent else "failed")
