"""Whatever the domain may end with, decide or call a state has a name in Korean, Japanese and English."""

import json
import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from warmline.domain.contact.commands import CallbackOutcome, CancelReason
from warmline.domain.contact.model import CallbackOrder, CallbackStage, ContactStatus, DisconnectReason
from warmline.domain.routing.reasons import Code
from warmline.domain.routing.rules import AtMaxWait, Selection

SRC = Path(__file__).parents[3]
CATALOGS = SRC / "web" / "src" / "i18n"
OUTCOMES = get_args(get_type_hints(CallbackOutcome)["outcome"])
# Words that are written where they happen, in `domain/contact`.
OFFER_ENDS = ("declined", "expired", "withdrawn")  # accepted is told by who joined
CLOSED = (*OUTCOMES, "cancelled", "duplicate", "ended")
MOVED = (
    "hours", "window", "turn", "retry", "put_off", "rescheduled", "declined", "missed", "withdrawn", "transfer",
    "reassigned", "agent_gone", "repaired", "widened", "journey",
)  # fmt: skip
NAMED: dict[str, tuple[str, ...]] = {
    "desk.reason.": tuple(DisconnectReason),
    "thread.ended.": tuple(DisconnectReason),
    "board.status.": tuple(ContactStatus),
    "timeline.offered.": get_args(Code),
    "timeline.offer_ended.": OFFER_ENDS,
    "timeline.passed.": ("declined", "withdrawn"),
    "timeline.tried.": OUTCOMES,
    "timeline.closed.": CLOSED,
    "timeline.moved.": MOVED,
    "timeline.why.": get_args(CancelReason),
    "timeline.limit.": get_args(AtMaxWait),
    "timeline.widened.": ("ring", "skills", "overflow"),
    "timeline.deserted.": ("nobody", "closed"),
    "timeline.then.": ("callback", "message"),
    "callbacks.outcome.": OUTCOMES,
    "callbacks.reason.": get_args(CancelReason),
    "callbacks.state.": tuple(CallbackStage),
    "admin.rules.order.": tuple(CallbackOrder),
    "admin.rules.selection.": get_args(Selection),
    "admin.rules.at_max_wait.": get_args(AtMaxWait),
}


@pytest.mark.parametrize("locale", ["ko", "ja", "en"])
@pytest.mark.parametrize("prefix", NAMED)
def test_everything_a_contact_may_come_to_has_a_name(prefix: str, locale: str):
    room, _, rest = prefix.partition(".")
    texts = json.loads((CATALOGS / locale / f"{room}.json").read_text(encoding="utf-8"))
    missing = [str(name) for name in NAMED[prefix] if not texts.get(f"{rest}{name}")]
    assert not missing, f"{prefix} has no {locale} text for {missing}"


def test_the_reasons_for_a_place_in_line_that_are_written_in_the_domain_are_all_named():
    texts = json.loads((CATALOGS / "en" / "thread.json").read_text(encoding="utf-8"))
    domain = SRC / "src" / "warmline" / "domain" / "contact"
    written: set[str] = set()
    for path in domain.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        written |= set(re.findall(r"(?:queueing\.enter|put_back|place\.wait)\(draft, [^\"()]*\"(\w+)\"", source))
    assert {"transfer", "reassigned", "agent_gone", "repaired", "widened", "callback_confirmed"} <= written
    assert not [why for why in written if f"why.{why}" not in texts]
