"""Papers that are printed: a template, filled, as a page of HTML and as PDF.

A template is the body of a page in a small HTML: headings, paragraphs, tables whose first row has all cells.
One of the same name in the deployment's folder goes over ours.
"""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastapi import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from schemas.called import called
from schemas.words import CHINA, moment, yuan

if TYPE_CHECKING:
    from fpdf import FontFace

FRAME: Final = """<!DOCTYPE html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>{title}</title>
<style>
@page {{ size: A4; margin: 22mm }}
body {{ font: 12pt/1.7 "Songti SC", SimSun, "Noto Serif CJK SC", serif; max-width: 170mm; margin: 22mm auto }}
h1 {{ font-size: 20pt; text-align: center; font-weight: normal }}
h2 {{ font-size: 14pt; font-weight: normal }}
table {{ border-collapse: collapse; width: 100% }}
td {{ border: 1px solid #000; padding: 4px 8px; vertical-align: middle }}
</style>
<body>
{body}
</body>
</html>
"""

HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Of an answer with a paper in it: it names people."""

ALONE: Final = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
"""Of a page: a template of a deployment fetches nothing, and runs nothing."""

BLANK: Final = "＿＿＿＿＿＿＿＿"
"""What is not known is filled in by hand."""

WIDE: Final = "\u3164"
"""As wide as a sign, empty, and no white space to those who collapse it."""

_CJK: Final = "\u3000-\u303f\u2018-\u201d\u3400-\u9fff\uff00-\uffef"
_STARTS_NO_LINE: Final = "，。、；：！？）》」』】％”’"
_ENDS_NO_LINE: Final = "（《「『【“‘"
_MAY_BREAK: Final = re.compile(
    f"(?<=[{_CJK}])(?<![{_ENDS_NO_LINE}])(?=[^{_STARTS_NO_LINE}\\s<&])"
    f"|(?<=[^{_ENDS_NO_LINE}\\s>;])(?=[{_CJK}])(?![{_STARTS_NO_LINE}])"
)
_TAG: Final = re.compile(r"(<[^>]*>|&[#\w]+;)")


def day(time: datetime | None) -> str:
    """`2026年3月2日`, in China; blank to be filled in by hand."""
    if time is None:
        return "＿＿＿＿年＿＿月＿＿日"
    local = time.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日"


FILTERS: Final[Mapping[str, Callable[..., str]]] = {
    "day": day,
    "moment": moment,
    "yuan": lambda fen: BLANK if fen is None else yuan(fen, "zh"),
    "word": lambda code: called(code, "zh"),
    "known": lambda value: BLANK if value in (None, "") else str(value),
}


@dataclass(frozen=True, slots=True)
class Forms:
    """The templates of a service, with those of the deployment over them."""

    folders: tuple[Path, ...]
    """The first that has a template is taken."""
    font: Path | None = None
    """For PDF, instead of the one that is shipped."""

    def filled(self, name: str, **said: Any) -> str:
        """The body of a paper. Raises a TemplateError for a template that asks for what there is not."""
        return environment(self.folders).get_template(f"{name}.html").render(**said)


@cache
def environment(folders: tuple[Path, ...]) -> Environment:
    # A template of a deployment is read again when it was changed: nobody has to start anything anew.
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    return made


def forms_of(service: str, override: Path | None, font: Path | None) -> Forms:
    """Those of a service, with the deployment's folder before ours."""
    ours = Path(str(files("services") / service / "forms"))
    return Forms((override, ours) if override else (ours,), font)


class Printed(StrEnum):
    """How a paper is answered."""

    HTML = "html"
    PDF = "pdf"


async def answer_with(title: str, body: str, printed: Printed, forms: Forms) -> Response:
    """The paper as a client asked for it."""
    if printed is Printed.HTML:
        return Response(
            page(title, body), media_type="text/html; charset=utf-8", headers={**HEADERS, **ALONE}
        )
    made = await asyncio.to_thread(pdf, title, body, forms.font)
    return Response(made, media_type="application/pdf", headers=HEADERS)


def page(title: str, body: str) -> bytes:
    """A whole page, which a browser prints on A4."""
    return FRAME.format(title=title, body=body).encode()


def pdf(title: str, body: str, font: Path | None = None) -> bytes:
    """The same on A4. It takes a third of a second of work: not for the event loop."""
    # When the first paper is printed: it brings an image library, which no service needs to start.
    from fpdf import FPDF

    paper = FPDF(format="A4")
    paper.set_title(title)
    paper.set_margins(22, 22)
    paper.set_auto_page_break(True, margin=20)
    paper.add_font("cn", "", font or shipped_font())
    # One weight is embedded: a bold one would be another five megabytes to read. It is written once.
    other = {f"cn{style}": paper.fonts["cn"] for style in ("B", "I", "BI")}
    paper.fonts.update(other)
    paper.add_page()
    paper.set_font("cn", size=11)
    paper.write_html(breakable(body), font_family="cn", tag_styles=styles(), table_line_separators=True)
    for name in other:
        del paper.fonts[name]
    return bytes(paper.output())


def styles() -> "Mapping[str, FontFace]":
    from fpdf.fonts import TextStyle

    black = "#000000"
    return {
        "h1": TextStyle(color=black, font_size_pt=20, t_margin=0, b_margin=0),
        "h2": TextStyle(color=black, font_size_pt=13, t_margin=4, b_margin=1),
        "p": TextStyle(color=black, t_margin=1, b_margin=1),
    }


def shipped_font() -> Path:
    return Path(str(files("paperang_p2_fonts_cjk") / "fonts" / "wqy-microhei.ttc"))


def breakable(body: str) -> str:
    """With places where a line may end between Chinese signs, which stand without spaces.

    No line begins with a closing mark or ends with an opening one.
    """
    # Between tags, line ends of a template would come out as empty lines.
    parts: Sequence[str] = _TAG.split(re.sub(r">\s*\n\s*<", "><", body))
    softened = "".join(part if place % 2 else soft(part) for place, part in enumerate(parts))
    return softened.replace("<p", '<p line-height="1.5"')


def soft(text: str) -> str:
    # A wide space makes an indent, or room to write; the one of HTML would be taken for an ordinary space.
    return _MAY_BREAK.sub("\u200b", text.replace("\u3000", WIDE))
