"""Who is in a call and who hears whom: one matrix, made from scratch whenever anything changes."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from warmline.channels.voice.actions import CUSTOMER, Sound
from warmline.channels.voice.inputs import TalkWith

Kind = Literal["agent", "number", "supervisor"]
Role = Literal["owner", "consulted", "supervisor"]


@dataclass
class Party:
    """Somebody besides the customer. `up`: audio flows; until then they ring or join."""

    id: str
    kind: Kind
    role: Role
    name: str
    agent_id: UUID | None = None
    number: str | None = None
    mode: str = "talk"
    up: bool = False
    rings: bool = False
    second: str | None = None  # the other line of their desk phone, on which they ask somebody


@dataclass
class Circle:
    """The parties of a call, beside the customer."""

    parties: dict[str, Party]
    talk: TalkWith = "customer"
    held: bool = False

    def owner(self) -> Party | None:
        """Return who speaks with the customer for us."""
        return next((one for one in self.parties.values() if one.role == "owner"), None)

    def consulted(self) -> list[Party]:
        """Return whom the owner asked."""
        return [one for one in self.parties.values() if one.role == "consulted"]

    def group(self, customer_up: bool) -> tuple[str, ...]:
        """Return who talks with whom right now; supervisors who only listen or whisper are not among them."""
        owner = self.owner()
        members = [] if self.talk == "consulted" or self.held or not customer_up else [CUSTOMER]
        if owner is not None and owner.up:
            members.append(self.voice_of(owner))
        if owner is None or self.talk != "customer":
            members += [one.id for one in self.consulted() if one.up]
        members += [one.id for one in self.parties.values() if one.mode == "barge" and one.up]
        return tuple(members)

    def voice_of(self, owner: Party) -> str:
        """Return the line the owner speaks through: with whom they ask, the second one of their phone."""
        return owner.second if owner.second is not None and self.talk != "customer" else owner.id

    def hears(self, customer_up: bool) -> dict[str, tuple[str, ...]]:
        """Return the matrix: party -> whom it hears. Who hears nobody is left out."""
        group = self.group(customer_up)
        matrix = {one: tuple(other for other in group if other != one) for one in group}
        owner = self.owner()
        for one in self.parties.values():
            if one.role != "supervisor" or not one.up or one.mode == "barge":
                continue
            matrix[one.id] = group
            if one.mode == "whisper" and owner is not None and owner.up:
                ear = self.voice_of(owner)
                matrix[ear] = (*matrix.get(ear, ()), one.id)
        return {one: heard for one, heard in matrix.items() if heard}

    def sound(self, party: Party, dialling: bool) -> Sound | None:
        """Return what a party other than the customer hears when it is not the talk."""
        if not party.up:
            return None
        if party.role == "consulted" and party.id not in self.group(True):
            return "music"
        if party.role == "owner":
            rung = self.talk == "consulted" and self.consulted() and not any(one.up for one in self.consulted())
            return "ringback" if dialling or rung else None
        return None

    def state(self, party: Party) -> str:
        """Return a party's state in the words of the desk protocol."""
        if not party.up:
            return "ringing" if party.rings else "joining"
        if party.role == "supervisor":
            return {"listen": "listening", "whisper": "whispering"}.get(party.mode, "talking")
        voice = self.voice_of(party) if party.role == "owner" else party.id
        return "talking" if voice in self.group(True) else "held"
