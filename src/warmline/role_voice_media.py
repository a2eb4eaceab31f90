"""Which engine carries the audio of a voice node: our own workers, or an rtpengine daemon."""

from pathlib import Path

from warmline.config import Config
from warmline.kernel.tasks import TaskRegistry
from warmline.media.client import BuiltinMedia, MediaSettings
from warmline.media.rtpengine import RtpengineMedia
from warmline.media.rtpengine_daemon import RtpengineSettings

Engine = BuiltinMedia | RtpengineMedia


def media_engine(config: Config, tasks: TaskRegistry, sockets: Path) -> Engine:
    """Return the engine the configuration names, not started. `sockets`: a folder with a short path.

    Source: docs/howto/rtpengine.md.
    """
    if config.rtpengine:
        daemon, keys_at = config.rtpengine_addresses
        clips = config.data_dir / "voice" / "clips"
        clips.mkdir(parents=True, exist_ok=True)
        recordings = Path(config.rtpengine_recordings) if config.rtpengine_recordings else None
        return RtpengineMedia(
            RtpengineSettings(daemon, keys_at, clips.resolve(), recordings, config.rtpengine_dials), tasks
        )
    low, high = config.audio_ports
    return BuiltinMedia(
        MediaSettings(
            sockets,
            config.voice_host,
            low,
            high,
            workers=config.media_workers,
            public_address=config.voice_public_address or None,
        )
    )
