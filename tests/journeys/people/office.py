"""What the owner of a case does with it, from the acceptance to the evaluation."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from schemas.codes import (
    AID_STAGES,
    EVALUATION_GRADES,
    JUDGMENT_RESULTS,
    MEANS_BASES,
    OUTCOMES,
    REJECTIONS,
    SESSION_RESULTS,
)
from tests.journeys.people.handing import AGENCIES
from tests.journeys.people.sight import Sight, Thing
from tests.journeys.people.wishes import Wish, pick

TURN: Final = frozenset({"not-placed", "stale-epoch", "not-the-owner", "not-involved", "out-of-turn"})
AMOUNTS: Final = frozenset({"claims-incomplete", "amounts-do-not-fit", "sum-disagrees"})
GRANTED: Final = ("to-assign", "in-hand")
ACCEPTED: Final = ("in-review", *GRANTED)
ARBITRABLE: Final = ("wage-arrears", "work-injury", "labour-relation")
RECOVERING: Final = (*ACCEPTED, "concluded", "evaluated")


class Office:
    """The desk of the agency that has the case, and what lies on it."""

    def __init__(self, sight: Sight, matter: Thing, mood: int) -> None:
        self.sight, self.matter, self.mood = sight, matter, mood
        self.state = matter["state"]
        self.mediation = matter["mediation"] or {}
        self.suit = matter["suits"][-1] if matter["suits"] else {}
        self.stages = [grant["stage"] for grant in matter["aid"]["grants"]]

    def wishes(self) -> Iterator[Wish]:
        yield from self.of_acceptance()
        yield from self.of_aid()
        yield from self.of_mediation()
        yield from self.of_suit()
        yield from self.of_money()
        yield from self.of_end()

    def wish(self, verb: str, what: str, *rules: str, body: Mapping[str, Any] = {}, **said: Any) -> Wish:
        """One of the owner; its body states the epoch."""
        said.setdefault("seen", self.matter)
        return Wish(
            verb=verb,
            words=verb,
            role=said.pop("role", "caseworker"),
            agency=self.matter["agency"],
            service="mediation",
            path=f"{self.sight.path}/{what}",
            body={"epoch": self.matter["epoch"], **body},
            refusals=TURN | frozenset(rules),
            **said,
        )

    def of_acceptance(self) -> Iterator[Wish]:
        yield self.wish("accepts the application", "acceptance", sure=self.state == "to-accept", weight=2.0)
        body = {"code": pick(sorted(REJECTIONS), self.mood), "legal_basis": "LAL-38"}
        proposed = {"proposed": pick(AGENCIES, self.mood)} if self.mood % 2 else {}
        early = self.state in ("to-accept", "in-review")
        verb = f"is not competent, and names {proposed.get('proposed', 'nobody')}"
        yield self.wish(verb, "incompetence", body={**body, **proposed}, sure=early, weight=0.3)

    def of_aid(self) -> Iterator[Wish]:
        stage, means = pick(sorted(AID_STAGES), self.mood), pick(sorted(MEANS_BASES), self.mood)
        free = self.state in ACCEPTED and stage not in self.stages
        sure = free and means in ("checked", "declared")
        body = {"stage": stage, "means": means}
        yield self.wish(
            "grants aid",
            "grants",
            "already-granted",
            "not-exempt",
            body=body,
            sure=sure,
            weight=0.3 if self.stages else 2,
        )
        body = {
            "assignee": f"lawyer-{self.mood % 3}",
            "role": "mediator" if self.mood % 5 == 0 else "lawyer",
            "organisation": "442000-law-firm",
            "stage": pick(self.stages or [stage], self.mood),
        }
        sure = self.state in GRANTED and body["role"] == "lawyer" and body["assignee"] != "lawyer-0"
        yield self.wish("assigns", "assignments", "not-granted", "both-sides", body=body, sure=sure)
        body = {
            "to": "442000-human-resources",
            "kind": "human-resources",
            "subject_matter": "social-insurance-arrears",
            "legal_basis": "SIL-63",
        }
        yield self.wish("refers", "referrals", body=body, sure=self.state in RECOVERING, weight=0.3)

    # --- Mediation and suit --------------------------------------------------------------------------------

    def of_mediation(self) -> Iterator[Wish]:
        runs = bool(self.mediation) and not self.mediation["broken_off"]
        agreed = runs and self.mediation["agreed_fen"] is not None
        accepted = self.state in ACCEPTED
        body: dict[str, Any] = {"kind": pick(("peoples", "labour", "joint"), self.mood)}
        # Whom somebody may have assigned as a lawyer, so that both sides meet now and then.
        body |= {"committee": "442000-mediation", "mediator": "lawyer-0"}
        rules = ("mediation-runs", "agreement-stands", "both-sides")
        yield self.wish(
            "asks to mediate", "mediation", *rules, body=body, sure=accepted and not self.mediation
        )
        result = pick(sorted(SESSION_RESULTS), self.mood)
        yield self.wish(
            "holds a session",
            "sessions",
            "no-mediation",
            body={"result": result, "minutes": "What was said."},
            sure=accepted and runs and not agreed,
            role="mediator",
        )
        yield self.wish(
            "records the agreement",
            "agreement",
            "no-mediation",
            *AMOUNTS,
            body={**self.amounts("agreed_fen"), "terms": "Paid within ten days."},
            sure=accepted and runs and not agreed and self.whole,
            role="mediator",
        )
        due = sum(claim["recovered_fen"] for claim in self.sight.claims)
        paid = (
            agreed and self.bound and due >= self.mediation["agreed_fen"] and not self.mediation["performed"]
        )
        sure = paid and self.state in RECOVERING
        yield self.wish(
            "finds it performed", "performance", "no-agreement", "not-paid-yet", sure=sure, weight=3
        )

    def of_suit(self) -> Iterator[Wish]:
        granted, open = self.state in GRANTED, bool(self.suit) and self.suit["result"] is None
        docketed = open and self.suit["docket"] is not None
        yield self.of_filing(sure=granted and not open)
        body: dict[str, Any] = {"docket": f"（2026）粤2071民初{self.mood}号"}
        sure = granted and open and not docketed
        yield self.wish("notes the docket", "suit/docket", "no-suit", body=body, sure=sure, weight=2)
        result = pick(sorted(JUDGMENT_RESULTS), self.mood)
        gone = result == "withdrawn"
        body = {"amounts": {}, "awarded_fen": 0} if gone else self.amounts("awarded_fen")
        body |= {"result": result, "final": self.mood % 2 == 0}
        sure = granted and docketed and (gone or self.whole)
        yield self.wish(
            "notes the judgment", "suit/judgment", "no-suit", *AMOUNTS, body=body, sure=sure, weight=2
        )

    def of_filing(self, *, sure: bool) -> Wish:
        """Nobody arbitrates here, so that a labour dispute goes to court with an acknowledged debt alone."""
        facts = self.matter["facts"]
        labour = facts["relation"] == "labour" and facts["case_type"] in ARBITRABLE
        owed = labour and facts["case_type"] == "wage-arrears" and "wage-iou" in facts["evidence"]
        body: dict[str, Any] = {"court": "442000-court", "claim_fen": 100_00}
        body |= {"without_arbitration": "SPC-LABOUR-1-15"} if owed else {}
        body |= {"unaided": "first-instance" not in self.stages}
        return self.wish(
            "files suit",
            "suit",
            "suit-runs",
            "arbitration-first",
            body=body,
            sure=sure and (owed or not labour),
            never=labour and not owed,
            weight=0.5,
        )

    @property
    def whole(self) -> bool:
        """Whether every member that was announced has a claim."""
        registered = [claim for claim in self.sight.claims if claim["ended"] not in ("moved", "withdrawn")]
        return bool(len(registered) == self.matter["facts"]["members"])

    def amounts(self, total: str) -> dict[str, Any]:
        """As much for each as he claims."""
        each = {claim["member_id"]: claim["claim_fen"] for claim in self.sight.claims}
        return {"amounts": each, total: sum(each.values())}

    @property
    def bound(self) -> bool:
        """Whether an agreement binds somebody: of a large group nobody here is asked for his consent."""
        agreement = self.mediation.get("agreement")
        return agreement is not None and not agreement["by_consent"]

    # --- Money and end -------------------------------------------------------------------------------------

    def of_money(self) -> Iterator[Wish]:
        for claim in self.sight.claims:
            left = (claim["due_fen"] or claim["claim_fen"]) - claim["recovered_fen"]
            part = max(1, left // (1 + self.mood % 2))
            yield self.wish(
                "records a payment",
                f"claims/{claim['member_id']}/recoveries",
                "claim-over",
                "more-than-due",
                body={"amount_fen": part, "payer": "employer"},
                seen=claim,
                sure=self.state in RECOVERING and claim["ended"] is None and 0 < part <= left,
                weight=0.2 if claim["due_fen"] is None else 3,
            )

    def of_end(self) -> Iterator[Wish]:
        outcome = pick(sorted(OUTCOMES), self.mood)
        reached = outcome == "no-result" or (outcome == "agreement" and self.bound)
        sure = self.state in GRANTED and reached
        body = {"outcome": outcome}
        yield self.wish("concludes", "conclusion", "outcome-not-reached", body=body, sure=sure)
        body = {"grade": pick(sorted(EVALUATION_GRADES), self.mood)}
        sure = self.state == "concluded"
        yield self.wish("evaluates", "evaluation", body=body, sure=sure, role="director", weight=3)


def in_the_office(sight: Sight, mood: int) -> Iterator[Wish]:
    """Every wish of the owner about its work."""
    if sight.matter:
        yield from Office(sight, sight.matter, mood).wishes()
