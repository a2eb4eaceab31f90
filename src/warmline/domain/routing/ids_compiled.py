"""What stands in the place of `ids` where the engine is compiled: the compiler must not insist on UUIDs.

Compiled classes cannot inherit from UUID, which is written in Python, so the keys of a simulation are bare there.
"""

from typing import Any

Id = Any


class Key:
    """An id that equals only itself."""

    def __init__(self, number: int) -> None:
        self.int = number
