"""Who acts in the stories: agencies of the sample directory, and their people by role."""

from dataclasses import dataclass
from typing import Final

from schemas.ids import AgencyId, Province, Pseudonym


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who acts, by the role of his token. A pseudonym, never a name."""

    role: str
    agency: "Agency"

    @property
    def sub(self) -> Pseudonym:
        return Pseudonym(f"{self.role.replace('_', '-')}-of-{self.agency.id}")


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency of the sample directory. Its id begins with the province that it acts for."""

    id: AgencyId
    name: str

    @property
    def province(self) -> Province:
        return Province(self.id[:2])

    def person(self, role: str) -> Person:
        return Person(role=role, agency=self)


def _agency(id: str, name: str) -> Agency:
    return Agency(AgencyId(id), name)


WUQING: Final = _agency("120114-legal-aid", "Wuqing centre (12)")
WUQING_COMMITTEE: Final = _agency("120114-mediation", "Wuqing mediation committee (12)")
WUQING_HUMAN_RESOURCES: Final = _agency("120114-human-resources", "Wuqing human resources (12)")
WUQING_LAWYERS: Final = _agency("120114-law-firm", "Wuqing law firm (12)")
WUQING_COURT: Final = _agency("120114-court", "Wuqing court (12)")
WUQING_JUSTICE: Final = _agency("120114-justice-bureau", "Wuqing bureau of justice (12)")

YIZHENG: Final = _agency("321081-legal-aid", "Yizheng centre (32)")
YIZHENG_COMMITTEE: Final = _agency("321081-mediation", "Yizheng mediation committee (32)")
YIZHENG_HUMAN_RESOURCES: Final = _agency("321081-human-resources", "Yizheng human resources (32)")
YIZHENG_UNION: Final = _agency("321081-union", "Yizheng unions (32)")
YIZHENG_LAWYERS: Final = _agency("321081-law-firm", "Yizheng law firm (32)")
YIZHENG_ARBITRATION: Final = _agency("321081-arbitration", "Yizheng arbitration commission (32)")
YIZHENG_COURT: Final = _agency("321081-court", "Yizheng court (32)")

ZHOUSHAN: Final = _agency("330900-legal-aid", "Zhoushan centre (33)")
ZHOUSHAN_COMMITTEE: Final = _agency("330900-mediation", "Zhoushan mediation committee (33)")
ZHOUSHAN_LAWYERS: Final = _agency("330900-law-firm", "Zhoushan law firm (33)")
ZHOUSHAN_ARBITRATION: Final = _agency("330900-arbitration", "Zhoushan arbitration commission (33)")
ZHOUSHAN_COURT: Final = _agency("330902-court", "Dinghai court, Zhoushan (33)")
XIAOGAN: Final = _agency("420900-legal-aid", "Xiaogan centre (42)")

ZHONGSHAN: Final = _agency("442000-legal-aid", "Zhongshan centre (44)")
ZHONGSHAN_COMMITTEE: Final = _agency("442000-mediation", "Zhongshan mediation committee (44)")
ZHONGSHAN_LAWYERS: Final = _agency("442000-law-firm", "Zhongshan law firm (44)")
ZHONGSHAN_COURT: Final = _agency("442000-court", "Zhongshan court (44)")
GUANGDONG: Final = _agency("440000-legal-aid", "Guangdong 12348 desk (44)")
STATION: Final = _agency("510521-station-zhongshan", "Luxian station in Zhongshan (51)")
LUXIAN: Final = _agency("510521-legal-aid", "Luxian centre (51)")
LUXIAN_COMMITTEE: Final = _agency("510521-mediation", "Luxian mediation committee (51)")
LUXIAN_LAWYERS: Final = _agency("510521-law-firm", "Luxian law firm (51)")

FUPING: Final = _agency("610528-legal-aid", "Fuping centre (61)")
FUPING_COMMITTEE: Final = _agency("610528-mediation", "Fuping mediation committee (61)")
FUPING_COURT: Final = _agency("610528-court", "Fuping court (61)")
FUPING_LAWYERS: Final = _agency("610528-law-firm", "Fuping law firm (61)")

NATIONAL_DESK: Final = _agency("00-national-desk", "National desk (00)")
