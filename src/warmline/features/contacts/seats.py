"""How many pages of one visitor are connected at once, in this process."""

from collections.abc import Callable

PAGES_AT_MOST = 10  # tabs of one browser; a visitor with more of them sees the oldest rest


class _Seat:
    """One page's place; it may be given back twice."""

    __slots__ = ("_key", "_seats", "replaced")

    def __init__(self, seats: "Seats", key: str, replaced: Callable[[], None]) -> None:
        self._seats = seats
        self._key = key
        self.replaced = replaced

    def close(self) -> None:
        self._seats.leave(self._key, self)


class Seats:
    """The seats taken, by visitor. A page costs memory and a share of every event, so there is an end to them."""

    def __init__(self, pages_at_most: int = PAGES_AT_MOST) -> None:
        self._pages_at_most = pages_at_most
        self._taken: dict[str, list[_Seat]] = {}

    def __len__(self) -> int:
        return sum(len(seats) for seats in self._taken.values())

    def take(self, key: str, replaced: Callable[[], None]) -> _Seat:
        """Seat a page; beyond the limit the page seated first loses its place and is told."""
        seat = _Seat(self, key, replaced)
        seats = self._taken.setdefault(key, [])
        seats.append(seat)
        if len(seats) > self._pages_at_most:
            seats.pop(0).replaced()
        return seat

    def leave(self, key: str, seat: _Seat) -> None:
        seats = self._taken.get(key, [])
        if seat in seats:
            seats.remove(seat)
        if not seats:
            self._taken.pop(key, None)
