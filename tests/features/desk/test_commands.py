"""What agents ask for, with who asks added by the house."""

from typing import get_args
from uuid import UUID

import msgspec
import pytest

from warmline.features.desk.commands import DeskCommand, contact_command
from warmline.kernel.errors import Refused
from warmline.ports.identity import AgentIdentity

MINA = AgentIdentity("onda", UUID(int=1), "Mina", ("agent",), "ko")
SORA = AgentIdentity("onda", UUID(int=2), "Sora", ("supervisor",), "ko")
BODIES = {
    "callback_outcome": {"outcome": "reached"},
    "accept_offer": {"offer_id": str(UUID(int=3))},
    "decline_offer": {"offer_id": str(UUID(int=3))},
    "agent_message": {"text": "안녕하세요"},
    "add_note": {"text": "단골"},
    "transfer": {"queue_id": "refunds"},
    "finish_wrap_up": {"disposition": "solved"},
    "reassign": {"queue_id": "refunds"},
}


@pytest.mark.parametrize("kind", [struct.__struct_config__.tag for struct in get_args(DeskCommand)])
def test_the_agent_is_who_is_signed_in_whatever_the_client_claims(kind: str):
    claimed = {"kind": kind, "agent_id": str(UUID(int=666)), "agent_name": "Eve", **BODIES.get(kind, {})}
    wish = msgspec.convert(claimed, DeskCommand)
    command = contact_command(wish, SORA, "cid")
    assert command.__struct_config__.tag == kind
    assert UUID(int=2) in {getattr(command, "agent_id", None), getattr(command, "by_agent_id", None)}


def test_moving_other_peoples_contacts_is_for_supervisors():
    wish = msgspec.convert({"kind": "reassign", "queue_id": "x"}, DeskCommand)
    with pytest.raises(Refused) as refused:
        contact_command(wish, MINA, "cid")
    assert refused.value.code == "not_allowed"
