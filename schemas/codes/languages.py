"""The languages that applicants and lawyers speak."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known
from schemas.ids import Wording

LANGUAGES: Final = {
    "zh": Wording("普通话", "Mandarin"),
    "yue": Wording("粤语", "Cantonese"),
    "ii": Wording("彝语", "Nuosu"),
    "bo": Wording("藏语", "Tibetan"),
    "ug": Wording("维吾尔语", "Uyghur"),
    "mn": Wording("蒙古语", "Mongolian"),
    "za": Wording("壮语", "Zhuang"),
    "kk": Wording("哈萨克语", "Kazakh"),
    "ko": Wording("朝鲜语", "Korean"),
}
Language = NewType("Language", Annotated[str, CODE, Known(LANGUAGES)])
"""The language that the applicants speak best, as in ISO 639."""
