"""The log outside the product keeps what was promised."""

from pathlib import Path

import pytest

from chaos.oplog import Entry, OpLog, read


def test_what_was_written_is_read_back_in_order(tmp_path: Path):
    log = OpLog(tmp_path / "log")
    log.write("c1", "say", contact="A", cid="m1")
    log.write("c1", "ack", contact="A", cid="m1", seq=7)
    log.close()
    entries = read(tmp_path / "log")
    assert [(entry.what, entry.cid, entry.seq) for entry in entries] == [("say", "m1", 0), ("ack", "m1", 7)]
    assert entries == log.entries
    assert entries[0].at <= entries[1].at


def test_a_line_that_means_nothing_is_refused(tmp_path: Path):
    log = OpLog(tmp_path / "log")
    with pytest.raises(ValueError, match="Invalid enum value"):
        log.write("c1", "sung")  # pyright: ignore[reportArgumentType]
    log.close()
    assert read(tmp_path / "log") == []


def test_a_log_survives_its_writer_after_a_sync(tmp_path: Path):
    log = OpLog(tmp_path / "log")
    log.write("nemesis", "fault", kind="web")
    log.sync()
    assert [entry.kind for entry in read(tmp_path / "log")] == ["web"]
    assert isinstance(log.entries[0], Entry)
    log.close()
