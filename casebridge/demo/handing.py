"""Applying, and what routing does with it: placed, offered, accepted, moved, helped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casebridge.demo.cast import Agency
from casebridge.demo.play import Play, StoryFailed
from schemas.ids import CaseId, CaseNumber, MemberId


@dataclass(kw_only=True)
class Handing(Play):
    """A story up to the moment when the owner acts."""

    case_id: CaseId | None = None
    number: CaseNumber | None = None
    claims: Mapping[MemberId, int] = field(default_factory=dict)
    """What each member claims, in fen."""

    @property
    def path(self) -> str:
        return f"/cases/{self.case_id}"

    async def apply(self, at: Agency, role: str, application: Mapping[str, Any]) -> None:
        """Somebody enters the application; the number can be read out at once."""
        clerk = at.person(role)
        receipt = await self.post(clerk, "intake", "/applications", application)
        if receipt["repeated"]:
            raise StoryFailed(f"expected a new application, found {receipt['number']}")
        self.case_id, self.number = receipt["case_id"], receipt["number"]
        self.saw(at, f"takes the application in as {self.number}")
        members = await self.get(clerk, "intake", f"{self.path}/members")
        self.claims = {member["member_id"]: member["claim_fen"] for member in members}

    async def placed_with(self, owner: Agency) -> None:
        """The case is the owner's to act on: on its work list, with the claim of every member."""
        worker = owner.person("caseworker")
        await self.see(
            f"{self.number} placed with {owner.id}",
            worker,
            "routing",
            f"{self.path}/custody",
            lambda custody: (custody["state"], custody["owner"]) == ("placed", owner.id),
        )
        await self.ready_at(owner)
        self.saw(owner, f"has the case to act on, with {len(self.claims)} claim(s)")

    async def ready_at(self, owner: Agency) -> None:
        """Mediation there has the matter and every claim."""
        worker = owner.person("caseworker")
        await self.see(
            f"matter of {self.number} to be accepted by {owner.id}",
            worker,
            "mediation",
            f"{self.path}/matter",
            lambda matter: matter["state"] == "to-accept" and matter["agency"] == owner.id,
        )
        await self.see(
            f"{len(self.claims)} claims of {self.number}",
            worker,
            "mediation",
            f"{self.path}/claims",
            lambda claims: {claim["member_id"] for claim in claims["items"]} == set(self.claims),
        )

    # --- Moving --------------------------------------------------------------------------------------------

    async def offered_to(self, asked: Agency) -> str:
        """The offer is on the work list of who is asked. Returns the transfer."""
        page = await self.see(
            f"offer of {self.number} to {asked.id}",
            asked.person("receiver"),
            "routing",
            "/offers?state=waiting&limit=200",
            lambda page: any(offer["case_id"] == self.case_id for offer in page["items"]),
        )
        offer = next(offer for offer in page["items"] if offer["case_id"] == self.case_id)
        self.saw(asked, f"finds the offer on its work list, to be answered by {offer['answer_by'][:10]}")
        return str(offer["transfer_id"])

    async def delivered(self, origin: Agency, transfer: str) -> None:
        """The technical receipt is back: the clock of the answer runs, whoever has signed or not."""
        await self.transfer_is(origin, transfer, "delivered")
        self.saw(origin, "sees that the offer is delivered")

    async def accept_offer(self, asked: Agency, transfer: str) -> None:
        """The receiver takes the case on."""
        offer = f"{self.path}/offers/{transfer}"
        await self.post(asked.person("receiver"), "routing", f"{offer}/acceptance", {}, seen_as=offer)
        self.saw(asked, "accepts")

    async def reject_offer(
        self, asked: Agency, transfer: str, *, code: str, legal_basis: str, proposed: Agency
    ) -> None:
        """The receiver does not take the case on, and says who should."""
        offer = f"{self.path}/offers/{transfer}"
        body = {"code": code, "legal_basis": legal_basis, "proposed": proposed.id}
        await self.post(asked.person("receiver"), "routing", f"{offer}/rejection", body, seen_as=offer)
        self.saw(asked, f"refuses ({code}) and proposes {proposed.name}")

    async def recall(self, origin: Agency, transfer: str) -> None:
        """The sender takes the offer back, to act itself."""
        recall = f"{self.path}/transfers/{transfer}/recall"
        await self.post(origin.person("sender"), "routing", recall, {}, seen_as=f"{self.path}/custody")
        self.saw(origin, "takes the offer back")

    async def withdraw(self, owner: Agency, because: str) -> None:
        """The applicants no longer want aid."""
        worker, body = owner.person("caseworker"), {"because": because, "epoch": 1}
        await self.post(worker, "intake", f"{self.path}/withdrawal", body, seen_as=self.path)
        self.saw(owner, f"withdraws the application: {because}")

    async def offer(self, asked: Agency, transfer: str) -> Any:
        """The offer as the agency that was asked sees it."""
        return await self.get(asked.person("receiver"), "routing", f"{self.path}/offers/{transfer}")

    async def see_offer_closed(self, asked: Agency, transfer: str) -> None:
        """It is no longer on the work list of the agency that was asked."""
        await self.see(
            f"offer {transfer} closed at {asked.id}",
            asked.person("receiver"),
            "routing",
            f"{self.path}/offers/{transfer}",
            lambda offer: offer["state"] == "closed",
        )

    async def moved(self, origin: Agency, transfer: str) -> None:
        """The origin has completed the transfer, and has the case no more."""
        await self.transfer_is(origin, transfer, "completed")
        await self.see(
            f"custody of {self.number} ended at {origin.id}",
            origin.person("sender"),
            "routing",
            f"{self.path}/custody",
            lambda custody: custody["state"] == "ended",
        )
        self.saw(origin, "has handed the case over, with all that belongs to it")

    async def transfer_is(self, origin: Agency, transfer: str, state: str) -> None:
        """The owner sees the transfer in that state."""
        await self.see(
            f"transfer {state}",
            origin.person("sender"),
            "routing",
            f"{self.path}/custody",
            lambda custody: any(t["id"] == transfer and t["state"] == state for t in custody["transfers"]),
        )

    async def has_no_more(self, origin: Agency) -> None:
        """An earlier owner keeps its record, and can no longer act."""
        worker = origin.person("caseworker")
        application = await self.get(worker, "intake", self.path)
        matter = await self.get(worker, "mediation", f"{self.path}/matter")
        states = f"{application['state']}, {matter['state']}"
        self.check(f"what {origin.name} still has", states, "handed-over, closed")

    # --- Help ----------------------------------------------------------------------------------------------

    async def asked_to_help(self, helper: Agency, kind: str) -> str:
        """The errand is on the work list of the agency that is asked. Returns the task."""
        page = await self.see(
            f"errand of {self.number} at {helper.id}",
            helper.person("caseworker"),
            "routing",
            "/errands?state=waiting&limit=200",
            lambda page: any(errand["case_id"] == self.case_id for errand in page["items"]),
        )
        errand = next(errand for errand in page["items"] if errand["case_id"] == self.case_id)
        self.saw(helper, f"finds the errand on its work list: {errand['kind']}")
        self.check("help asked for", errand["kind"], kind)
        return str(errand["task_id"])

    async def help(self, helper: Agency, owner: Agency, task: str, papers: Mapping[str, Any]) -> None:
        """The helper sends what was found out; the owner reads it, and nobody between could."""
        errand = f"{self.path}/errands/{task}"
        body = {"result": "done", "papers": papers}
        await self.post(helper.person("caseworker"), "routing", f"{errand}/result", body, seen_as=errand)
        found = await self.see(
            f"papers of task {task}",
            owner.person("caseworker"),
            "routing",
            f"{self.path}/tasks/{task}",
            lambda view: view["task"]["state"] == "done",
        )
        self.saw(owner, f"reads the papers of {helper.name}")
        self.sure("the papers arrived as they were sent", found["papers"] == papers, found["papers"])

    # --- Those who watch -----------------------------------------------------------------------------------

    async def followed_by(self, follower: Agency, milestones: Sequence[str]) -> None:
        """An earlier owner, or the national desk, was told of each milestone."""
        found = await self.see(
            f"milestones of {self.number} at {follower.id}",
            follower.person("caseworker"),
            "routing",
            f"{self.path}/following",
            lambda following: set(milestones) <= {step["milestone"] for step in following["reached"]},
        )
        reached = [step["milestone"] for step in found["reached"]]
        self.check(
            f"{follower.name} was told", ", ".join(sorted(set(reached))), ", ".join(sorted(milestones))
        )
