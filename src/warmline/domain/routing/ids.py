"""The ids the engine hands around: it compares them, looks things up by them, and reads their number."""

from uuid import UUID

Id = UUID


class Key(UUID):
    """An id that equals only itself. Made once and handed around, it is looked up without a call into Python."""

    __slots__ = ()
    __hash__ = object.__hash__
    __eq__ = object.__eq__  # type: ignore[assignment] - the same, written in C
    __setattr__ = object.__setattr__  # type: ignore[assignment] - contacts and agents, who are keys, change

    def __init__(self, number: int) -> None:
        object.__setattr__(self, "int", number)  # as UUID does it, which would parse text
