"""The configuration says who carries the audio."""

from pathlib import Path

from warmline.config import load_config
from warmline.kernel.tasks import TaskRegistry
from warmline.media.client import BuiltinMedia
from warmline.media.rtpengine import RtpengineMedia
from warmline.role_voice_media import media_engine


def test_a_node_carries_its_audio_itself_unless_a_daemon_is_named(tmp_path: Path):
    tasks = TaskRegistry(lambda name, failure: None)
    here = load_config({"WARMLINE_DATA_DIR": str(tmp_path)})
    assert isinstance(media_engine(here, tasks, tmp_path), BuiltinMedia)
    there = load_config({"WARMLINE_DATA_DIR": str(tmp_path), "WARMLINE_RTPENGINE": "127.0.0.1:2223"})
    assert isinstance(media_engine(there, tasks, tmp_path), RtpengineMedia)
    assert (tmp_path / "voice" / "clips").is_dir(), "the daemon reads prompts there"
