"""In which language a client wants its answers, and what the edge says by itself in both."""

import re
from collections.abc import Mapping
from typing import Any, Final

from starlette.requests import Request

from schemas.ids import Wording
from schemas.words import Language

TAGS: Final[Mapping[Language, str]] = {"zh": "zh-CN", "en": "en"}

ELSE: Final[Language] = "en"
"""For a client that states none: programs were written against it."""

_RANGE = re.compile(r"\s*([A-Za-z*]{1,8})(?:-[A-Za-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*", re.ASCII)

TITLES: Final[Mapping[int, Wording]] = {
    400: Wording("请求有误", "Bad request"),
    401: Wording("未登录", "Not authenticated"),
    403: Wording("无权办理", "Not permitted"),
    404: Wording("没有找到", "Not found"),
    405: Wording("不支持此操作", "Method not allowed"),
    409: Wording("与规则或者现状不符", "Stands against a rule"),
    410: Wording("已经删除", "Gone"),
    412: Wording("内容已变更", "Changed meanwhile"),
    413: Wording("内容过大", "Too large"),
    415: Wording("格式不支持", "Not a format that is read"),
    422: Wording("填写有误", "Wrongly filled in"),
    428: Wording("须写明依据的版本", "The version must be stated"),
    503: Wording("暂时无法办理", "Unavailable"),
}

AGAIN: Final = Wording("请以同一 Idempotency-Key 再次提交。", "Ask again, with the same Idempotency-Key.")

INVALID: Final[Mapping[str, str]] = {
    "missing": "必须填写",
    "extra_forbidden": "没有这一项",
    "string_type": "应为文字",
    "string_too_short": "至少{min_length}个字符",
    "string_too_long": "最多{max_length}个字符",
    "string_pattern_mismatch": "应符合格式 {pattern}",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "bool_type": "应为 true 或者 false",
    "bool_parsing": "应为 true 或者 false",
    "greater_than": "应大于{gt}",
    "greater_than_equal": "应不小于{ge}",
    "less_than": "应小于{lt}",
    "less_than_equal": "应不大于{le}",
    "too_short": "至少{min_length}项",
    "too_long": "最多{max_length}项",
    "enum": "应为下列之一：{expected}",
    "literal_error": "应为下列之一：{expected}",
    "unknown_code": "应为下列之一：{known}",
    "date_type": "应为日期，例如2026-03-02",
    "date_parsing": "应为日期，例如2026-03-02",
    "date_from_datetime_parsing": "应为日期，例如2026-03-02",
    "datetime_type": "应为时间，例如2026-03-02T09:00:00+08:00",
    "datetime_parsing": "应为时间，例如2026-03-02T09:00:00+08:00",
    "datetime_from_date_parsing": "应为时间，例如2026-03-02T09:00:00+08:00",
    "timezone_aware": "时间应写明时区",
    "json_invalid": "不是有效的JSON",
    "json_type": "应为JSON",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "set_type": "应为列表",
    "finite_number": "应为有限的数",
}
"""What a field is expected to be, by pydantic's code for it. Another code is answered in English."""


def preferred(request: Request) -> Language:
    """Of Chinese and English the one that `Accept-Language` prefers; the first of two equal ones."""
    best: tuple[float, Language] = (0.0, ELSE)
    for part in request.headers.get("accept-language", "").split(",")[:20]:
        found = _RANGE.fullmatch(part)
        if not found:
            continue
        language: Language | None = {"zh": "zh", "en": "en", "*": ELSE}.get(found[1].lower())  # type: ignore[assignment]
        quality = float(found[2] or 1)
        if language and quality > best[0]:
            best = (quality, language)
    return best[1]


def invalid_in_words(error: Mapping[str, Any], language: Language) -> str:
    """What pydantic expected at one place."""
    template = INVALID.get(error["type"])
    if language == "en" or template is None:
        return str(error["msg"])
    try:
        return template.format(**error.get("ctx", {}))
    except (KeyError, IndexError):
        return str(error["msg"])
