"""From a contact's events to its stays in queues: each wait, how it ended, and the work that followed."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.contact.model import SkillNeed
from warmline.features.twin.day import Ending, Stay

LEFT = frozenset({"customer_left", "customer_idle"})


class Step(Struct, frozen=True):
    """One event of a contact; `at_s` after the day's midnight."""

    contact_id: str
    channel: str
    at_s: float
    kind: str
    agent_id: str | None = None
    queue_id: str | None = None
    skills: tuple[SkillNeed, ...] = ()
    priority: int | None = None
    reason: str | None = None


def stays_of(steps: Sequence[Step], until_s: float) -> tuple[Stay, ...]:
    """Return the stays that began before `until_s`, in order of time. `steps`: each contact's in order."""
    found: list[Stay] = []
    for _, story in groupby(steps, key=lambda step: step.contact_id):
        found += _story(story)
    return tuple(
        sorted((stay for stay in found if stay.at_s < until_s), key=lambda stay: (stay.at_s, stay.queue_id))
    )


def _story(story: Iterable[Step]) -> list[Stay]:
    """A contact put back into its line (declined, missed, withdrawn) goes on with the same wait."""
    done: list[Stay] = []
    now: Stay | None = None  # waiting, in talk, or in wrap-up
    left_s: float | None = None  # when the agent went; wrap-up may follow
    for step in story:
        waiting = now is not None and now.ending == "open"
        match step.kind:
            case "contact_queued":
                if now is not None and waiting and now.queue_id == step.queue_id:
                    continue
                if now is not None:
                    done.append(_ended(now, "moved", step.at_s) if waiting else now)
                now, left_s = _begun(step), None
            case "agent_joined":
                if now is not None and waiting:
                    now = replace(_ended(now, "answered", step.at_s), agent_id=step.agent_id)
            case "agent_left":
                if now is not None and now.ending == "answered" and now.agent_id == step.agent_id:
                    now, left_s = replace(now, handle_s=step.at_s - (now.until_s or 0.0)), step.at_s
            case "contact_wrapped_up":
                if now is not None and now.ending == "answered" and now.agent_id == step.agent_id:
                    if left_s is None:
                        now, left_s = replace(now, handle_s=step.at_s - (now.until_s or 0.0)), step.at_s
                    now = replace(now, wrap_up_s=max(0.0, step.at_s - left_s))
            case _:  # the journey went on, a call was promised, or the contact ended
                if now is not None and waiting:
                    gone = step.kind == "contact_ended" and step.reason in LEFT
                    now = _ended(now, "gave_up" if gone else "sent_away", step.at_s)
    return done if now is None else [*done, now]


def _begun(step: Step) -> Stay:
    return Stay(
        step.at_s, step.queue_id or "", step.channel, "open", skills=step.skills, priority=step.priority or 5
    )  # fmt: skip


def _ended(stay: Stay, ending: Ending, at_s: float) -> Stay:
    return replace(stay, ending=ending, until_s=at_s)
