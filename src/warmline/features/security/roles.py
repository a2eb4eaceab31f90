"""The one table of permissions: what each route needs, by role. Routes declare a name from here."""

from collections.abc import Iterable
from typing import Literal, get_args

Role = Literal["agent", "supervisor", "designer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

PUBLIC: frozenset[Role] = frozenset()  # answered without a session
EVERYBODY: frozenset[Role] = frozenset(ROLES)
HELPERS: frozenset[Role] = frozenset({"agent", "supervisor", "admin"})  # those who work with customers
LEADERS: frozenset[Role] = frozenset({"supervisor", "admin"})
BUILDERS: frozenset[Role] = frozenset({"designer", "admin"})
SHAPERS: frozenset[Role] = frozenset({"supervisor", "designer", "admin"})
ADMINS: frozenset[Role] = frozenset({"admin"})

PERMISSIONS: dict[str, frozenset[Role]] = {
    "auth.login": PUBLIC,
    "auth.logout": EVERYBODY,
    "auth.me": EVERYBODY,
    "auth.password": EVERYBODY,
    "health": PUBLIC,
    "demo.public": PUBLIC,  # the role picker and the pause switch of a demo, which listens on loopback only
    "demo.pause": EVERYBODY,
    "contacts.list": HELPERS,
    "contacts.read": HELPERS,
    "contacts.command": HELPERS,
    "contacts.reassign": LEADERS,
    "contacts.pick": HELPERS,
    "callbacks.read": LEADERS,
    "callbacks.manage": LEADERS,
    "uploads.create": HELPERS,
    "help.public": PUBLIC,  # pages for everybody; what somebody answered is in their own address
    "uploads.read": HELPERS,
    "widget.public": PUBLIC,  # visitors carry their own token
    "search": HELPERS,
    "customers.read": HELPERS,
    "customers.note": HELPERS,
    "customers.create": HELPERS,
    "customers.merge": LEADERS,
    "customers.export": ADMINS,
    "customers.erase": ADMINS,
    "guides.use": HELPERS,
    "presence.change": HELPERS,
    "board.read": LEADERS,
    "ledger.read": LEADERS,
    "queues.read": EVERYBODY,
    "queues.write": ADMINS,
    "skills.read": EVERYBODY,
    "skills.write": ADMINS,
    "pause-reasons.read": EVERYBODY,
    "pause-reasons.write": LEADERS,
    "routing-profiles.read": SHAPERS,
    "routing-profiles.write": ADMINS,
    "calendars.read": SHAPERS,
    "calendars.write": SHAPERS,
    "announcements.read": EVERYBODY,
    "announcements.write": SHAPERS,
    "prepared-messages.read": EVERYBODY,
    "prepared-messages.write": SHAPERS,
    "emergency.read": EVERYBODY,
    "emergency.write": SHAPERS,
    "routing.preview": LEADERS,
    "alert-rules.read": SHAPERS,
    "alert-rules.write": LEADERS,
    "alerts.acknowledge": LEADERS,
    "macros.read": EVERYBODY,
    "macros.write": LEADERS,
    "widgets.read": SHAPERS,
    "widgets.write": ADMINS,
    "trunks.read": ADMINS,
    "trunks.write": ADMINS,
    "phone-numbers.read": SHAPERS,
    "phone-numbers.write": ADMINS,
    "desk-phones.read": LEADERS,
    "desk-phones.write": ADMINS,
    "outbound-policy.read": LEADERS,
    "outbound-policy.write": ADMINS,
    "telephone.read": LEADERS,
    "recordings.list": HELPERS,
    "recordings.open": HELPERS,
    "messages.read": HELPERS,  # those of one's queues and of no queue; leaders: all
    "messages.settle": HELPERS,
    "recordings.link": PUBLIC,  # the address itself is the key: signed, for one recording, for minutes
    "agents.read": LEADERS,
    "agents.write": ADMINS,
    "journeys.read": SHAPERS,
    "journeys.check": BUILDERS,
    "journeys.publish": BUILDERS,
    "journeys.simulate": SHAPERS,
    "cases.read": SHAPERS,
    "cases.write": BUILDERS,
    "cases.from-contact": ADMINS,  # reads a customer's words and shapes what may be published: both at once
    "drafts.read": SHAPERS,
    "drafts.write": BUILDERS,
    "watch.read": SHAPERS,  # counts of places in journeys
    "watch.contacts": LEADERS,  # the contacts behind them
    "watch.words": SHAPERS,  # what was not understood there, without numbers and addresses
    "experiments.read": SHAPERS,
    "experiments.run": BUILDERS,
    "reasons.read": SHAPERS,
    "reasons.write": ADMINS,
    "prompts.read": SHAPERS,
    "prompts.write": BUILDERS,
    "reports.read": LEADERS,
    "twin.read": LEADERS,
    "twin.run": LEADERS,
    "staffing.read": LEADERS,
    "staffing.write": LEADERS,
    "staffing.own": HELPERS,
    "staffing.feed": PUBLIC,  # calendar programs carry the token of one agent in the address
    "audit.read": ADMINS,
}


def may(roles: Iterable[str], permission: str) -> bool:
    """Return whether somebody with `roles` may do `permission`. Raises KeyError for an unknown permission."""
    needed = PERMISSIONS[permission]
    return needed is PUBLIC or not needed.isdisjoint(roles)


def is_public(permission: str) -> bool:
    """Return whether `permission` needs no session at all."""
    return PERMISSIONS[permission] is PUBLIC
