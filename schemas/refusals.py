"""The form of every refusal: the docstring is the message, filled from the fields."""

from dataclasses import fields, is_dataclass


class Refusal(Exception):
    """A rule stands against it."""

    def __str__(self) -> str:
        found: dict[str, object] = (
            {field.name: getattr(self, field.name) for field in fields(self)} if is_dataclass(self) else {}
        )
        return " ".join((type(self).__doc__ or "").format(**found).split())
