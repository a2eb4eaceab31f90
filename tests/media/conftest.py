"""A media engine for all tests of this folder, and calls in it."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from media.calls import TestCall
from warmline.media.client import BuiltinMedia, MediaSettings


@pytest.fixture(scope="session")
async def media() -> AsyncIterator[BuiltinMedia]:
    with tempfile.TemporaryDirectory() as folder:
        driver = BuiltinMedia(MediaSettings(Path(folder), "127.0.0.1", 21000, 21999, silent_after_s=1.0))
        await driver.start()
        yield driver
        await driver.shut_down()


@pytest.fixture
async def call(media: BuiltinMedia) -> AsyncIterator[TestCall]:
    made = TestCall(media)
    yield made
    await made.end()
