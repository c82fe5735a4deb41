"""What each letter is a receipt of, in words. A new type of letter gets a row here."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schemas.ids import PROVINCES, Province, Wording

RECEIPTS: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        f"casebridge.{name}.v1": Wording(zh, en)
        for name, zh, en in (
            ("transfer.offered", "请对方接收案件", "asks the other side to take the case"),
            ("offer.received", "确认移送请求已送达", "says that the offer was delivered"),
            ("offer.acknowledged", "签收移送请求", "acknowledges the offer"),
            ("offer.clarification_requested", "请求补充说明", "asks for clarification before it answers"),
            ("transfer.clarification_supplied", "补充说明", "supplies the clarification"),
            (
                "offer.clarification_received",
                "确认补充说明已送达",
                "says that the clarification was delivered",
            ),
            ("transfer.reminded", "提醒办理期限将届满", "reminds of a time limit that is running out"),
            ("transfer.relocated", "告知受移交网点已停办", "says that the site that was asked has closed"),
            ("offer.accepted", "决定接收案件", "decides to take the case"),
            ("offer.rejected", "决定不接收案件", "decides not to take the case"),
            ("transfer.enclosed", "送交随案资料", "sends what belongs to the case"),
            ("transfer.completed", "完成移送，案件归对方", "completes the transfer: the case is theirs"),
            ("transfer.forwarded", "转告移送后的变更", "passes on a change that came after the transfer"),
            ("transfer.recalled", "撤回移送请求", "takes the offer back"),
            ("transfer.lapsed", "移送请求逾期失效", "lets the offer lapse"),
            ("transfer.voided", "答复作废", "says that an answer came too late to count"),
            (
                "transfer.escalated",
                "报请共同上级指定",
                "asks the common superior to direct who takes the case",
            ),
            ("direction.given", "指定办理机构", "directs who takes the case"),
            ("task.requested", "请求协作", "asks for help"),
            ("task.extended", "延长协作期限", "gives more time for the help"),
            ("task.recalled", "撤回协作请求", "says that the help is not needed any more"),
            ("task.reminded", "提醒协作期限将届满", "reminds of the time for the help"),
            ("errand.acknowledged", "签收协作请求", "acknowledges the request for help"),
            ("errand.done", "完成协作事项", "says that the help was given"),
            ("errand.impossible", "说明无法协作", "says that the help cannot be given"),
            ("progress.reported", "通报案件进展", "reports how the case goes"),
            ("removal.reported", "告知材料已移除", "says that a document was removed"),
        )
    }
)


def meaning_of(type: str) -> Wording:
    """What the writer of a letter says by it; a type that has no row is named as it is."""
    name = type.removeprefix("casebridge.")
    return RECEIPTS.get(type) or Wording(f"发出 {name}", f"says {name}")


def called(province: str) -> Wording:
    """What a province is called; a code that is not known stays as it is."""
    return PROVINCES.get(Province(province)) or Wording(province, province)
