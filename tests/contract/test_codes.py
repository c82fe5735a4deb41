"""The lists of codes: each code stands once, and what it is called says all when it stands alone."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import codes
from schemas.codes import LEGAL_BASES

SOURCES = sorted(Path(codes.__path__[0]).glob("*.py"))
POINTS_ELSEWHERE = re.compile(r"\bthe same(,|$)|(?<![共合])同[上法]")  # 共同上级 and 合同法 point at nothing
ARTICLE = re.compile(r"(?P<law>.+?)(第.+条.*| Art\. \d.*)")


def codes_in(said: ast.expr) -> Iterator[str]:
    """The codes of a list as they are written: of a dict, of `known(…)`, or of rows that begin with them."""
    for node in ast.walk(said):
        match node:
            case ast.Dict(keys=keys):
                yield from (str(key.value) for key in keys if isinstance(key, ast.Constant))
            case ast.keyword(arg=str(name)):
                yield name
            case ast.Tuple(elts=[ast.Constant(value=str(code)), ast.Constant(), ast.Constant()]):
                yield code


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)
def test_no_code_of_a_list_is_written_twice(source: Path) -> None:
    for said in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(said, ast.AnnAssign) and said.value:
            written = Counter(codes_in(said.value))
            assert not [code for code, times in written.items() if times > 1], ast.unparse(said.target)


def test_every_code_of_a_list_is_found_in_its_source() -> None:
    written = {
        code.replace("_", "-")
        for source in SOURCES
        for said in ast.parse(source.read_text(encoding="utf-8")).body
        if isinstance(said, ast.AnnAssign) and said.value
        for code in codes_in(said.value)
    }

    assert {code for name, table in vars(codes).items() if name.isupper() for code in table} <= written


def test_no_wording_points_at_one_that_stands_beside_it() -> None:
    wordings = [each for name, table in vars(codes).items() if name.isupper() for each in table.values()]

    assert not [each for each in wordings if any(map(POINTS_ELSEWHERE.search, each))]


def test_every_article_names_its_law_and_a_law_has_one_name_in_each_language() -> None:
    found = [[ARTICLE.fullmatch(text) for text in each] for each in LEGAL_BASES.values()]
    laws = {(zh["law"], en["law"]) for zh, en in found if zh and en}

    assert len(laws) > 10
    assert all(bool(zh) == bool(en) for zh, en in found), "both name an article, or neither does"
    assert len(laws) == len({zh for zh, _ in laws}) == len({en for _, en in laws})
