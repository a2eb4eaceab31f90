"""Whether the time of an answer tells which extensions exist: REGISTER and INVITE with a wrong password.

Known and unknown names of equal length come in random order to the code that judges them (in memory: nothing hides
a difference), and to a running endpoint over UDP. Told: both medians and the chance that an answer to an unknown
name takes longer than one to a known name (0.5: time tells nothing), with the same for known names split in two.
Run: `python -m benchmarks.voice.digest_timing`; `--requests`, `--wire`.
"""

import argparse
import asyncio
import gc
import random
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence

import numpy as np

from warmline.kernel.tasks import TaskRegistry
from warmline.ports.telephone import Dialling
from warmline.sip.address import read_name_addr
from warmline.sip.builder import new_request, new_via
from warmline.sip.digest import answer_challenge, read_challenge
from warmline.sip.message import Request, Response
from warmline.sip.parser import parse
from warmline.sip.uri import read_uri
from warmline.voice.admission import Admission, Turned
from warmline.voice.directory import MemoryDirectory, Phone, ha1
from warmline.voice.endpoint import Endpoint
from warmline.voice.limits import Limits, Listen

GOAL_SHARE = 0.02  # of the time in memory by which medians may differ
GOAL_CHANCE = 0.02  # away from a half over UDP
REALM = "127.0.0.1"
KNOWN = [str(number) for number in range(2000, 2500)]
UNKNOWN = [str(number) for number in range(2500, 3000)]
OPEN = Limits(
    unknown_rate=1e6, unknown_burst=1e6, known_rate=1e6, known_burst=1e6, total_unknown_rate=1e6,
    total_unknown_burst=1e6,
)  # fmt: skip


def directory() -> MemoryDirectory:
    phones = [Phone(f"p{one}", "onda", one, REALM, ha1(one, REALM, "right"), ha1(one, REALM, "right", "SHA-256"))
              for one in KNOWN]  # fmt: skip
    return MemoryDirectory(phones=phones)


def request(method: str, user: str, serial: int, header: str | None, port: int = 5060) -> Request:
    address = read_name_addr(f"<sip:{user}@{REALM}>")
    made = new_request(
        method, read_uri(f"sip:{REALM}"), via=new_via("udp", "127.0.0.1", port, f"b{serial:08d}"),
        from_=address.with_tag(f"t{serial:08d}"), to=address, call_id=f"c{serial:08d}", cseq=1,
        contact=read_name_addr(f"<sip:{user}@127.0.0.1:{port}>"),
    )  # fmt: skip
    if header is not None:
        made.headers.set("Authorization", header)
    return made


def proof(user: str, method: str, challenge: str) -> str:
    return str(
        answer_challenge(
            read_challenge(challenge), username=user, password="wrong", method=method, uri=f"sip:{REALM}",
            cnonce="0a4f113b",
        )
    )  # fmt: skip


def chance_longer(one: Sequence[float], other: Sequence[float]) -> float:
    """The chance that a value of `other` is above one of `one` (Mann-Whitney, ties by half)."""
    both = np.concatenate([one, other])
    order = np.argsort(both, kind="stable")
    ranks = np.empty(len(both))
    ranks[order] = np.arange(1, len(both) + 1)
    values, inverse, counts = np.unique(both, return_inverse=True, return_counts=True)
    mean = np.bincount(inverse, ranks) / counts
    above = mean[inverse][len(one) :].sum() - len(other) * (len(other) + 1) / 2
    assert len(values)
    return float(above / (len(one) * len(other)))


def measured(take: Callable[[str, int], float], requests: int) -> tuple[list[float], list[float]]:
    """Microseconds of known and of unknown names, in random order."""
    found: tuple[list[float], list[float]] = ([], [])
    for serial in range(requests):
        which = random.getrandbits(1)
        found[which].append(take(random.choice((KNOWN, UNKNOWN)[which]), serial))
    return found


def in_memory(method: str, requests: int) -> tuple[list[float], list[float]]:
    admission = Admission(directory())

    def judge(made: Request) -> object:
        if method == "REGISTER":
            return admission.registration(made)
        return admission.call(made, "198.51.100.7", "1000", None)

    turned = judge(request(method, KNOWN[0], 0, None))
    assert isinstance(turned, Turned)
    challenge = turned.headers[0][1]

    def take(user: str, serial: int) -> float:
        made = parse(request(method, user, serial, proof(user, method, challenge)).encode())
        assert isinstance(made, Request)
        began = time.perf_counter_ns()
        answer = judge(made)
        took = (time.perf_counter_ns() - began) / 1000
        assert isinstance(answer, Turned)
        assert answer.status == 401
        return took

    return measured(take, requests)


class Served:
    """An endpoint in a thread of its own."""

    def __init__(self) -> None:
        self.port = 0
        self._ready, self._loop = threading.Event(), asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=lambda: self._loop.run_until_complete(self._serve()), daemon=True)
        self._thread.start()
        self._ready.wait()

    async def _serve(self) -> None:
        async def goes(wish: Dialling) -> Dialling:
            return wish

        tasks = TaskRegistry(lambda name, failure: print(name, failure, file=sys.stderr))
        listen = (Listen("udp", "127.0.0.1", 0),)
        endpoint = Endpoint(listen, directory(), goes, tasks, lambda *_: None, limits=OPEN)
        await endpoint.start()
        self.port = endpoint.bound[0][2]
        self._ready.set()
        await self._stop.wait()
        await endpoint.close()
        await tasks.close()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()


def over_udp(method: str, requests: int) -> tuple[list[float], list[float]]:
    served = Served()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.connect(("127.0.0.1", served.port))
        line.settimeout(10)
        own = line.getsockname()[1]

        def ask(data: bytes) -> bytes:
            line.send(data)
            return line.recv(65_535)

        told = parse(ask(request(method, KNOWN[0], 90_000_000, None, own).encode()))
        assert isinstance(told, Response)
        challenge = told.headers.get("WWW-Authenticate") or ""

        def take(user: str, serial: int) -> float:
            data = request(method, user, serial, proof(user, method, challenge), own).encode()
            began = time.perf_counter_ns()
            answer = ask(data)
            took = (time.perf_counter_ns() - began) / 1000
            assert answer.startswith(b"SIP/2.0 401"), answer[:80]
            return took

        found = measured(take, requests)
    served.end()
    return found


def main() -> int:
    """Run and print; the exit code says whether time tells nothing."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--requests", type=int, default=20_000)
    arguments.add_argument("--wire", type=int, default=5_000, help="requests over UDP")
    given = arguments.parse_args()
    gc.disable()
    met = True
    for name, way, requests in (("in memory", in_memory, given.requests), ("over UDP", over_udp, given.wire)):
        for method in ("REGISTER", "INVITE"):
            known, unknown = way(method, requests)
            chance, same = chance_longer(known, unknown), chance_longer(known[::2], known[1::2])
            ours, theirs = float(np.median(known)), float(np.median(unknown))
            if way is in_memory:
                met &= abs(theirs / ours - 1) <= GOAL_SHARE
            else:
                met &= abs(chance - 0.5) <= GOAL_CHANCE
            print(
                f"{method} {name}: known {ours:.2f} µs, unknown {theirs:.2f} µs; unknown"
                f" takes longer with a chance of {chance:.4f} (known against known: {same:.4f})"
            )
    print(f"goal: medians within {GOAL_SHARE:.0%} in memory, chance within {GOAL_CHANCE} of a half over UDP")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
