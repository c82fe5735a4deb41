"""`casebridge law`, as a person types it, and as docs/law.md shows it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casebridge.cli import main

ROOT = Path(__file__).parents[2]


def typed(*words: str, **environ: str) -> Result:
    return CliRunner().invoke(main, ["law", *words], env=environ)


def test_the_explanation_in_the_docs_is_what_is_printed() -> None:
    page = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    shown = re.search(r"```console\n\$ casebridge law (explain .*?)\n(.*?)```", page, re.DOTALL)
    assert shown

    assert typed(*shown[1].split()).output == shown[2]


def test_the_rule_in_the_docs_can_be_stated(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example
    (tmp_path / "44.toml").write_text(example[1], encoding="utf-8")

    checked = typed("check", str(tmp_path))

    assert checked.exit_code == 0, checked.output
    shipped = typed("check").output.split()
    assert checked.output.split()[:5] == [shipped[0], "rules", "in", str(int(shipped[3]) + 1), "versions,"]


def test_the_examples_of_local_rules_are_in_order() -> None:
    assert typed("check", str(ROOT / "deploy" / "law")).exit_code == 0


def test_a_folder_is_taken_from_the_environment() -> None:
    explained = typed(
        "explain",
        "review",
        "--start",
        "2026-03-02",
        "--region",
        "330106",
        "--lang",
        "en",
        CASEBRIDGE_LAW=str(ROOT / "deploy" / "law"),
    )

    assert "version review:3301:2024-01-01" in explained.output


def test_an_explanation_says_in_chinese_what_is_not_final() -> None:
    said = typed("explain", "answer-offer", "--start", "2026-12-22T10:00", "--pause", "2026-12-23..").output

    assert "! 暂定：2027年的节假日安排尚未公布" in said
    assert "! 待确认" in said
    assert "加5个工作日" in said


def test_rules_of_a_region_are_listed_with_those_of_the_nation() -> None:
    listed = typed(
        "rules", "--region", "330106", "--lang", "en", "--law", str(ROOT / "deploy" / "law")
    ).output

    assert "review:cn:2022-01-01" in listed
    assert "review:33:2024-01-01" in listed
    assert "review:3301:2024-01-01" in listed
    assert "review:31:" not in listed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["explain", "reveiw", "--start", "2026-03-02"], "found no rule reveiw for the nation"),
        (["explain", "review", "--start", "tomorrow"], "expected a day or a moment such as 2026-02-10T10:00"),
        (["explain", "review", "--start", "2026-03-02", "--pause", "2026-03-04"], "expected FROM..TO"),
        (
            ["explain", "review", "--start", "2026-03-02", "--pause", "2026-03-04..2026-03-03"],
            "expected FROM..TO",
        ),
        (["explain", "review", "--start", "2026-03-02", "--pause", "2026-03-04.."], "without an end"),
    ],
)
def test_what_cannot_be_explained_is_said_in_a_sentence(words: list[str], said: str) -> None:
    result = typed(*words)

    assert result.exit_code != 0
    assert said in " ".join(result.output.split())


def test_what_is_wrong_in_a_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "44.toml").write_text('[[rule]]\nid = "review"\n', encoding="utf-8")

    refused = typed("check", str(tmp_path))

    assert refused.exit_code == 1
    assert refused.output == "Error: 44.toml, rule review, article: found nothing, expected a value.\n"


def test_an_explanation_shows_each_act_that_interrupts_as_it_shows_pauses() -> None:
    acts = ("--interrupt", "claimed:2024-06-01", "--interrupt", "promised:2020-01-01")
    said = typed(
        "explain", "arbitration-limitation", "--start", "2024-02-10", *acts,
        "--pause", "2024-03-01..2024-03-11", "--pause", "2024-08-01..2024-08-11", "--lang", "en",
    )  # fmt: skip

    lines = said.output.split("\n")
    assert any("2020-01-01 (Wed) does not let the time begin anew" in line for line in lines), said.output
    assert any("begins anew with what happened on 2024-06-01 (Sat)" in line for line in lines)
    assert "Due by 2025-06-11 23:59:59 (Wed)." in said.output, "of the pauses the later one alone counts"


def test_what_interrupts_nothing_is_refused_by_its_code() -> None:
    said = typed(
        "explain",
        "arbitration-limitation",
        "--start",
        "2024-02-10",
        "--interrupt",
        "force-majeure:2024-03-01",
    )

    assert said.exit_code == 2
    assert "such as claimed:2026-02-12" in said.output
