"""Bundles of running cases, as an IT team takes them from its old system."""

import csv
import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from law.deadlines import SHANGHAI
from tests.services.applying import id_number

OWNER: Final = "442000-legal-aid"
LAWYER, MEDIATOR = "周正明", "陈和平"
Rows = Sequence[Mapping[str, Any]]

CASE: Final = {
    "agency": OWNER,
    "channel": "window",
    "home": "510521",
    "work": "442000",
    "case_type": "wage-arrears",
    "relation": "labour",
    "employer_name": "中山某建筑公司",
}


def zipped(files: Mapping[str, Rows], documents: Mapping[str, bytes], encoding: str = "utf-8") -> bytes:
    """The files of a bundle, packed."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in files.items():
            archive.writestr(name, written(rows).encode(encoding))
        for name, raw in documents.items():
            archive.writestr(f"documents/{name}", raw)
    return target.getvalue()


def written(rows: Rows) -> str:
    text = io.StringIO()
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(text, names or ["number"], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


class Old:
    """The old system, on a day: its cases at every stage, each some days old."""

    def __init__(self, now: datetime) -> None:
        self.today = now.astimezone(SHANGHAI)
        self.files: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.documents: dict[str, bytes] = {}
        self._people = 0

    def day(self, ago: int) -> str:
        return f"{self.today - timedelta(days=ago):%Y-%m-%d}"

    def case(self, number: str, stage: str, ago: int, members: int = 1, **said: Any) -> list[str]:
        """A case that was received so many days ago; returns the ID numbers of its members."""
        received = self.day(ago)
        self.files["cases.csv"].append(
            {"number": number, "stage": stage, "received": received, **CASE, **said}
        )
        ids = []
        for _ in range(members):
            self._people += 1
            ids.append(id_number(self._people))
            self.files["members.csv"].append(
                {
                    "number": number,
                    "name": f"工友{self._people}",
                    "id_number": ids[-1],
                    "phone": f"1380000{self._people:04}",
                    "claim_yuan": "10000.00",
                }
            )
        return ids

    def act(self, number: str, ago: int, act: str, **said: Any) -> None:
        self.files["history.csv"].append({"number": number, "at": self.day(ago), "act": act, **said})

    def clock(self, number: str, rule: str, started: int, due: int, **said: Any) -> None:
        self.files["clocks.csv"].append(
            {"number": number, "rule": rule, "started": self.day(started), "due": self.day(due), **said}
        )

    def money(self, number: str, kind: str, amount: str, ago: int | None = None, **said: Any) -> None:
        at = {} if ago is None else {"at": self.day(ago)}
        self.files["money.csv"].append({"number": number, "kind": kind, "amount_yuan": amount, **at, **said})

    def row(self, table: str, number: str, **said: Any) -> None:
        """A row of another table."""
        self.files[table].append({"number": number, **said})

    def document(self, number: str, file: str, raw: bytes, ago: int, **said: Any) -> None:
        """A document that was handed in so many days ago."""
        self.documents[file] = raw
        digest = hashlib.sha256(raw).hexdigest()
        stated = {"file": file, "sha256": digest, "kind": "wage-iou", "added": self.day(ago)}
        self.row("documents.csv", number, **stated | said)

    def granted(self, number: str, ago: int) -> None:
        """Accepted two days after, granted three, and somebody is assigned and engaged four days after."""
        self.act(number, ago - 2, "accepted", by_role="caseworker", by_agency=OWNER)
        self.act(number, ago - 3, "granted", aid_stage="mediation", means="exempt-pay")
        helper = {"role": "lawyer", "person": "lawyer-1", "person_name": LAWYER, "body": OWNER}
        self.act(number, ago - 4, "assigned", aid_stage="mediation", **helper)
        self.act(number, ago - 4, "engaged")

    def packed(self, encoding: str = "utf-8") -> bytes:
        tables = {name: rows for name, rows in self.files.items() if rows}
        return zipped(tables, self.documents, encoding)


def every_stage(old: Old) -> Old:
    """A dozen cases: fresh, late, standing still, granted, mediated, arbitrated, agreed, paid in part."""
    old.case("旧〔2026〕1号", "submitted", 2)
    old.case("旧〔2026〕2号", "submitted", 30)  # its review is breached
    old.case("旧〔2026〕3号", "review", 3)
    old.act("旧〔2026〕3号", 2, "accepted")
    old.case("旧〔2026〕4号", "review", 20)  # its review stands still
    old.act("旧〔2026〕4号", 18, "accepted")
    old.clock("旧〔2026〕4号", "review", 20, -30, paused=old.day(17), state="paused")
    old.case("旧〔2026〕5号", "granted", 40)
    old.granted("旧〔2026〕5号", 40)
    old.act("旧〔2026〕5号", 30, "note", by_role="lawyer", by_agency=OWNER, note="与用人单位电话沟通")
    old.case("旧〔2026〕6号", "granted", 10)  # nobody is assigned
    old.act("旧〔2026〕6号", 8, "accepted")
    old.act("旧〔2026〕6号", 7, "granted", aid_stage="mediation", means="checked")
    old.case("旧〔2026〕7号", "mediation", 30)
    old.granted("旧〔2026〕7号", 30)
    old.act("旧〔2026〕7号", 5, "mediation-proposed", kind="labour", body="442000-mediation")
    old.act("旧〔2026〕7号", 3, "session", result="continued")
    old.clock("旧〔2026〕7号", "mediation-labour", 5, -5, state="running")
    agreed(old, "旧〔2026〕8号", "mediation", 60)
    old.case("旧〔2026〕9号", "arbitration", 60)
    old.granted("旧〔2026〕9号", 60)
    old.act("旧〔2026〕9号", 30, "arbitration-filed", body="442000-arbitration")
    old.act("旧〔2026〕9号", 26, "arbitration-accepted", docket="中劳人仲案〔2026〕9号")
    awarded(old, "旧〔2026〕10号", 200)
    recovering(old, "旧〔2026〕11号", 90)
    old.case("旧〔2026〕12号", "granted", 25, members=12)
    old.granted("旧〔2026〕12号", 25)
    return old


def agreed(old: Old, number: str, stage: str, ago: int) -> list[str]:
    """Two members; an agreement over 8,000 yuan each was made ten days later."""
    ids = old.case(number, stage, ago, members=2)
    old.granted(number, ago)
    mediator = {"person": "mediator-1", "person_name": MEDIATOR, "body": "442000-mediation"}
    old.act(number, ago - 5, "mediation-proposed", kind="labour", **mediator)
    old.act(number, ago - 10, "agreed")
    for id in ids:
        old.money(number, "agreed", "8000.00", member=id)
    return ids


def awarded(old: Old, number: str, ago: int) -> None:
    """An award that nobody sued against: it is effective since."""
    [id] = old.case(number, "arbitration", ago)
    old.granted(number, ago)
    old.act(number, ago - 10, "arbitration-filed", body="442000-arbitration")
    old.act(number, ago - 14, "arbitration-accepted", docket="中劳人仲案〔2026〕10号")
    old.act(number, ago - 50, "awarded", final="no")
    old.money(number, "awarded", "9000.00", member=id)


def recovering(old: Old, number: str, ago: int) -> None:
    """Agreed on two instalments: the first was paid in time, the second is not due yet; concluded."""
    first, second = agreed(old, number, "concluded", ago)
    old.money(number, "instalment", "8000.00", 20)
    old.money(number, "instalment", "8000.00", -20)
    old.money(number, "paid", "4000.00", 22, member=first)
    old.money(number, "paid", "4000.00", 21, member=second, payer="employer", form="cash")
    old.act(number, ago - 12, "concluded", outcome="agreement")
