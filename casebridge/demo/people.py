"""Invented people and employers. Every run has new ones, since the same worker applying twice is one case."""

import random
from typing import Any, Final

from stdnum.cn import uscc

from schemas.ids import Division, Fen

_SURNAMES: Final = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹"
_GIVEN: Final = (
    "秀英",
    "桂兰",
    "建国",
    "志强",
    "丽华",
    "春梅",
    "海燕",
    "国平",
    "小红",
    "德明",
    "玉珍",
    "大勇",
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def person(home: Division, name: str | None = None) -> dict[str, Any]:
    """Somebody with papers, as an intake clerk enters them. No such person exists."""
    return {
        "name": name or random.choice(_SURNAMES) + random.choice(_GIVEN),
        "id_number": id_number(home),
        # No network gives out numbers that begin with 100.
        "phone": f"100{random.randrange(10**8):08}",
    }


def member(
    home: Division, claim_fen: Fen, *, name: str | None = None, role: str = "worker"
) -> dict[str, Any]:
    """Somebody who claims."""
    return {**person(home, name), "claim_fen": claim_fen, "role": role}


def id_number(home: Division) -> str:
    """A citizen identity number of the right form (GB 11643), born in the future: nobody has it."""
    plain = f"{home}20{random.randrange(60, 99)}{random.randrange(1, 13):02}{random.randrange(1, 29):02}"
    plain += f"{random.randrange(1000):03}"
    return plain + _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, plain, strict=True)) % 11]


def employer(work: Division, name: str) -> dict[str, Any]:
    """A company with a unified social credit code of the right form."""
    plain = f"91{work}" + "".join(random.choice(_LETTERS) for _ in range(9))
    return {"code": plain + uscc.calc_check_digit(plain), "name": name}
