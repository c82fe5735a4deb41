"""Makes directories of any size over the real divisions: invented sites, the same ones for the same seed.

Every division has a legal-aid centre. Of a hundred sites 59 are public platforms, 7 workstations and 33
contact points, as in the country; the last one is a window or a hotline desk. Sites lie around the seats of
the divisions, and more of them in a district than in a county.
"""

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import cos, radians
from pathlib import Path
from typing import IO, Final

from schemas.ids import NATIONAL_DESK, PROVINCES
from services.routing.directory.files import AGENCIES, AGREEMENTS, DIVISIONS, SITES, File
from services.routing.directory.reading import Progress, Reading, shipped_folder

KINDS: Final[Mapping[str, float]] = {
    "public-platform": 59.0,
    "contact-point": 33.0,
    "workstation-host": 3.4,
    "workstation-union": 1.0,
    "workstation-arbitration-court": 0.8,
    "workstation-police": 0.6,
    "workstation-gig-market": 0.4,
    "workstation-home-province": 0.3,
    "workstation-new-form": 0.3,
    "workstation-railway": 0.2,
    "window": 0.6,
    "hotline-12348": 0.4,
}
"""How many of a hundred."""

NAMED: Final[Mapping[str, tuple[str, str]]] = {
    "public-platform": ("公共法律服务站", "public legal service station"),
    "contact-point": ("法律援助联络点", "legal-aid contact point"),
    "workstation-host": ("农民工法律援助工作站", "workstation for migrant workers"),
    "workstation-union": ("工会法律援助工作站", "workstation at the union"),
    "workstation-arbitration-court": ("仲裁院法律援助工作站", "workstation at the arbitration court"),
    "workstation-police": ("派出所法律援助工作站", "workstation at the police station"),
    "workstation-gig-market": ("零工市场法律援助工作站", "workstation at the gig market"),
    "workstation-home-province": ("驻外农民工法律援助工作站", "workstation of the home province"),
    "workstation-new-form": ("新就业形态法律援助工作站", "workstation for new forms of work"),
    "workstation-railway": ("火车站法律援助工作站", "workstation at the railway station"),
    "window": ("公共法律服务中心窗口", "window of the legal service centre"),
    "hotline-12348": ("12348热线坐席", "12348 hotline desk"),
}

SENDING: Final[Mapping[str, float]] = {
    "51": 9,
    "41": 8,
    "34": 6,
    "43": 6,
    "36": 5,
    "52": 5,
    "42": 4,
    "45": 4,
    "50": 3,
} | dict.fromkeys(("61", "62", "53", "37", "13"), 2)
"""Provinces that many workers come from; the others count 1."""

RECEIVING: Final[Mapping[str, float]] = {"44": 10, "33": 7, "32": 5, "31": 4, "11": 3, "35": 3, "12": 1.5}
"""Provinces that many workers go to; the others count 1."""

SPOKEN: Final[Mapping[str, str]] = {
    "65": "ug",
    "15": "mn",
    "45": "za",
    "44": "yue",
    "22": "ko",
    "51": "ii",
} | dict.fromkeys(("54", "63"), "bo")

HOURS: Final = (
    "1-5 09:00-12:00,14:00-17:30",
    "1-5 08:30-12:00,13:30-17:00",
    "1-5 09:00-17:00",
    "1-5 09:00-12:00,14:00-17:00; 6 09:00-12:00",
    "1-7 09:00-18:00",
    "24h",
)

TYPES: Final = ("", "", "", "", "wage-arrears work-injury", "labour-relation social-insurance wage-arrears")


@dataclass(frozen=True, slots=True)
class Place:
    """A division with its seat, and how large its share of the sites is."""

    code: str
    zh: str
    en: str
    latitude: float
    longitude: float
    share: float

    @property
    def centre(self) -> str:
        return f"{self.code}-legal-aid"


def write_sample(folder: Path, sites: int, seed: int, progress: Progress = lambda _, __: None) -> None:
    """Write agencies, agreements and sites; the divisions are those of the release."""
    folder.mkdir(parents=True, exist_ok=True)
    places = list(divisions())
    with (folder / AGENCIES.name).open("w", encoding="utf-8", newline="") as file:
        write(file, AGENCIES, agencies(places))
    with (folder / AGREEMENTS.name).open("w", encoding="utf-8", newline="") as file:
        write(file, AGREEMENTS, agreements())
    with (folder / SITES.name).open("w", encoding="utf-8", newline="") as file:
        write(file, SITES, made_sites(places, sites, random.Random(seed)), progress)


def write(
    file: IO[str], layout: File, rows: Iterator[Mapping[str, object]], progress: Progress = lambda _, __: None
) -> None:
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(layout.header)
    for number, row in enumerate(rows, 1):
        lines.writerow([row.get(name, "") for name in layout.header])
        if number % 20_000 == 0:
            progress(layout.name, number)


def divisions() -> Iterator[Place]:
    """Those of the release."""
    for code, zh, en, latitude, longitude in Reading(shipped_folder()).rows(DIVISIONS):
        share = 0.4 if code.endswith("00") else 2.0 if zh.endswith("区") else 1.0
        yield Place(code, zh, en, int(latitude) / 1e6, int(longitude) / 1e6, share)


def agencies(places: Sequence[Place]) -> Iterator[Mapping[str, object]]:
    """A centre in every division, a bureau above them in every city and province, and the national desk."""
    since = {"valid_from": "2022-01-01"}
    yield {
        "id": "00-national-desk",
        "kind": "justice-bureau",
        "name_zh": "全国法律援助协作席",
        "name_en": "National desk",
        "province": NATIONAL_DESK,
        "division": "110101",
        **since,
    }
    for place in places:
        common = {"province": place.code[:2], "division": place.code, "phone": "12348", **since}
        yield {
            "id": place.centre,
            "kind": "legal-aid-centre",
            "name_zh": f"{place.zh}法律援助中心",
            "name_en": f"Legal-aid centre of {place.en}",
            **common,
        }
        if place.code.endswith("00"):
            yield {
                "id": f"{place.code}-justice-bureau",
                "kind": "justice-bureau",
                "name_zh": f"{place.zh}司法局",
                "name_en": f"Justice bureau of {place.en}",
                **common,
            }


def agreements() -> Iterator[Mapping[str, object]]:
    """Of every province that many go to with every province that many come from."""
    for receiving in RECEIVING:
        for sending in SENDING:
            if sending != receiving:
                yield {
                    "id": f"{receiving}-{sending}-transfer",
                    "name_zh": f"{PROVINCES[receiving].zh}与{PROVINCES[sending].zh}移交协议",  # type: ignore[index]
                    "name_en": f"{PROVINCES[receiving].en} and {PROVINCES[sending].en}",  # type: ignore[index]
                    "sender": receiving,
                    "receiver": sending,
                    "mode": "transfer",
                    "valid_from": "2022-01-01",
                }


def made_sites(places: Sequence[Place], count: int, draw: random.Random) -> Iterator[Mapping[str, object]]:
    """So many sites. Workstations of the home province belong to centres of provinces that workers leave."""
    kinds, kind_shares = list(KINDS), list(accumulate(KINDS.values()))
    shares = list(accumulate(place.share for place in places))
    received = list(accumulate(place.share * RECEIVING.get(place.code[:2], 1.0) for place in places))
    sent = list(accumulate(place.share * SENDING.get(place.code[:2], 1.0) for place in places))
    for number in range(count):
        (kind,) = draw.choices(kinds, cum_weights=kind_shares)
        abroad = kind == "workstation-home-province"
        (place,) = draw.choices(places, cum_weights=received if abroad else shares)
        owner = place
        while abroad and owner.code[:2] == place.code[:2]:
            (owner,) = draw.choices(places, cum_weights=sent)
        yield site(number, kind, place, owner, draw)


def site(number: int, kind: str, place: Place, owner: Place, draw: random.Random) -> Mapping[str, object]:
    zh, en = NAMED[kind]
    hotline, works = kind == "hotline-12348", kind == "window" or kind.startswith("workstation-")
    far = 0.05 if place.zh.endswith("区") else 0.2  # a district is small, a county is not
    closed = draw.random() < 0.01
    language = SPOKEN.get(owner.code[:2], "")
    return {
        "id": f"s{number:08d}",
        "agency": owner.centre,
        "kind": kind,
        "division": place.code,
        "name_zh": f"{place.zh}{zh}{number}号",
        "name_en": f"{place.en}, {en} {number}",
        "latitude": "" if hotline else f"{place.latitude + draw.gauss(0, far):.6f}",
        "longitude": ""
        if hotline
        else f"{place.longitude + draw.gauss(0, far) / cos(radians(place.latitude)):.6f}",
        "case_types": draw.choice(TYPES) if works else "",
        "hours": "24h" if hotline else draw.choice(HOURS[:5]),
        "languages": language if language and draw.random() < 0.3 else "",
        "capacity": draw.choice((20, 30, 40, 60, 100)) if works else "",
        "duty_lawyers": draw.choice((0, 0, 1, 2)) if works or hotline else "",
        "serves_home_division": "",
        "phone": f"0{draw.randint(10, 999)}-{draw.randint(2_000_000, 8_999_999)}",
        "address": f"{place.zh}解放路{draw.randint(1, 999)}号",
        "valid_from": "2022-01-01",
        "valid_to": "2025-06-30" if closed else "",
        "successor": f"s{draw.randrange(number):08d}" if closed and number else "",
    }
