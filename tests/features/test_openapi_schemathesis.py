"""The OpenAPI document is true: what fits it is answered as it says, and what does not is refused."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from tests.features.conftest import ORIGIN, People

from warmline.app import create_app
from warmline.config import Config
from warmline.core import Core
from warmline.features.security.service import Client, Security
from warmline.features.security.tokens import COOKIE

EXAMPLES = 4
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
NO_WRONG_TYPES = {"POST /api/uploads", "POST /widget/uploads"}  # in a form, null is the four letters of the word
# Ending the session that asks would leave the rest unasked.
NOT_ASKED = {"POST /api/auth/logout", "POST /api/auth/password"}


@contextmanager
def served(database_url: str, data_dir: Path) -> Iterator[str]:
    """Serve the product on a free port from a thread of its own, as a process would."""
    started = threading.Event()
    stop: list[Any] = []
    failures: list[BaseException] = []
    address: list[str] = []

    async def serve() -> None:
        config = Config(database_url=database_url, data_dir=data_dir, public_url=ORIGIN)
        async with await Core.open(config) as core:
            server = uvicorn.Server(uvicorn.Config(create_app(core), port=0, log_level="error", lifespan="off"))
            serving = asyncio.get_running_loop().create_task(server.serve())
            while not server.started and not serving.done():
                await asyncio.sleep(0.01)
            port = server.servers[0].sockets[0].getsockname()[1]
            address.append(f"http://127.0.0.1:{port}")
            stop.append(server)
            started.set()
            await serving

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as failure:
            failures.append(failure)
            started.set()

    thread = threading.Thread(target=run, name="served product")
    thread.start()
    started.wait(60)
    try:
        if failures:
            raise failures[0]
        yield address[0]
    finally:
        for server in stop:
            server.should_exit = True
        thread.join(30)


@pytest.fixture
async def admin_headers(security: Security, people: People) -> dict[str, str]:
    session = await security.open_as("onda", "admin", Client("127.0.0.1"))
    return {"Cookie": f"{COOKIE}={session.token.cookie_value}", "X-CSRF-Token": session.token.csrf}


def test_every_operation_answers_as_the_document_says(
    database_url: str, admin_headers: dict[str, str], tmp_path: Path
):
    with served(database_url, tmp_path) as url:
        document = httpx.get(f"{url}/api/openapi.json", timeout=60).json()  # made when it is first asked for
        schema = schemathesis.openapi.from_dict(document)
        asked, untrue = 0, []
        for result in schema.get_all_operations():
            operation = result.ok()
            if operation.label in NOT_ASKED:
                continue
            asked += 1
            try:
                for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                    if mode is GenerationMode.POSITIVE or operation.label not in NO_WRONG_TYPES:
                        _ask(operation, mode, url, admin_headers)
            except (Exception, BaseExceptionGroup) as failure:
                untrue.append(f"{operation.label}: {failure}"[:1500])
    assert not untrue, f"{len(untrue)} of {asked} operations are not as described:\n\n" + "\n\n".join(untrue)
    assert asked > 60


def _ask(operation: Any, mode: GenerationMode, url: str, headers: dict[str, str]) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        response = case.call(base_url=url, headers=headers, timeout=10)
        case.validate_response(response, checks=CHECKS)

    # An operation without input has nothing that could be wrong.
    with suppress(Unsatisfiable):
        ask()


def test_the_document_describes_every_operation(product: FastAPI):
    document = product.openapi()
    assert document["openapi"].startswith("3.1")
    seen: set[str] = set()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation.get("description"), f"{where} has no description"
            assert operation.get("tags") or not path.startswith("/api"), f"{where} has no tag"
            assert operation["operationId"] not in seen, f"{where} shares its operation id"
            seen.add(operation["operationId"])
            if path.startswith("/api"):
                assert "Problem" in str(operation["responses"].get("422")), f"{where} hides how it refuses"
