"""The pages that people read, and what is in them."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

PAGES = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "deploy").glob("*.md"),
    ]
)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def consoles(page: Path) -> Iterator[str]:
    """The commands of a page's console blocks, without prompt and comment."""
    for block in re.findall(r"^```console\n(.*?)^```", text_of(page), re.M | re.S):
        for line in block.splitlines():
            if line.startswith("$ "):
                yield re.sub(r"\s+#.*", "", line[2:])


def inline(page: Path) -> Iterator[str]:
    """What a page sets as code inside its sentences, line breaks undone."""
    without_blocks = re.sub(r"^```.*?^```", "", text_of(page), flags=re.M | re.S)
    for code in re.findall(r"`([^`]+)`", without_blocks):
        yield " ".join(code.split())


def rows(page: Path, heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    part = text_of(page).split(f"\n{heading}\n", 1)[1].split("\n## ", 1)[0]
    table = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]
