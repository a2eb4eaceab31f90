"""What the telephone can say of itself: who speaks each language and what is wrong, and where phones register."""

import ipaddress
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct

from warmline.kernel.errors import ProviderFailed
from warmline.kernel.locale import LOCALES, Locale
from warmline.speech.choice import Voices

SIP_PORT = 5060
VoiceProblem = Literal["no_voice", "robotic", "no_personal_data", "resting"]


class VoiceState(Struct, frozen=True, omit_defaults=True):
    """Who would say a prompt now: `engine` and `voice` are empty when nobody can."""

    engine: str = ""
    voice: str = ""
    problems: tuple[VoiceProblem, ...] = ()


class NodeFacts(Struct, frozen=True, omit_defaults=True):
    """What a voice process knows beside its calls. `lines` is the state of each by `tenant/id`: up or down."""

    lines: dict[str, str] = {}
    workers: int = 0
    voices: dict[Locale, VoiceState] = {}
    busy: dict[str, int] = {}  # how many calls each line has, by `tenant/id`


def voices_now(voices: Voices) -> dict[Locale, VoiceState]:
    """Return, for each language, who speaks now.

    Problems: `no_voice`; `robotic`: it is understood but does not sound natural; `no_personal_data`: texts with
    somebody's data have no voice; `resting`: a better one failed within the last half minute.
    """
    return {locale: _state(voices, locale) for locale in LOCALES}


def _state(voices: Voices, locale: Locale) -> VoiceState:
    try:
        best = voices.candidates(locale, public=True)[0][1]
    except ProviderFailed:
        return VoiceState(problems=("no_voice",))
    problems: list[VoiceProblem] = []
    if best.quality == 0:
        problems.append("robotic")
    try:
        voices.candidates(locale, public=False)
    except ProviderFailed:
        problems.append("no_personal_data")
    if voices.resting(locale):
        problems.append("resting")
    return VoiceState(best.engine, best.name, tuple(problems))


def phone_server(voice_host: str, public_address: str, sip_port: int, base_url: str) -> str:
    """Return what to enter as server in a desk phone: `host` or `host:port`.

    A process that listens on every address is reached where browsers reach the product.
    """
    host = public_address or voice_host
    if _is_everywhere(host):
        host = urlsplit(base_url).hostname or host
    if ":" in host:
        host = f"[{host}]"
    return host if sip_port == SIP_PORT else f"{host}:{sip_port}"


def _is_everywhere(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
