"""Links lead somewhere, and commands exist."""

import re
import subprocess
from pathlib import Path

import click
import pytest

from casebridge.cli import COMMANDS, main
from tests.docs.pages import PAGES, ROOT, consoles, inline, name_of, text_of

TARGETS = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    files = [link.partition("#")[0] for link in LINK.findall(text_of(page)) if "://" not in link]

    assert [file for file in files if file and not (page.parent / file).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_of_ours_exists(page: Path) -> None:
    said = [*consoles(page), *(code for code in inline(page) if code.startswith("casebridge "))]

    for line in said:
        words = line.split()
        if words[0] == "casebridge":
            follow(words[1:], line)
        if words[:2] == ["docker", "compose"] and "run" in words:
            follow(words[words.index("--rm") + 2 :], line)


def follow(words: list[str], line: str) -> None:
    """Find the command, and each of its options."""
    command: click.Command = main
    context = click.Context(command)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found, f"{line}: there is no {words[0]}"
        command, words = found, words[1:]
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    assert {word for word in words if word.startswith("--")} <= known, line


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_target_of_make_exists(page: Path) -> None:
    said = [
        line.split() for line in [*consoles(page), *inline(page)] if re.match(r"(\w+=\S+ )?make \w", line)
    ]
    targets = {word for words in said for word in words[words.index("make") + 1 :] if "=" not in word}

    assert targets <= TARGETS


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_readmes_begin_with_the_two_commands(readme: str) -> None:
    assert [line.split()[:2] for line in consoles(ROOT / readme)] == [["make", "demo"], ["make", "test"]]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_pages_name_no_place_on_the_machine_of_their_author(page: Path) -> None:
    assert not re.search(r"/home/|/root/|/tmp/|\.\./shared|/work/", text_of(page))


def test_the_command_line_is_complete_in_the_pages() -> None:
    said = {code.split()[1] for page in PAGES for code in [*inline(page), *consoles(page)] if is_ours(code)}

    assert said >= COMMANDS.keys()


def is_ours(code: str) -> bool:
    return code.startswith("casebridge ") and len(code.split()) > 1


def test_pages_are_in_the_repository() -> None:
    tracked = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode == 0:  # else there is no repository here: a source archive
        assert {name_of(page) for page in PAGES} <= set(tracked.stdout.split())
