"""Conversations kept with a journey over HTTP: keep, change, delete, run all, let random customers find more."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from warmline.features.admin.fields import Strict
from warmline.features.designer.cases import Cases, KeptCase
from warmline.features.designer.cases_schemas import (
    CaseChange,
    CaseDoc,
    CaseNew,
    FailureDoc,
    KeptDoc,
    LineDoc,
    case_doc,
    failure_doc,
    line_docs,
)
from warmline.features.designer.simulator import Libraries
from warmline.features.designer.suites import Suites
from warmline.features.journeys.api import AskedLocale, JourneyId
from warmline.features.security.access import client_of, require
from warmline.features.security.audit import Actor
from warmline.features.security.problems import PROBLEMS
from warmline.features.security.service import Session
from warmline.kernel.errors import INVALID, Refused

MOST_WANDERERS = 2_000
Reader = Annotated[Session, Depends(require("cases.read"))]
Writer = Annotated[Session, Depends(require("cases.write"))]


class CaseListDoc(Strict):
    items: list[KeptDoc]


class RunAsk(Strict):
    """`document`: the draft to run with; None: the newest published version."""

    document: dict[str, Any] | None = None


class ResultDoc(Strict):
    """What became of one case; `failure` is null when it passed."""

    id: UUID
    name: str
    failure: FailureDoc | None
    seconds: float
    transcript: list[LineDoc]


class CoverageDoc(Strict):
    """Blocks by path, as `section/2/then`; `share` is 0 to 1."""

    entered: list[str]
    missing: list[str]
    share: float


class RunDoc(Strict):
    """Results of all cases. `took_s` is real time; `seconds` of a result are virtual."""

    results: list[ResultDoc]
    failed: int
    coverage: CoverageDoc
    took_s: float
    per_minute: float


class GenerateAsk(RunAsk):
    """How many random customers, of which seed; `channel` None: some write, some call."""

    count: Annotated[int, Field(ge=1, le=MOST_WANDERERS)] = 300
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    channel: Literal["webchat", "voice"] | None = None


class FoundDoc(Strict):
    """A conversation that entered `fresh` blocks, or met a fault."""

    case: CaseDoc
    fresh: list[str]
    failure: FailureDoc | None
    transcript: list[LineDoc]


class GeneratedDoc(Strict):
    found: list[FoundDoc]
    conversations: int
    seed: int


def cases_router(libraries: Libraries, cases: Cases, suites: Suites) -> APIRouter:
    """Return the routes under `/api` for saved conversations."""
    api = APIRouter(responses=PROBLEMS, tags=["journeys"])

    @api.get("/journeys/{journey_id}/cases")
    async def case_list(journey_id: JourneyId, session: Reader) -> CaseListDoc:
        """Return the conversations kept with a journey, the oldest first."""
        return CaseListDoc(
            items=[kept_doc(one) for one in await cases.all(session.identity.tenant_id, [journey_id])]
        )

    @api.post("/journeys/{journey_id}/cases", status_code=201)
    async def case_keep(request: Request, journey_id: JourneyId, body: CaseNew, session: Writer) -> KeptDoc:
        """Keep a conversation; from now on every publication must let it come out as expected."""
        case = body.read(journey_id)
        return kept_doc(
            await cases.keep(session.identity.tenant_id, actor_of(session, request), case, body.origin, body.seed)
        )

    @api.put("/journeys/{journey_id}/cases/{case_id}")
    async def case_change(
        request: Request, journey_id: JourneyId, case_id: UUID, body: CaseChange, session: Writer
    ) -> KeptDoc:
        """Change a conversation, or what is expected of it, over the version seen."""
        actor, case = actor_of(session, request), body.read(journey_id)
        return kept_doc(await cases.change(session.identity.tenant_id, actor, case_id, body.version, case))

    @api.delete("/journeys/{journey_id}/cases/{case_id}", status_code=204)
    async def case_delete(request: Request, journey_id: JourneyId, case_id: UUID, session: Writer) -> None:
        """Delete a conversation."""
        await cases.forget(session.identity.tenant_id, actor_of(session, request), journey_id, case_id)

    @api.post("/journeys/{journey_id}/cases/run")
    async def case_run(journey_id: JourneyId, body: RunAsk, session: Reader, locale: AskedLocale = None) -> RunDoc:
        """Hold all conversations with a draft or the newest version: results, and the branches they took."""
        tenant_id, told_in = session.identity.tenant_id, locale or session.identity.locale
        journey = await libraries.chosen(tenant_id, _own(body.document, journey_id), journey_id, None)
        ran = await suites.run(tenant_id, journey)
        results = [
            ResultDoc(
                id=one.id,
                name=one.case.name,
                failure=failure_doc(verdict, told_in),
                seconds=verdict.seconds,
                transcript=line_docs(verdict.lines) if verdict.failure is not None else [],
            )
            for one, verdict in ran.results
        ]
        return RunDoc(
            results=results,
            failed=sum(one.failure is not None for one in results),
            coverage=CoverageDoc(
                entered=list(ran.coverage.entered), missing=list(ran.coverage.missing), share=ran.coverage.share
            ),
            took_s=ran.took_s,
            per_minute=ran.per_minute,
        )

    @api.post("/journeys/{journey_id}/cases/generate")
    async def case_generate(
        journey_id: JourneyId, body: GenerateAsk, session: Writer, locale: AskedLocale = None
    ) -> GeneratedDoc:
        """Let random customers talk; return those who came where nobody had been. Nothing is saved."""
        tenant_id, told_in = session.identity.tenant_id, locale or session.identity.locale
        journey = await libraries.chosen(tenant_id, _own(body.document, journey_id), journey_id, None)
        found = await suites.generate(tenant_id, journey, body.count, body.seed, body.channel)
        return GeneratedDoc(
            found=[
                FoundDoc(
                    case=CaseDoc.model_validate(case_doc(one.case)),
                    fresh=[block for block in one.fresh if block.startswith(f"{journey_id}#")],
                    failure=failure_doc(one.verdict, told_in),
                    transcript=line_docs(one.verdict.lines),
                )
                for one in found
            ],
            conversations=body.count,
            seed=body.seed,
        )

    return api


def actor_of(session: Session, request: Request) -> Actor:
    return Actor.of(session.identity, client_of(request).ip)


def kept_doc(one: KeptCase) -> KeptDoc:
    return KeptDoc(
        **case_doc(one.case),
        id=one.id,
        journey_id=one.case.journey,
        origin=one.origin,
        seed=one.seed,
        version=one.version,
        created_at=one.created_at,
        updated_at=one.updated_at,
    )


def _own(document: dict[str, Any] | None, journey_id: str) -> dict[str, Any] | None:
    """Return a draft that is of this journey. Raises Refused `invalid` for another one."""
    if document is not None and document.get("id") != journey_id:
        raise Refused(INVALID, field="document.id", reason=f"the address says {journey_id}")
    return document
