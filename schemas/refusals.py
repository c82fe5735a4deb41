"""The form of every refusal: the docstring is the message, filled from the fields; `zh` is the Chinese."""

from dataclasses import fields, is_dataclass
from typing import ClassVar

from schemas.called import called
from schemas.codes import LegalBasis
from schemas.words import Language


class Refusal(Exception):
    """A rule stands against it."""

    zh: ClassVar[str] = "与规则不符。"
    """The docstring in Chinese, with the same fields."""
    article: ClassVar[LegalBasis | None] = None
    """The article that says so, where it is always the same one."""

    def __str__(self) -> str:
        return " ".join((type(self).__doc__ or "").format(**self.said()).split())

    def said(self) -> dict[str, object]:
        """The fields, as they are."""
        if not is_dataclass(self):
            return {}
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def in_words(self, language: Language) -> str:
        """The message in that language."""
        if language == "en":
            return str(self)
        return self.zh.format(**{name: called(value, language) for name, value in self.said().items()})
