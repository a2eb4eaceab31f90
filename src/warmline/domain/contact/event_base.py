"""What all events of a contact have in common."""

from typing import ClassVar

from msgspec import Struct


class Event(Struct, frozen=True, omit_defaults=True, tag_field="kind"):
    """Base of all contact events; `kind` in JSON is the class's tag."""

    visible: ClassVar[bool] = False
