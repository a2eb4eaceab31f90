"""What must hold after any storm, judged only by the log kept outside and by what the public API tells."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from chaos.oplog import Entry

SHOWN_ALWAYS = frozenset(
    {"message_sent", "agent_joined", "contact_ended"}
)  # kinds a customer sees without exception


class Told(Struct, frozen=True):
    """One event of a contact's history; `at` is the product's own time."""

    seq: int
    at: str
    e: dict[str, Any]


class Story(Struct, frozen=True):
    """A contact as the API tells it after the storm."""

    status: str
    events: list[Told]


class Verdict(Struct):
    """What was counted, and what was wrong: one line for each broken promise, by kind."""

    contacts: int = 0
    messages: int = 0
    orders: int = 0
    events: int = 0
    wrong: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def blame(self, kind: str, text: str) -> None:
        """Note a broken promise."""
        self.wrong.setdefault(kind, []).append(text)

    def count(self, kind: str) -> int:
        """Return how often a promise of this kind was broken."""
        return len(self.wrong.get(kind, ()))

    def lines(self) -> list[str]:
        """Return the verdict for people: totals first, then every kind of fault with its first cases."""
        total = (
            f"{self.contacts} contacts, {self.messages} messages and {self.orders} commands acknowledged, "
            f"{self.events} events"
        )
        found = [f"{kind}: {len(texts)}" for kind, texts in self.wrong.items()]
        cases = [f"  {kind}: {text}" for kind, texts in self.wrong.items() for text in texts[:5]]
        return [total, ", ".join(found) or "nothing wrong", *cases]


def check(log: Sequence[Entry], stories: Mapping[str, Story], *, capacity: int) -> Verdict:
    """Judge a storm. `stories` are all contacts the API lists since its beginning; `capacity` is an agent's."""
    verdict = Verdict()
    _contacts(log, stories, verdict)
    for contact, story in stories.items():
        verdict.events += len(story.events)
        _numbers(contact, story, verdict)
        _messages_once(contact, story, verdict)
        _one_owner(contact, story, verdict)
    _acknowledged(log, stories, verdict)
    _order(log, stories, verdict)
    _screens(log, stories, verdict)
    _accepted_once(log, verdict)
    _within_capacity(stories, capacity, verdict)
    return verdict


def _contacts(log: Sequence[Entry], stories: Mapping[str, Story], verdict: Verdict) -> None:
    """Every contact a customer was told of exists; every start made one at most; all have ended."""
    known: dict[str, str] = {}
    for entry in log:
        if entry.what == "opened":
            verdict.contacts += 1
            known[entry.contact] = entry.cid
            if entry.contact not in stories:
                verdict.blame("lost contact", f"{entry.contact} was opened for {entry.who}, and is not there")
    for contact, story in stories.items():
        if contact not in known:
            verdict.blame("doubled contact", f"{contact} was opened, but no customer was ever told")
        if story.status != "ended":
            verdict.blame("stuck contact", f"{contact} is still {story.status}")


def _numbers(contact: str, story: Story, verdict: Verdict) -> None:
    seqs = [one.seq for one in story.events]
    if seqs != list(range(1, len(seqs) + 1)):
        verdict.blame("broken numbers", f"{contact} has events {seqs}")


def _messages_once(contact: str, story: Story, verdict: Verdict) -> None:
    seen: set[tuple[str, str]] = set()
    for one in story.events:
        if one.e["kind"] == "message_sent" and one.e.get("client_id"):
            key = (one.e["author"], one.e["client_id"])
            if key in seen:
                verdict.blame("doubled message", f"{contact} has {key[1]} twice")
            seen.add(key)


def _acknowledged(log: Sequence[Entry], stories: Mapping[str, Story], verdict: Verdict) -> None:
    """What was acknowledged at a place in the story stands at that place."""
    for entry in log:
        if entry.what != "ack":
            continue
        written = entry.kind in ("", "agent_message")
        verdict.messages += written
        verdict.orders += not written
        story = stories.get(entry.contact)
        if story is None:
            continue  # counted as a lost contact
        event = story.events[entry.seq - 1].e if 1 <= entry.seq <= len(story.events) else None
        if event is None:
            verdict.blame("lost command", f"{entry.contact}: {entry.cid} was acknowledged at {entry.seq}")
        elif written and event.get("client_id") != entry.cid:
            elsewhere = any(one.e.get("client_id") == entry.cid for one in story.events)
            kind = "misplaced message" if elsewhere else "lost message"
            verdict.blame(kind, f"{entry.contact}: {entry.cid} was acknowledged at {entry.seq}")


def _order(log: Sequence[Entry], stories: Mapping[str, Story], verdict: Verdict) -> None:
    """What was sent after something was acknowledged comes after it in the story."""
    places = {
        one.e["client_id"]: one.seq
        for story in stories.values()
        for one in story.events
        if one.e["kind"] == "message_sent" and one.e.get("client_id")
    }
    newest: dict[str, int] = defaultdict(int)  # contact → highest place acknowledged so far
    floor: dict[str, int] = {}
    for entry in log:
        if entry.what == "ack" and entry.cid in places:
            newest[entry.contact] = max(newest[entry.contact], places[entry.cid])
        elif entry.what == "say" or (entry.what == "order" and entry.kind == "agent_message"):
            floor[entry.cid] = newest[entry.contact]
    for cid, at_least in floor.items():
        if cid in places and places[cid] <= at_least:
            verdict.blame("wrong order", f"{cid} was sent after {at_least} was acknowledged, and is {places[cid]}")


def _screens(log: Sequence[Entry], stories: Mapping[str, Story], verdict: Verdict) -> None:
    """What reached a screen is in the story; what a customer must see up to the end was seen."""
    seen: dict[tuple[str, str], set[int]] = defaultdict(set)
    ended: list[tuple[str, str]] = []
    for entry in log:
        if entry.what == "twice":
            verdict.blame("shown twice", f"{entry.contact}: {entry.who} got event {entry.seq} again")
        elif entry.what == "ended":
            ended.append((entry.who, entry.contact))
        elif entry.what == "saw":
            seen[entry.who, entry.contact].add(entry.seq)
            story = stories.get(entry.contact)
            kind = story.events[entry.seq - 1].e["kind"] if story and entry.seq <= len(story.events) else None
            if story is not None and kind != entry.kind:
                verdict.blame("shown, not stored", f"{entry.contact}: {entry.who} saw {entry.kind} at {entry.seq}")
    for who, contact in ended:
        story = stories.get(contact)
        for one in story.events if story else ():
            if one.e["kind"] in SHOWN_ALWAYS and one.seq not in seen[who, contact]:
                verdict.blame("never shown", f"{contact}: {who} did not see {one.e['kind']} at {one.seq}")


def _one_owner(contact: str, story: Story, verdict: Verdict) -> None:
    """Offers and owners alternate: never two at a time, nobody joins without an offer, nobody stays on."""
    offer: tuple[str, str] | None = None  # id, agent
    accepted: str | None = None
    owner: str | None = None

    def blame(text: str) -> None:
        verdict.blame("doubled assignment", f"{contact}: {text}")

    for one in story.events:
        match one.e["kind"]:
            case "contact_offered":
                if offer is not None or owner is not None:
                    blame(f"offered at {one.seq} while {offer or owner} had it")
                offer = (one.e["offer"]["id"], one.e["offer"]["agent_id"])
            case "offer_ended":
                if offer is None or offer[0] != one.e["offer_id"]:
                    blame(f"an offer ended at {one.seq} that was not live")
                accepted = one.e["agent_id"] if one.e["outcome"] == "accepted" else None
                offer = None
            case "agent_joined":
                if owner is not None or accepted != one.e["agent_id"]:
                    blame(f"{one.e['agent_id']} joined at {one.seq} beside {owner}")
                owner, accepted = one.e["agent_id"], None
            case "agent_left":
                if owner != one.e["agent_id"]:
                    blame(f"{one.e['agent_id']} left at {one.seq}, but {owner} had it")
                owner = None
            case "contact_ended":
                if offer is not None or owner is not None:
                    blame(f"ended at {one.seq} while {offer or owner} had it")
            case _:
                pass


def _accepted_once(log: Sequence[Entry], verdict: Verdict) -> None:
    """One offer is accepted by one agent."""
    winners: dict[str, set[str]] = defaultdict(set)
    for entry in log:
        if entry.what == "ack" and entry.kind == "accept_offer":
            winners[entry.ref].add(entry.who)
    for offer, who in winners.items():
        if len(who) > 1:
            verdict.blame("doubled assignment", f"offer {offer} was accepted by {sorted(who)}")


def _within_capacity(stories: Mapping[str, Story], capacity: int, verdict: Verdict) -> None:
    """No agent holds more contacts at a time than they can; offers that ring count."""
    changes: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for contact, story in stories.items():
        for one in story.events:
            match one.e["kind"]:
                case "contact_offered":
                    changes[one.e["offer"]["agent_id"]].append((one.at, 1, contact))
                case "offer_ended" if one.e["outcome"] != "accepted":
                    changes[one.e["agent_id"]].append((one.at, -1, contact))
                case "agent_left":
                    changes[one.e["agent_id"]].append((one.at, -1, contact))
                case _:
                    pass
    for agent, moments in changes.items():
        held = 0
        for at, change, contact in sorted(moments, key=lambda moment: moment[:2]):
            held += change
            if held > capacity:
                verdict.blame("over capacity", f"{agent} has {held} contacts at {at}, the last is {contact}")
