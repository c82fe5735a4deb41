"""Names of things: identifiers, places and money, as they stand in events, paths and tables."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, NamedTuple, NewType

from pydantic import Field, StringConstraints

# An identifier is a token of printable ASCII: it stands in topics, keys, headers and URLs, and a name
# typed by a person, which could be personal data, does not fit into it.
_TOKEN: Final = r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$"
_token = StringConstraints(pattern=_TOKEN)

Province = NewType("Province", Annotated[str, StringConstraints(pattern=r"^[0-9]{2}$")])
"""A jurisdiction: two digits of GB/T 2260, `66` for the production corps, `00` for the national desk."""

CaseId = NewType("CaseId", Annotated[str, _token])
"""A case, wherever it is: the Kafka key, the subject, the path. It never changes."""

CaseNumber = NewType(
    "CaseNumber", Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{4}-[0-9]{7}-[0-9]$")]
)
"""What a caller reads out: `44-2026-0001234-9`, that is province, year, running number and check digit."""

TransferId = NewType("TransferId", Annotated[str, _token])
"""One attempt to hand a case to one agency."""

TaskId = NewType("TaskId", Annotated[str, _token])
"""One piece of help that one agency asks of another."""

MemberId = NewType("MemberId", Annotated[str, _token])
"""One worker, heir or co-applicant of a case; the same in every province that the case comes to."""

DocumentId = NewType("DocumentId", Annotated[str, _token])
"""One document of a case; the same in every province that the case comes to."""

ClaimId = NewType("ClaimId", Annotated[str, _token])
"""What one member claims; the text is that of the `MemberId`."""

NoticeId = NewType("NoticeId", Annotated[str, _token])
"""One message to one recipient."""

EventId = NewType("EventId", Annotated[str, _token])
"""One event: a UUIDv7, made when it was written."""

AgencyId = NewType("AgencyId", Annotated[str, _token])
"""An agency of the directory: a legal-aid centre, a court, a commission, a committee, a firm."""

SiteId = NewType("SiteId", Annotated[str, _token])
"""A place of the directory where an agency is met: a window, a workstation, a hotline desk."""

AgreementId = NewType("AgreementId", Annotated[str, _token])
"""An agreement between two provinces, as the directory lists it."""

Pseudonym = NewType("Pseudonym", Annotated[str, _token])
"""A person, as one province knows him: key id and keyed hash. Two provinces have two for one person."""

BundleId = NewType("BundleId", Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")])
"""An import of cases from another system: the beginning of the digest of what its files say."""

Division = NewType("Division", Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")])
"""An administrative division: six digits of GB/T 2260, historical codes included."""

EmployerCode = NewType("EmployerCode", Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{18}$")])
"""An employer's unified social credit code, GB 32100: 18 digits and capitals."""

RuleId = NewType("RuleId", Annotated[str, _token])
"""A rule of `law/rules`, which sets a deadline or decides competence."""

RuleVersion = NewType("RuleVersion", Annotated[str, _token])
"""One version of a rule: `answer-offer:cn:2026-01-01`, that is id, region and first day in force."""

Revision = Annotated[str, Field(pattern=_TOKEN)]
"""One content of a directory, of rules, of a law: a name, or a digest of it."""

ServiceName = NewType("ServiceName", Annotated[str, StringConstraints(pattern=r"^[a-z]{1,32}$")])
"""A service: `intake`, `routing`, `mediation`, `notify`, `trace`."""

ExternalRef = NewType(
    "ExternalRef",
    Annotated[
        str,
        StringConstraints(
            max_length=40,
            pattern=r"^[\u4e00-\u9fffA-Za-z()（）〔〕._/-]*[0-9][\u4e00-\u9fff0-9A-Za-z()（）〔〕._/-]*$",
        ),
    ],
)
"""The number that another authority gave: `（2026）陕0528民初123号`. It holds at least one digit."""

Epoch = Annotated[int, Field(ge=1, le=1_000_000)]
"""How often ownership has begun: 1 for the agency that took the case in, one more at each transfer."""

Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""How many."""

Position = Annotated[int, Field(ge=0, le=9_999_999_999)]
"""A sequence in a stream; 0 stands for none yet."""

# 2**53 - 1: the largest integer that every JSON reader takes exactly.
Fen = Annotated[int, Field(ge=0, le=9_007_199_254_740_991)]
"""Money, in hundredths of a yuan."""


class Wording(NamedTuple):
    """What something is called, in both languages of the project."""

    zh: str
    en: str


class Seat(NamedTuple):
    """What kind of agency one is, and the division that it belongs to."""

    kind: str
    """One of `AGENCY_KINDS`."""
    division: Division


NATIONAL_DESK: Final = Province("00")

PROVINCES: Final[Mapping[Province, Wording]] = MappingProxyType(
    {
        Province(code): Wording(zh, en)
        for code, zh, en in (
            ("00", "全国协调席", "National desk"),
            ("11", "北京", "Beijing"),
            ("12", "天津", "Tianjin"),
            ("13", "河北", "Hebei"),
            ("14", "山西", "Shanxi"),
            ("15", "内蒙古", "Inner Mongolia"),
            ("21", "辽宁", "Liaoning"),
            ("22", "吉林", "Jilin"),
            ("23", "黑龙江", "Heilongjiang"),
            ("31", "上海", "Shanghai"),
            ("32", "江苏", "Jiangsu"),
            ("33", "浙江", "Zhejiang"),
            ("34", "安徽", "Anhui"),
            ("35", "福建", "Fujian"),
            ("36", "江西", "Jiangxi"),
            ("37", "山东", "Shandong"),
            ("41", "河南", "Henan"),
            ("42", "湖北", "Hubei"),
            ("43", "湖南", "Hunan"),
            ("44", "广东", "Guangdong"),
            ("45", "广西", "Guangxi"),
            ("46", "海南", "Hainan"),
            ("50", "重庆", "Chongqing"),
            ("51", "四川", "Sichuan"),
            ("52", "贵州", "Guizhou"),
            ("53", "云南", "Yunnan"),
            ("54", "西藏", "Tibet"),
            ("61", "陕西", "Shaanxi"),
            ("62", "甘肃", "Gansu"),
            ("63", "青海", "Qinghai"),
            ("64", "宁夏", "Ningxia"),
            ("65", "新疆", "Xinjiang"),
            ("66", "新疆生产建设兵团", "Xinjiang Production and Construction Corps"),
        )
    }
)
"""Every jurisdiction that can own a case, and the national desk, which directs and follows."""


class NotACaseNumber(ValueError):
    """The text is not a case number. The message does not repeat it: people paste ID numbers in."""


def case_number(province: Province, year: int, running: int) -> CaseNumber:
    """Make a case number.

    Args:
        province: one of `PROVINCES`.
        year: four digits.
        running: 1 to 9,999,999 within province and year; gaps are allowed.

    Raises:
        ValueError: if an argument is out of range.
    """
    if province not in PROVINCES or not 1000 <= year <= 9999 or not 1 <= running <= 9_999_999:
        raise ValueError(
            f"found province {province}, year {year}, running number {running}; "
            "expected a known province, a year of four digits, and 1 to 9999999"
        )
    return _written(f"{province}{year:04}{running:07}")


def read_case_number(text: str) -> CaseNumber:
    """Read a case number as it was typed or spoken: spaces, any dashes, full-width or Chinese digits.

    Raises:
        NotACaseNumber: if digits are missing, the province is unknown or the check digit disagrees.
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text).translate(_SPOKEN))
    if len(digits) != 14 or not (digits.isascii() and digits.isdigit()):
        raise NotACaseNumber(f"found {len(digits)} characters, expected 14 digits as in 44-2026-0001234-9")
    if digits[:2] not in PROVINCES:
        raise NotACaseNumber("the first two digits name no province")
    number = _written(digits[:-1])
    if number[-1] != digits[-1]:
        raise NotACaseNumber("the check digit disagrees: at least one digit was misheard or mistyped")
    return number


_SEPARATORS: Final = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_SPOKEN: Final = str.maketrans("〇零一幺壹二两贰三叁四肆五伍六陆七柒八捌九玖", "0011122233445566778899")

# Damm's quasigroup of order 10 (H. M. Damm, 2004): it finds every wrong digit and every two neighbours that
# were swapped. ISO 7064 MOD 11,10 lets one swap in 45 pass, which is too many for numbers told by phone.
_DAMM: Final = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def _written(digits: str) -> CaseNumber:
    return CaseNumber(f"{digits[:2]}-{digits[2:6]}-{digits[6:]}-{_check_digit(digits)}")


def _check_digit(digits: str) -> str:
    row = 0
    for digit in digits:
        row = int(_DAMM[row][int(digit)])
    return str(row)
