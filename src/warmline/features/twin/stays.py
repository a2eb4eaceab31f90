"""From a contact's events to its stays in queues: each wait, how it ended, and the work that followed."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.contact.model import SkillNeed
from warmline.domain.contact.policy import ContactPolicy
from warmline.features.twin.day import Ending, Stay

ONLY_AGENT_S = ContactPolicy().only_agent_s  # a transfer to one agent widens after this
LEFT = frozenset({"customer_left", "customer_idle"})


class Step(Struct, frozen=True):
    """One event of a contact; `at_s` after the day's midnight. `by`: who wanted a promised call."""

    contact_id: str
    channel: str
    at_s: float
    kind: str
    agent_id: str | None = None
    queue_id: str | None = None
    skills: tuple[SkillNeed, ...] = ()
    priority: int | None = None
    reason: str | None = None
    opened_s: float | None = None
    preferred_id: str | None = None
    preferred_until_s: float | None = None
    only_id: str | None = None
    by: str | None = None
    outcome: str | None = None
    window: bool = False


def stays_of(steps: Sequence[Step], until_s: float, from_s: float = 0.0) -> tuple[Stay, ...]:
    """Return the stays not over at `from_s` that began before `until_s`, in order of time.

    `steps`: each contact's in order.
    """
    found: list[Stay] = []
    for _, story in groupby(steps, key=lambda step: step.contact_id):
        found += _story(story)
    kept = (stay for stay in found if stay.at_s < until_s and (stay.at_s >= from_s or _lasts(stay, from_s)))
    return tuple(sorted(kept, key=lambda stay: (stay.at_s, stay.queue_id)))


def _lasts(stay: Stay, from_s: float) -> bool:
    """Whether the wait or the work that followed was not over by then."""
    if stay.until_s is None or stay.until_s > from_s:
        return True
    if stay.work_at_s is None:
        return stay.ending == "called"
    return stay.work_s is None or stay.work_at_s + stay.work_s > from_s


def _story(story: Iterable[Step]) -> list[Stay]:
    """A contact put back into its line (declined, missed, withdrawn) goes on with the same wait."""
    done: list[Stay] = []
    now: Stay | None = None  # waiting, owed a call, in talk, or in wrap-up
    left_s: float | None = None  # when the agent went; wrap-up may follow
    for step in story:
        waiting = now is not None and now.ending == "open"
        owed = now is not None and now.ending == "called"
        match step.kind:
            case "contact_queued":
                if now is not None and (waiting or owed) and now.queue_id == step.queue_id:
                    continue
                if now is not None:
                    done.append(_ended(now, "moved", step.at_s) if waiting else now)
                now, left_s = _begun(step, first=not done), None
            case "agent_joined":
                if now is not None and waiting:
                    now = replace(_ended(now, "answered", step.at_s), agent_id=step.agent_id)
                elif now is not None and owed:
                    now = replace(now, called_at_s=step.at_s, agent_id=step.agent_id)
            case "agent_left":
                if now is not None and now.work_at_s is not None and now.agent_id == step.agent_id:
                    now, left_s = replace(now, handle_s=step.at_s - now.work_at_s), step.at_s
            case "contact_wrapped_up":
                if now is not None and now.work_at_s is not None and now.agent_id == step.agent_id:
                    if left_s is None:
                        now, left_s = replace(now, handle_s=step.at_s - now.work_at_s), step.at_s
                    now = replace(now, wrap_up_s=max(0.0, step.at_s - left_s))
            case "callback_promised":
                if now is not None and waiting:
                    by = "system" if step.by == "system" else "customer"
                    now = replace(_ended(now, "called", step.at_s), called_by=by)
            case "callback_tried":
                pass  # the agent's coming and going tell the time it took
            case _:  # the journey went on, or the contact ended
                if now is not None and waiting:
                    gone = step.kind == "contact_ended" and step.reason in LEFT
                    now = _ended(now, "gave_up" if gone else "sent_away", step.at_s)
                elif now is not None and owed and now.called_at_s is None:
                    now = replace(now, called_at_s=step.at_s, handle_s=0.0)  # nobody owes it any more
    return done if now is None else [*done, now]


def _begun(step: Step, *, first: bool) -> Stay:
    wished_s = 0.0 if step.preferred_until_s is None else max(0.0, step.preferred_until_s - step.at_s)
    return Stay(
        step.at_s, step.queue_id or "", step.channel, "open", skills=step.skills, priority=step.priority or 5,
        opened_s=step.opened_s if first else None, wished_id=step.only_id or step.preferred_id,
        wished_s=ONLY_AGENT_S if step.only_id is not None else wished_s, alone=step.only_id is not None,
    )  # fmt: skip


def _ended(stay: Stay, ending: Ending, at_s: float) -> Stay:
    return replace(stay, ending=ending, until_s=at_s)


def attempts_of(steps: Sequence[Step]) -> list[tuple[bool, float]]:
    """Return each attempt an agent made at a promised call: whether it reached anybody, and how long it took."""
    found: list[tuple[bool, float]] = []
    joined: dict[str, float] = {}
    for step in steps:
        if step.kind == "agent_joined":
            joined[step.contact_id] = step.at_s
        elif step.kind == "callback_tried" and step.contact_id in joined:
            found.append((step.outcome == "reached", max(0.0, step.at_s - joined.pop(step.contact_id))))
    return found


def unplayed(steps: Sequence[Step]) -> tuple[str, ...]:
    """Return what the twin cannot play of these: windows customers chose, calls promised without waiting."""
    names: list[str] = []
    in_line: set[str] = set()
    for step in steps:
        if step.kind == "contact_queued":
            in_line.add(step.contact_id)
        elif step.kind == "callback_promised":
            names += ["windows"] * step.window + ["direct_calls"] * (step.contact_id not in in_line)
        elif step.kind in {"queue_left", "contact_ended"}:
            in_line.discard(step.contact_id)
    return tuple(sorted(set(names)))
