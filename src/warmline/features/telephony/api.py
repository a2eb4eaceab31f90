"""The telephone over HTTP: passwords of lines and phones, recordings, and how the voice nodes are."""

from datetime import datetime
from typing import Annotated, Protocol
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response

from warmline.features.admin.fields import SLUG
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.features.telephony.links import Links
from warmline.features.telephony.listening import audio_answer, outline_of
from warmline.features.telephony.nodes import Node, Nodes
from warmline.features.telephony.outbound import OutboundGate
from warmline.features.telephony.recordings import Recordings
from warmline.features.telephony.schemas import (
    NodeOut,
    NumberToTry,
    NumberTried,
    OpenedRecording,
    OpenRecording,
    PhoneSecret,
    RecordingOut,
    RecordingsOut,
    TelephoneOut,
    TrunkSecret,
    VoiceOut,
)
from warmline.features.telephony.secrets import Secrets
from warmline.ports.identity import AgentIdentity
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

Key = Annotated[str, Path(pattern=SLUG, max_length=63)]
TrunkWriter = Annotated[Session, Depends(require("trunks.write"))]
PhoneWriter = Annotated[Session, Depends(require("desk-phones.write"))]
Reader = Annotated[Session, Depends(require("recordings.list"))]
Hearer = Annotated[Session, Depends(require("recordings.open"))]
Looker = Annotated[Session, Depends(require("telephone.read"))]


class Opened(Protocol):
    """Told of every recording that somebody opened."""

    async def __call__(self, agent: AgentIdentity, id: UUID, /) -> None: ...


def router(
    database: Database, keyring: Keyring, recordings: Recordings, opened: Opened, *, phones_register_at: str
) -> APIRouter:
    """Return the routes under `/api`; `phones_register_at` is the SIP server."""
    api = APIRouter(responses=PROBLEMS, tags=["telephone"])
    _add_secrets(api, Secrets(database, keyring), phones_register_at)
    _add_recordings(api, recordings, Links(keyring), opened)
    _add_trying(api, OutboundGate(database))
    nodes = Nodes(database)

    @api.get("/telephone")
    async def telephone(session: Looker) -> TelephoneOut:
        """Return the voice processes and the state of your lines."""
        now, mine = utc_now(), session.identity.tenant_id + "/"
        known = await nodes.all()
        return TelephoneOut(
            voices=_voices(known, now),
            names=await nodes.line_names(session.identity.tenant_id),
            nodes=[
                NodeOut(
                    id=one.id,
                    started_at=one.started_at,
                    seen_at=one.seen_at,
                    alive=one.lives(now),
                    draining=one.draining,
                    calls=one.calls,
                    workers=one.workers,
                    lines={k.removeprefix(mine): v for k, v in one.lines.items() if k.startswith(mine)},
                )
                for one in known
            ],
        )

    return api


def _voices(nodes: list[Node], now: datetime) -> list[VoiceOut]:
    """Return what the newest living process says of its voices."""
    told = next((one.voices for one in nodes if one.voices and one.lives(now)), {})
    return [
        VoiceOut(locale=locale, engine=one.engine, voice=one.voice, problems=list(one.problems))
        for locale, one in told.items()
    ]


def _actor(session: Session, request: Request) -> Actor:
    return Actor.of(session.identity, client_of(request).ip)


def _add_trying(api: APIRouter, gate: OutboundGate) -> None:
    @api.post("/outbound-policy/try")
    async def outbound_try(
        session: Annotated[Session, Depends(require("outbound-policy.read"))], body: NumberToTry
    ) -> NumberTried:
        """Say whether a number may be called now, and why not. Nothing is called or reserved."""
        seen = await gate.look(session.identity.tenant_id, body.number)
        return NumberTried(
            allowed=seen.why is None,
            number=seen.number,
            reason=seen.why,
            per_minute_milli=seen.per_minute_milli,
        )


def _add_secrets(api: APIRouter, secrets: Secrets, server: str) -> None:
    @api.put("/trunks/{key}/secret", status_code=204)
    async def trunk_secret(request: Request, session: TrunkWriter, key: Key, body: TrunkSecret) -> None:
        """Set the password that a line signs in with."""
        await secrets.set_trunk(session.identity.tenant_id, _actor(session, request), key, body.secret)

    @api.post("/desk-phones/{key}/secret")
    async def phone_secret(request: Request, session: PhoneWriter, key: Key) -> PhoneSecret:
        """Give a desk phone a new password; it is shown this once."""
        new = await secrets.renew_phone(session.identity.tenant_id, _actor(session, request), key)
        return PhoneSecret(user=new.user, realm=new.realm, secret=new.secret, server=server)


def _add_recordings(api: APIRouter, recordings: Recordings, links: Links, told: Opened) -> None:
    @api.get("/contacts/{contact_id}/recordings")
    async def of_contact(session: Reader, contact_id: UUID) -> RecordingsOut:
        """Return a contact's recordings, without their audio."""
        found = await recordings.of_contact(session.identity.tenant_id, contact_id)
        return RecordingsOut(items=[RecordingOut.model_validate(one) for one in found])

    @api.post("/recordings/{recording_id}/open")
    async def open_recording(
        request: Request, session: Hearer, recording_id: UUID, body: OpenRecording
    ) -> OpenedRecording:
        """Open a recording, with a reason that stays in the audit log."""
        tenant_id = session.identity.tenant_id
        opened = await recordings.open(tenant_id, _actor(session, request), recording_id, body.reason)
        heard = await outline_of(opened)
        await told(session.identity, recording_id)
        url = links.url(tenant_id, recording_id, session.identity.agent_id, utc_now())
        return OpenedRecording(url=url, seconds=heard.seconds, peaks=heard.peaks)

    @api.get("/recordings/{recording_id}/audio", response_class=Response)
    async def audio(request: Request, session: Hearer, recording_id: UUID, until: int, sig: str) -> Response:
        """Return the audio of a recording that was opened, or the part of it that is asked for."""
        identity = session.identity
        opened = await recordings.readable(identity.tenant_id, recording_id)
        links.check(identity.tenant_id, recording_id, identity.agent_id, until, sig, utc_now())
        return await audio_answer(opened, request.headers.get("range"))
