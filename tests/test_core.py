"""Every role stands on the same opened parts, and what it logs is masked."""

import logging
from pathlib import Path

import pytest

from warmline.config import Config
from warmline.core import Core, configure_logging, report


async def test_a_core_opens_on_a_database_and_closes_without_a_trace(database_url: str, tmp_path: Path):
    async with await Core.open(Config(database_url=database_url, data_dir=tmp_path)) as core:
        assert set(await core.database.tenants()) == {"onda", "rival"}
        assert core.committer.waiting == 0
    assert (tmp_path / "master.key").stat().st_mode & 0o077 == 0


async def test_a_second_core_reads_with_the_keys_of_the_first(database_url: str, tmp_path: Path):
    config = Config(database_url=database_url, data_dir=tmp_path)
    async with await Core.open(config) as one, await Core.open(config) as other:
        assert one.keyring.blind_index("onda", "email", "a@b.example") == other.keyring.blind_index(
            "onda", "email", "a@b.example"
        )


def test_failures_of_background_work_are_logged_by_name(caplog: pytest.LogCaptureFixture):
    report("router lane", RuntimeError("lost"))
    assert "router lane failed" in caplog.text


def test_card_numbers_never_reach_the_log(capfd: pytest.CaptureFixture[str]):
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    for handler in before:
        root.removeHandler(handler)
    try:
        configure_logging("info")
        logging.getLogger("warmline.test").info("customer wrote 4111 1111 1111 1111")
    finally:
        for handler in list(root.handlers):
            root.removeHandler(handler)
        for handler in before:
            root.addHandler(handler)
        root.setLevel(level)
    written = capfd.readouterr().err
    assert "customer wrote" in written
    assert "4111 1111 1111 1111" not in written
