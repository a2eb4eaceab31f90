"""What the media engine refuses."""

from warmline.kernel.errors import declare

NO_PORTS = declare(
    "media.no_ports",
    503,
    "No audio port is free.",
    "Wait until calls end, or give the voice node a larger port range.",
)
NO_WORKER = declare(
    "media.no_worker",
    503,
    "No media worker is running.",
    "Try again in a few seconds; if it stays so, read the voice node's log.",
)
UNKNOWN_LEG = declare(
    "media.unknown_leg", 404, "This leg, play or recording does not exist any more.", "Look at the call again."
)
BAD_SDP = declare(
    "media.bad_sdp",
    400,
    "The session description cannot be used: {reason}.",
    "Send a description with one audio stream, an address and a port.",
)
NO_CODEC = declare(
    "media.no_codec",
    415,
    "The other side speaks none of our codecs.",
    "Allow PCMU or PCMA at the other side.",
)
UNSUPPORTED = declare(
    "media.unsupported",
    501,
    "This media engine cannot do that: {what}.",
    "Use the built-in engine, or install what is missing.",
)
