"""What the owner does with a case, to the money and the evaluation; and how the story must have ended."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from casebridge.demo.cast import NATIONAL_DESK, Agency, Person
from casebridge.demo.handing import Handing
from law.deadlines import day_of
from schemas.ids import MemberId
from services.mediation.domain.agreement import GROUP

OPERATOR = NATIONAL_DESK.person("operator")
CALLED = {"lawyer": "周正明", "mediator": "陈和平"}
"""Who works on the cases, as papers show it."""


@dataclass(kw_only=True)
class Tale(Handing):
    """A story from the application to its end."""

    owner: Agency
    """Who acts on the case."""
    epoch: int = 1
    due: Mapping[MemberId, int] = field(default_factory=dict)
    """What each member is due, in fen, once it is agreed or judged."""
    watcher: Person = OPERATOR
    """Who looks at the timeline: an operator of the deployment that has the case."""
    acts: Counter[str] = field(default_factory=Counter)

    async def act(
        self,
        path: str,
        type: str,
        text: str,
        *,
        by: Agency | None = None,
        acting_as: str = "caseworker",
        **said: Any,
    ) -> None:
        """One act on the matter; over once operators see the event on the timeline."""
        who = (by or self.owner).person(acting_as)
        body = {"epoch": self.epoch, **said}
        await self.post(who, "mediation", f"{self.path}/{path}", body, seen_as=f"{self.path}/matter")
        await self.traced(type)
        self.saw(by or self.owner, text)

    async def traced(self, type: str, times: int = 1) -> None:
        """Trace has heard of it, once more than before."""
        self.acts[type] += times
        await self.see(
            f"{self.acts[type]} {type} on the timeline of {self.number}",
            self.watcher,
            "trace",
            f"{self.path}/timeline",
            lambda view: (
                sum(hop["type"] == f"casebridge.{type}.v1" for hop in view["hops"]) >= self.acts[type]
            ),
        )

    async def on_one_day(self, *types: str) -> None:
        """The first of each of these happened on the same day in China."""
        view = await self.get(self.watcher, "trace", f"{self.path}/timeline")
        days = {
            type: str(day_of(datetime.fromisoformat(hop["at"])))
            for type in types
            for hop in reversed(view["hops"])
            if hop["type"] == f"casebridge.{type}.v1"
        }
        self.sure(f"on one day: {', '.join(types)}", len(set(days.values())) == 1, days)

    async def goes_first_because(self, reason: str) -> None:
        """The green channel: the application itself says why it goes first."""
        application = await self.get(self.owner.person("caseworker"), "intake", self.path)
        found = application["facts"]["priority"]
        self.sure(f"it goes first: {reason}", reason in found, found)

    # --- Aid -----------------------------------------------------------------------------------------------

    async def accept(self) -> None:
        await self.act("acceptance", "matter.accepted", "accepts the application")

    async def grant(self, stage: str, *, means: str) -> None:
        await self.act(
            "grants", "aid.granted", f"grants aid for {stage}; means: {means}", stage=stage, means=means
        )

    async def assign(self, role: str, of: Agency, stage: str) -> None:
        await self.act(
            "assignments",
            "assignment.made",
            f"assigns a {role} of {of.name}",
            assignee=f"{role}-1-of-{of.id}"[:64],
            name=CALLED[role],
            role=role,
            organisation=of.id,
            stage=stage,
        )

    async def refer(self, to: Agency, kind: str, subject_matter: str, legal_basis: str) -> None:
        await self.act(
            "referrals",
            "referral.made",
            f"refers {subject_matter} to {to.name}",
            to=to.id,
            kind=kind,
            subject_matter=subject_matter,
            legal_basis=legal_basis,
        )

    # --- Mediation -----------------------------------------------------------------------------------------

    async def mediate(self, committee: Agency, kind: str, *, partners: Sequence[Agency] = ()) -> None:
        joined = f" with {', '.join(partner.name for partner in partners)}" if partners else ""
        await self.act(
            "mediation",
            "mediation.proposed",
            f"asks the parties to mediate at {committee.name}{joined}",
            kind=kind,
            committee=committee.id,
            mediator=f"mediator-1-of-{committee.id}"[:64],
            mediator_name=CALLED["mediator"],
            partners=[partner.id for partner in partners],
        )

    async def session(self, committee: Agency, result: str) -> None:
        await self.act(
            "sessions",
            "mediation.session_held",
            f"holds a session: {result}",
            by=committee,
            acting_as="mediator",
            result=result,
            minutes="What was said.",
        )

    async def agree(self, committee: Agency, amounts: Sequence[int], terms: str) -> None:
        """An amount for every member, in the order in which they joined; of a group all consent at once."""
        self.due = dict(zip(sorted(self.claims), amounts, strict=True))
        consented = sorted(self.claims) if len(amounts) >= GROUP else []
        await self.act(
            "agreement",
            "mediation.agreed",
            f"records the agreement: {yuan(sum(amounts))} for {len(amounts)} member(s)",
            by=committee,
            acting_as="mediator",
            amounts=self.due,
            agreed_fen=sum(amounts),
            terms=terms,
            consented=consented,
        )

    async def perform(self) -> None:
        await self.act("performance", "agreement.performed", "finds the agreement performed")

    # --- Suit ----------------------------------------------------------------------------------------------

    async def sue(self, court: Agency, *, without_arbitration: str) -> None:
        await self.act(
            "suit",
            "litigation.filed",
            f"files suit at {court.name}, without arbitration: {without_arbitration}",
            court=court.id,
            claim_fen=sum(self.claims.values()),
            without_arbitration=without_arbitration,
        )

    async def docket(self, docket: str) -> None:
        await self.act("suit/docket", "litigation.docketed", f"notes the docket {docket}", docket=docket)

    async def judge(self, result: str, amounts: Sequence[int]) -> None:
        self.due = dict(zip(sorted(self.claims), amounts, strict=True))
        await self.act(
            "suit/judgment",
            "litigation.judged",
            f"notes the judgment: {result}, {yuan(sum(amounts))}",
            result=result,
            amounts=self.due,
            awarded_fen=sum(amounts),
            final=True,
        )

    # --- Money and end -------------------------------------------------------------------------------------

    async def pay(self, payer: str = "employer") -> None:
        """Every member receives what he is due, each payment recorded on his claim."""
        worker = self.owner.person("caseworker")
        for member, amount_fen in self.due.items():
            claim = f"{self.path}/claims/{member}"
            body = {"epoch": self.epoch, "amount_fen": amount_fen, "payer": payer}
            await self.post(worker, "mediation", f"{claim}/recoveries", body, seen_as=claim)
        await self.traced("recovery.recorded", times=len(self.due))
        self.saw(
            self.owner, f"records that {len(self.due)} member(s) received {yuan(sum(self.due.values()))}"
        )

    async def conclude(self, outcome: str) -> None:
        await self.act("conclusion", "matter.concluded", f"concludes: {outcome}", outcome=outcome)

    async def evaluate(self, grade: str = "good") -> None:
        await self.act(
            "evaluation",
            "evaluation.completed",
            f"evaluates the work: {grade}",
            acting_as="director",
            grade=grade,
            satisfaction=5,
        )

    # --- How it ended --------------------------------------------------------------------------------------

    async def ended(self) -> None:
        """Everybody who is asked says the same: the owner, the money of each member, the evaluation."""
        worker = self.owner.person("caseworker")
        matter = await self.get(worker, "mediation", f"{self.path}/matter")
        self.check("the work on the case", matter["state"], "evaluated")
        await self._owner_is_one(worker.agency)
        await self._all_paid()
        await self._traced_as_it_is()
        await self._told()

    async def _owner_is_one(self, owner: Agency) -> None:
        worker = owner.person("caseworker")
        application = await self.get(worker, "intake", self.path)
        custody = await self.get(worker, "routing", f"{self.path}/custody")
        matter = await self.get(worker, "mediation", f"{self.path}/matter")
        owners = {application["agency"], custody["owner"], matter["agency"]}
        self.check("owner, as intake, routing and mediation say", " or ".join(owners), owner.id)
        epochs = {str(custody["epoch"]), str(matter["epoch"])}
        self.check("its epoch", " or ".join(epochs), str(self.epoch))

    async def _all_paid(self) -> None:
        claims = await self.get(self.owner.person("caseworker"), "mediation", f"{self.path}/claims")
        paid = {claim["member_id"]: claim["recovered_fen"] for claim in claims["items"]}
        ends = {claim["ended"] for claim in claims["items"]}
        self.sure(f"each of {len(self.due)} member(s) received what he is due", paid == self.due, paid)
        self.sure("every claim is closed as paid", ends == {"paid"}, ends)
        self.check("recovered", yuan(claims["recovered_fen"]), yuan(sum(self.due.values())))

    async def _traced_as_it_is(self) -> None:
        found = await self.get(self.watcher, "trace", f"/cases/by-number/{self.number}")
        where = (found["owner"]["code"], found["owner_province"]["code"], found["milestone"]["code"])
        expected = (self.owner.id, self.owner.province, "evaluated")
        self.check("found by its number at", ", ".join(where), ", ".join(expected))
        self.sure("no service holds it", not found["held"], found["held"])

    async def _told(self) -> None:
        """Every notice of the owner's province arrived."""
        notices = await self.see(
            f"notices of {self.number} delivered",
            self.owner.person("caseworker"),
            "notify",
            f"{self.path}/notices",
            lambda notices: all(notice["state"] == "delivered" for notice in notices),
        )
        kinds = {notice["kind"] for notice in notices if notice["recipient"] == "worker"}
        self.sure("the workers were told of the money and of the end", {"paid", "evaluated"} <= kinds, kinds)


def yuan(fen: int) -> str:
    """180,000.00 yuan."""
    return f"{fen / 100:,.2f} yuan"
