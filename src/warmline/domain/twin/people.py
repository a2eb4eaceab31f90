"""The people of the twin: contacts and agents as the world knows them, apart from what the engine believes."""

from collections.abc import Callable, Iterator
from typing import Final

from warmline.domain.routing.ids import Key
from warmline.domain.routing.model import Profile
from warmline.domain.routing.rings import rings_of
from warmline.domain.routing.waiting import WaitingContact
from warmline.domain.twin.arrivals import Coming
from warmline.domain.twin.randomness import Uniform
from warmline.domain.twin.tally import Cell, Hours
from warmline.domain.twin.world import Group, Queue, RecordedContact, Stream

WAITING: Final = 0
RINGING: Final = 1
TALKING: Final = 2
ENDED: Final = 3
PUT_OFF: Final = 4  # a promised call, not in line now
NEVER_US: Final = 1 << 62


class QueueState:
    """One queue as it is now."""

    __slots__ = (
        "closed",
        "id",
        "lets_in",
        "limits",
        "looks_us",
        "max_wait_us",
        "max_waiting",
        "open",
        "overflow_to",
        "overflow_us",
        "put_off",
        "rules",
        "target_us",
        "turns_away",
        "waiting",
    )

    def __init__(self, queue: Queue) -> None:
        self.id = queue.id
        self.rules = rules = queue.rules
        self.closed = bool(queue.opened)
        self.lets_in = queue.lets_in
        self.open = not self.closed or self.lets_in  # for those who come
        self.turns_away = queue.when_unstaffed == "turn_away"
        self.looks_us = None if queue.looks_every_s is None else round(queue.looks_every_s * 1_000_000)
        self.put_off: dict[Contact, None] = {}  # promised calls that wait for it to open
        self.target_us = round(queue.target_s * 1_000_000)
        self.max_waiting = queue.max_waiting
        max_wait_s = (
            queue.max_wait_s if rules.max_wait_s is None or rules.at_max_wait == "stay" else rules.max_wait_s
        )
        self.max_wait_us = None if max_wait_s is None else round(max_wait_s * 1_000_000)
        self.overflow_us = None if queue.overflow_after_s is None else round(queue.overflow_after_s * 1_000_000)
        self.limits = self.max_wait_us is not None or self.overflow_us is not None
        self.overflow_to: QueueState | None = None
        self.waiting = 0


class Kind:
    """Contacts that ask for the same in the same queue with the same priority: among them age alone decides."""

    __slots__ = (
        "cell", "cells", "channel", "free", "line", "pools", "priority", "queue", "rings", "skills", "stream_id",
    )  # fmt: skip

    def __init__(self, queue: QueueState, stream: Stream) -> None:
        self.queue = queue
        self.stream_id = stream.id
        self.channel = stream.channel
        self.skills = tuple(sorted(stream.skills, key=lambda need: (need.skill, need.level)))
        self.priority = stream.priority
        self.rings = rings_of(queue.rules, queue.id, self.skills)
        self.cells: list[Cell] = []  # by interval
        self.cell = Cell()  # of this interval
        self.line: list[tuple[int, int, Contact]] = []  # a heap; those who left are skipped at its head
        self.free = 0  # of those who wait: may be offered to any agent who fits
        self.pools: tuple[Pool, ...] = ()  # whose agents fit at once, without a delay


class Flow:
    """Contacts of one stream still to come, and their chances."""

    __slots__ = ("comings", "handle", "kind", "known", "luck", "patience", "self_service", "stream", "wrap_up")

    def __init__(
        self, stream: Stream, kind: Kind, comings: Iterator[Coming], handle: Callable[[], int],
        wrap_up: Callable[[], int] | None, patience: Callable[[], int] | None, luck: Uniform | None,
        self_service: Callable[[], int] | None = None,
    ) -> None:  # fmt: skip
        self.stream = stream
        self.kind = kind
        self.comings = comings
        self.handle = handle
        self.wrap_up = wrap_up
        self.patience = patience
        self.known: RecordedContact | None = None  # of the one who comes next
        self.luck = luck  # None: nothing about a contact is left to later chance
        self.self_service = self_service  # time in the journey before the queue


class Call:
    """A promised call. `confirmed`: the customer, asked first, has said that they are there."""

    __slots__ = ("attempts", "confirmed")

    def __init__(self) -> None:
        self.attempts = 0
        self.confirmed = False


class Contact(Key):
    """One contact, and the id the engine knows it by. What is usual stands here once for all of them."""

    __deletable__ = ("waiting",)  # to the compiler: what the twin drops with `del`
    agent: "Agent | None" = None
    answered = False
    avoid: "dict[Agent, int] | None" = None  # who just missed it, until when (µs)
    began_us = 0
    call: Call | None = None
    ends_us = 0
    gives_up_us: int
    in_line = False  # stands in `kind.line`
    known: RecordedContact | None = None  # what was recorded of it
    look_us = 0  # when it looks next whether anybody will come
    luck: Uniform | None = None
    moved_us: int | None = None  # in this queue since; None: from the beginning
    offered = False  # an offer is open
    others: "tuple[Agent, ...]" = ()  # at whose desks it rings besides `agent`
    patience_us: int
    preferred: "Agent | None" = None  # the only one who may be asked, until `preferred_until_us`
    preferred_until_us = 0
    ring_ends_us = 0
    rings: "dict[Agent, int] | None" = None  # when each of several agents answers or misses it
    state: int
    through = False  # the journey is over
    waiting: WaitingContact
    work_us: int  # handle and wrap-up

    def __init__(self, number: int, flow: Flow, since_us: int, interval: int) -> None:
        super().__init__(number)
        self.flow = flow
        self.kind = kind = flow.kind
        self.cell = kind.cell
        self.interval = interval
        self.since_us = since_us  # the age key
        self.gives_up_us = self.patience_us = NEVER_US
        self.state = WAITING

    def __repr__(self) -> str:
        return f"contact {self.int}"

    def __str__(self) -> str:
        return repr(self)


class Pool:
    """The agents of one group; `spare`: how many of them could take one more, by channel."""

    __slots__ = ("answers_after", "group", "hours", "instant", "profile", "serves", "spare", "taken")

    def __init__(self, group: Group) -> None:
        self.group = group
        self.profile = Profile.of(
            group.seats, group.skills, group.capacity, group.teams, group.attributes, group.media
        )
        self.instant = group.no_answer == 0 and group.answers_after is None
        self.answers_after: Callable[[], int] | None = None
        self.spare = dict.fromkeys(group.capacity, 0)
        self.serves: dict[str, tuple[Kind, ...]] = {}
        self.hours = Hours()
        self.taken: list[tuple[int, ...]] = []  # hours by interval


class Agent(Key):
    """One agent. `here`: signed in, neither on a break nor set away; `blocked`, `dead`: by so many outages."""

    __slots__ = (
        "away_until_us", "blocked", "busy", "capacity", "dead", "here", "load", "misses",
        "paid", "pool", "present", "routable", "staffed",
    )  # fmt: skip

    def __init__(self, number: int, pool: Pool) -> None:
        super().__init__(number)
        self.pool = pool
        self.capacity = pool.group.capacity
        self.load = dict.fromkeys(self.capacity, 0)
        self.busy = 0
        self.misses = 0
        self.away_until_us = 0
        self.blocked = self.dead = 0
        self.present = self.paid = self.here = self.staffed = self.routable = False

    def __repr__(self) -> str:
        return f"agent {self.int} of {self.pool.group.id}"

    def __str__(self) -> str:
        return repr(self)
