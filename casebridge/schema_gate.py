"""The compatibility gate: what a released message type promised, every later release keeps.

It compares JSON Schemas. Additions pass: an optional field, a known code, a better description, a wider
bound. What would make a reader of the older release wrong does not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Schema = Mapping[str, Any]

MAKE_A_V2: Final = "make a new type with the next version, written beside this one"
PUT_IT_BACK: Final = "put it back as it was released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """One promise that is not kept."""

    type: str
    """The message type."""
    release: str | None
    """The release that made the promise; `None` if it is about this one alone."""
    field: str
    """Where, as `facts.employer`; empty if it is about the whole type."""
    found: str
    expected: str
    advice: str

    def __str__(self) -> str:
        place = f"{self.type}: {self.field}" if self.field else self.type
        when = f" as in {self.release}" if self.release else ""
        return f"{place}: found {self.found}, expected {self.expected}{when}; {self.advice}"


def compare(type: str, release: str, released: Schema, current: Schema | None) -> list[Break]:
    """Every promise of a released schema that the current one breaks; `None` means that the type is gone."""
    if current is None:
        removed = ("", "no such type", "the type", "keep the class: old logs hold it for ever")
        return [_break(type, release, removed)]
    comparison = _Comparison(released, current)
    return [_break(type, release, broken) for broken in comparison.breaks()]


_Broken = tuple[str, str, str, str]
"""Field, found, expected, advice."""


def _break(type: str, release: str, broken: _Broken) -> Break:
    field, found, expected, advice = broken
    return Break(type=type, release=release, field=field, found=found, expected=expected, advice=advice)


# How a bound may move: up or down is wider, the other way would refuse what was promised to be read.
_LOWER_BOUNDS: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems")
_UPPER_BOUNDS: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
_SAME: Final = ("format", "pattern", "enum", "const", "uniqueItems")
_MARKS: Final = {
    "x-topic": "topic",
    "x-letter": "letter to another province",
    "x-sample-sha256": "sample",
}


@dataclass(frozen=True, slots=True)
class _Comparison:
    released: Schema
    current: Schema

    def breaks(self) -> Iterator[_Broken]:
        """What is broken about the type as a whole, then field by field."""
        for mark, name in _MARKS.items():
            if self.released.get(mark) != self.current.get(mark):
                found = f"{name} {self.current.get(mark)}"
                yield "", found, f"{name} {self.released.get(mark)}", _advice_for(mark)
        yield from self._object("", self.released, self.current)

    def _object(self, path: str, released: Schema, current: Schema) -> Iterator[_Broken]:
        before, now = released.get("properties", {}), current.get("properties", {})
        for name, schema in before.items():
            field = f"{path}.{name}" if path else name
            if name in now:
                yield from self._privacy(field, schema, now[name])
                yield from self._value(field, schema, now[name])
            else:
                yield field, _absence(schema, before, now), "the field", PUT_IT_BACK + ", or " + MAKE_A_V2
        yield from _required(path, released, current)

    def _privacy(self, field: str, released: Schema, current: Schema) -> Iterator[_Broken]:
        before, now = released.get("x-privacy"), current.get("x-privacy")
        if before != now:
            yield field, f"{now}", f"{before}", "who may see a field is promised too: " + MAKE_A_V2

    def _value(self, field: str, released: Schema, current: Schema) -> Iterator[_Broken]:
        released, current = _resolved(released, self.released), _resolved(current, self.current)
        before, now = _alternatives(released, self.released), _alternatives(current, self.current)
        yield from _changed(field, released, current, "default")
        if [schema.get("type") for schema in before] != [schema.get("type") for schema in now]:
            yield field, _types(now), _types(before), MAKE_A_V2
            return
        for old, new in zip(before, now, strict=True):
            yield from self._alternative(field, old, new)

    def _alternative(self, field: str, released: Schema, current: Schema) -> Iterator[_Broken]:
        for key in _SAME:
            yield from _changed(field, released, current, key)
        yield from _bounds(field, released, current)
        yield from _codes(field, released, current)
        if "items" in released and "items" in current:
            yield from self._value(f"{field}[]", released["items"], current["items"])
        if "properties" in released:
            yield from self._object(field, released, current)


def _changed(field: str, released: Schema, current: Schema, key: str) -> Iterator[_Broken]:
    if released.get(key) != current.get(key):
        yield field, f"{key} {current.get(key)!r}", f"{key} {released.get(key)!r}", MAKE_A_V2


def _absence(schema: Schema, before: Schema, now: Schema) -> str:
    """Says where a field may have gone: a new one of the same form is most likely the same, renamed."""
    renamed = [name for name in now if name not in before and _form(now[name]) == _form(schema)]
    return f"no such field (renamed to {renamed[0]}?)" if renamed else "no such field"


def _form(schema: Schema) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in ("title", "description")}


def _required(path: str, released: Schema, current: Schema) -> Iterator[_Broken]:
    before, now = set(released.get("required", ())), set(current.get("required", ()))
    for name in sorted(before ^ now):
        field = f"{path}.{name}" if path else name
        if name in now and name in released.get("properties", {}):
            yield field, "required", "optional", "old records lack it: " + PUT_IT_BACK
        elif name in now:
            yield field, "a new required field", "none", "give it a default, or " + MAKE_A_V2
        elif name in current.get("properties", {}):
            yield field, "optional", "required", "readers rely on it: " + PUT_IT_BACK


def _bounds(field: str, released: Schema, current: Schema) -> Iterator[_Broken]:
    for keys, narrower in ((_LOWER_BOUNDS, 1), (_UPPER_BOUNDS, -1)):
        for key in keys:
            before, now = released.get(key), current.get(key)
            if now is not None and (before is None or (now - before) * narrower > 0):
                yield field, f"{key} {now}", f"{key} {before}", "old records may lie outside: " + PUT_IT_BACK


def _codes(field: str, released: Schema, current: Schema) -> Iterator[_Broken]:
    gone = [
        code for code in released.get("x-known-values", ()) if code not in current.get("x-known-values", ())
    ]
    if gone:
        yield field, "codes without " + ", ".join(gone), "them", "codes stay known for ever: " + PUT_IT_BACK


def _resolved(schema: Schema, root: Schema) -> Schema:
    """The schema that a reference names, with what stands beside the reference."""
    reference = schema.get("$ref")
    return {**root["$defs"][reference.removeprefix("#/$defs/")], **schema} if reference else schema


def _alternatives(schema: Schema, root: Schema) -> list[Schema]:
    return [_resolved(each, root) for each in schema.get("anyOf", [schema])]


def _types(schemas: list[Schema]) -> str:
    return " or ".join(str(schema.get("type", "anything")) for schema in schemas)


def _advice_for(mark: str) -> str:
    if mark == "x-sample-sha256":
        return "a frozen sample is never edited: " + PUT_IT_BACK
    return MAKE_A_V2
