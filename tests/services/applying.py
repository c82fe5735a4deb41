"""Applications as people hand them in."""

from typing import Any

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def id_number(running: int, division: str = "510521") -> str:
    """A citizen identity number that can exist, and belongs to nobody here."""
    digits = f"{division}19850101{running % 1000:03}"
    return digits + "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11]


def a_member(running: int = 1, **said: Any) -> dict[str, Any]:
    """One worker."""
    member = {
        "name": f"工友{running}",
        "id_number": id_number(running),
        "phone": f"1380000{running:04}",
        "bank_account": f"62220000000000{running:04}",
        "claim_fen": 750_000,
    }
    return member | said


def an_application(*members: dict[str, Any], **said: Any) -> dict[str, Any]:
    """Wage arrears in Zhongshan of workers from Sichuan; who they are, and what is said otherwise."""
    application: dict[str, Any] = {
        "channel": "hotline-12348",
        "site": "442000-hotline-12348",
        "home": "510521",
        "work": "442000",
        "case_type": "wage-arrears",
        "worker_class": "migrant-worker",
        "relation": "labour",
        "employer": {"code": "91442000MA4UXKQ25W", "name": "中山某建筑公司", "place": "中山市"},
        "evidence": ["wage-iou"],
        "narrative": "工程结束后一直没有拿到工资。",
        "members": list(members or (a_member(),)),
    }
    return application | said
