"""Onda's telephone: a line that only this machine can call, its numbers, and the desk phones of the phone team.

Every number is nobody's: the short ones exist inside this demo, the long ones lead back to the simulated callers.
"""

import base64
import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

import asyncpg
import msgspec

from warmline.domain.outbound.gate import OutboundRules, Price
from warmline.features.telephony.secrets import credentials_of, realm_of
from warmline.runtime.keyring import INDEX_KEY_ID, Keyring
from warmline_demo.content.company import PHONE_PROFILE, TENANT_ID, routing_profiles
from warmline_demo.content.rows import insert
from warmline_demo.content.team import PHONE_TEAM

LINE = "demo-line"
LOOPBACK = ("127.0.0.1/32", "::1/128")
PREFIX = "+8225550"  # of the simulated callers, the only numbers that may be dialled
MAIN_NUMBER = "100"
OFFICIAL_NUMBER = "+8225550100"
NUMBERS: tuple[tuple[str, str, str], ...] = (  # id, number, the language it answers in
    ("main", MAIN_NUMBER, "ko"),
    ("main-ko", "101", "ko"),
    ("main-ja", "102", "ja"),
    ("main-en", "103", "en"),
    ("official", OFFICIAL_NUMBER, "ko"),
)
_NUMBER_NAMES = {
    "main": {"ko": "대표 번호", "ja": "代表番号", "en": "Main number"},
    "main-ko": {"ko": "한국어 번호", "ja": "韓国語の番号", "en": "Korean number"},
    "main-ja": {"ko": "일본어 번호", "ja": "日本語の番号", "en": "Japanese number"},
    "main-en": {"ko": "영어 번호", "ja": "英語の番号", "en": "English number"},
    "official": {"ko": "외부 대표 번호", "ja": "外線の代表番号", "en": "Main number from outside"},
}
_LINE_NAME = {
    "ko": "데모 회선(이 컴퓨터 전용)",
    "ja": "デモ回線（このパソコン専用）",
    "en": "Demo line (this machine only)",
}
_CALLERS_ABOVE = 10  # the simulated callers listen so many ports above the house
_KEY_BYTES = 32
_FIRST_EXTENSION = 2001


@dataclass(frozen=True)
class Telephone:
    """What seeding the telephone needs: the keyring that seals, the phones' key, and where SIP is."""

    keyring: Keyring
    key: bytes
    sip_port: int


def callers_port(sip_port: int) -> int:
    """Return the port on which the simulated callers can be called."""
    return sip_port + _CALLERS_ABOVE


def extensions() -> dict[str, str]:
    """Return the desk phones by the email of whose desk they stand on."""
    return {member.email: str(_FIRST_EXTENSION + place) for place, member in enumerate(PHONE_TEAM)}


def phone_key_path(data_dir: Path) -> Path:
    """Return where the key of the demo's desk phones lies."""
    return data_dir / "demo-phones.key"


def phone_key(path: Path) -> bytes:
    """Return this installation's own random key, made if missing (mode 600). Raises OSError, ValueError."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ValueError(f"Others may read {path}. Run: chmod 600 {path}") from None
    else:
        with os.fdopen(fd, "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise ValueError(f"{path} is no key. Remove it, and give the demo's desk phones new passwords.")
    return key


def phone_password(key: bytes, extension: str) -> str:
    """Return the password of a desk phone of this installation's demo."""
    made = hmac.digest(key, f"desk phone {extension}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made)[:24].decode()


def outbound_rules() -> OutboundRules:
    """Return what may be dialled: the simulated callers, for nothing."""
    return OutboundRules(enabled=True, allowed=(PREFIX,), prices=(Price(PREFIX, 0),))


async def seed_telephone(
    connection: asyncpg.Connection, telephone: Telephone, journey_id: str, people: UUID
) -> None:
    """Write what is missing. `people` is the namespace of the agents' ids; the keyring has been warmed."""
    await _line(connection, callers_port(telephone.sip_port))
    for number_id, number, locale in NUMBERS:
        row: dict[str, object] = {
            "id": number_id, "number": number, "name": _NUMBER_NAMES[number_id], "journey_id": journey_id,
            "locale": locale, "record": "announced",
        }  # fmt: skip
        await insert(connection, "phone_number", row)
    await insert(connection, "outbound_policy", {"id": "default", "rules": msgspec.to_builtins(outbound_rules())})
    new = False
    for member in PHONE_TEAM:
        extension = extensions()[member.email]
        known = credentials_of(extension, realm_of(TENANT_ID), phone_password(telephone.key, extension))
        sealed = telephone.keyring.encrypt(
            TENANT_ID, INDEX_KEY_ID, msgspec.json.encode(known), f"desk_phone|{extension}"
        )
        row = {
            "id": extension, "name": member.name, "agent_id": uuid5(people, member.email), "secret_enc": sealed,
        }  # fmt: skip
        new |= await insert(connection, "desk_phone", row)
    if new:
        await _let_them_talk(connection, people)


async def _line(connection: asyncpg.Connection, port: int) -> None:
    row: dict[str, object] = {
        "id": LINE, "name": _LINE_NAME, "mode": "address", "host": "127.0.0.1", "port": port, "transport": "udp",
        "srtp": "off", "addresses": list(LOOPBACK), "caller_number": OFFICIAL_NUMBER, "region": "KR",
        "calls_at_most": 30,
    }  # fmt: skip
    if not await insert(connection, "trunk", row):  # the callers follow the house to another port
        await connection.execute(
            "UPDATE trunk SET port = $3 WHERE tenant_id = $1 AND id = $2 AND version = 1 AND host = '127.0.0.1'",
            TENANT_ID, LINE, port,
        )  # fmt: skip


async def _let_them_talk(connection: asyncpg.Connection, people: UUID) -> None:
    """Companies seeded before there were calls get them, where nobody has changed anything."""
    for profile in routing_profiles():
        await connection.execute(
            "UPDATE routing_profile SET capacity = $3, media = $4 WHERE tenant_id = $1 AND id = $2"
            " AND version = 1 AND NOT capacity ? 'voice'",
            TENANT_ID, profile["id"], profile["capacity"], profile["media"],
        )  # fmt: skip
    await connection.execute(
        "UPDATE agent SET routing_profile_id = $3 WHERE tenant_id = $1 AND id = ANY($2)"
        " AND routing_profile_id = 'delivery'",
        TENANT_ID, [uuid5(people, member.email) for member in PHONE_TEAM], PHONE_PROFILE,
    )  # fmt: skip
