"""The gate refuses every way of breaking a released type, and lets additions pass."""

import copy
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from casebridge.contract import NotReleasable, check, generate, main, release, schema_of
from casebridge.schema_gate import compare
from schemas.cases import ApplicationSubmitted
from schemas.samples import FOLDER

ROOT = FOLDER.parent.parent
TYPE = ApplicationSubmitted.type
RELEASED = schema_of(ApplicationSubmitted, (FOLDER / f"{TYPE}.json").read_text(encoding="utf-8"))

Change = Callable[[dict[str, Any]], object]


def _breaks(change: Change) -> list[str]:
    current = copy.deepcopy(RELEASED)
    change(current)
    return [str(each) for each in compare(TYPE, "0.1.0", RELEASED, current)]


def _facts(schema: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = schema["$defs"]["CaseFacts"]["properties"]
    return found


def _rename_worker(schema: dict[str, Any]) -> None:
    schema["properties"]["person"] = schema["properties"].pop("worker")
    schema["required"].remove("worker")


BREAKS: dict[str, tuple[Change, str]] = {
    "a removed field": (
        lambda s: s["properties"].pop("site"),
        "site: found no such field, expected the field as in 0.1.0; put it back as it was released, or",
    ),
    "a renamed field": (
        _rename_worker,
        "worker: found no such field (renamed to person?), expected the field",
    ),
    "a removed field of a value inside": (
        lambda s: _facts(s).pop("employer"),
        "facts.employer: found no such field",
    ),
    "a retyped field": (
        lambda s: _facts(s)["claim_fen"].update(type="number"),
        "facts.claim_fen: found number, expected integer as in 0.1.0; make a new type",
    ),
    "a retyped time": (
        lambda s: s["properties"]["at"].update(format="date"),
        "at: found format 'date', expected format 'date-time'",
    ),
    "a field that may no longer be absent": (
        lambda s: _facts(s)["employer"]["anyOf"].pop(),
        "facts.employer: found string, expected string or null",
    ),
    "a tightened text": (
        lambda s: s["properties"]["worker"].update(pattern="^[a-z]{3}$"),
        "worker: found pattern '^[a-z]{3}$'",
    ),
    "a lower upper bound": (
        lambda s: _facts(s)["members"].update(maximum=9),
        "facts.members: found maximum 9, expected maximum 100000",
    ),
    "a higher lower bound": (
        lambda s: _facts(s)["members"].update(minimum=2),
        "facts.members: found minimum 2, expected minimum 1",
    ),
    "a new bound": (
        lambda s: s["properties"]["worker"].update(maxLength=10),
        "worker: found maxLength 10, expected maxLength None",
    ),
    "a shorter list": (
        lambda s: _facts(s)["evidence"].update(maxItems=3),
        "facts.evidence: found maxItems 3, expected maxItems 64",
    ),
    "a new required field": (
        lambda s: (s["properties"].update(mood={"type": "string"}), s["required"].append("mood")),
        "mood: found a new required field, expected none as in 0.1.0; give it a default, or make a new type",
    ),
    "an optional field made required": (
        lambda s: s["required"].append("site"),
        "site: found required, expected optional",
    ),
    "a required field made optional": (
        lambda s: s["required"].remove("agency"),
        "agency: found optional, expected required",
    ),
    "a narrowed code list": (
        lambda s: _facts(s)["case_type"]["x-known-values"].remove("work-injury"),
        "facts.case_type: found codes without work-injury",
    ),
    "a narrowed code list inside a list": (
        lambda s: _facts(s)["evidence"]["items"]["x-known-values"].remove("wage-iou"),
        "facts.evidence[]: found codes without wage-iou",
    ),
    "a closed code list": (
        lambda s: _facts(s)["channel"].update(enum=["window"]),
        "facts.channel: found enum ['window'], expected enum None",
    ),
    "a public field made internal": (
        lambda s: s["properties"]["agency"].update({"x-privacy": "internal"}),
        "agency: found internal, expected public as in 0.1.0; who may see a field is promised too",
    ),
    "an internal field made public": (
        lambda s: s["properties"]["worker"].update({"x-privacy": "public"}),
        "worker: found public, expected internal",
    ),
    "sealed data laid open": (
        lambda s: s["properties"]["contact"].update({"x-privacy": "internal"}),
        "contact: found internal, expected sealed",
    ),
    "a changed default": (
        lambda s: _facts(s)["evidence"].update(default=["wage-iou"]),
        "facts.evidence: found default ['wage-iou'], expected default []",
    ),
    "another topic": (
        lambda s: s.update({"x-topic": "matters"}),
        "found topic matters, expected topic cases",
    ),
    "an event made a letter": (
        lambda s: s.update({"x-letter": True}),
        "found letter to another province True",
    ),
    "a changed sample": (
        lambda s: s.update({"x-sample-sha256": "0"}),
        "found sample 0",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_the_gate_refuses(name: str) -> None:
    change, message = BREAKS[name]

    found = _breaks(change)

    assert len(found) == 1, found
    assert found[0].startswith(TYPE)
    assert message in found[0]


def test_the_gate_refuses_a_removed_type() -> None:
    (broken,) = compare(TYPE, "0.1.0", RELEASED, None)

    assert "found no such type, expected the type as in 0.1.0; keep the class" in str(broken)


ADDITIONS: dict[str, Change] = {
    "nothing": lambda s: None,
    "an optional field": lambda s: s["properties"].update(mood={"type": "string", "default": "good"}),
    "a known code": lambda s: _facts(s)["case_type"]["x-known-values"].append("overtime"),
    "a better description": lambda s: s["properties"]["agency"].update(description="Who answered the phone."),
    "a wider bound": lambda s: _facts(s)["members"].update(maximum=1_000_000),
    "a bound taken away": lambda s: _facts(s)["members"].pop("maximum"),
    "another name for a value inside": lambda s: s.update(
        json.loads(json.dumps(s).replace("CaseFacts", "FactsOfTheCase"))
    ),
}


@pytest.mark.parametrize("name", ADDITIONS)
def test_the_gate_lets_pass(name: str) -> None:
    assert _breaks(ADDITIONS[name]) == []


# --- The whole contract, in its folders --------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the contract's folders, so that a test may spoil it."""
    for folder in ("schemas/json", "schemas/samples", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "schemas" / "asyncapi.yaml", tmp_path / "schemas")
    return tmp_path


def _edit(path: Path, change: Change) -> None:
    said = json.loads(path.read_text(encoding="utf-8"))
    change(said)
    path.write_text(json.dumps(said, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def test_the_contract_keeps_what_every_release_promised() -> None:
    assert check(ROOT) == []


def test_every_release_is_compared_and_not_the_last_alone(root: Path) -> None:
    """A field that 0.0.1 had, and that every later release forgot, is still missed."""
    folder = root / "schemas" / "json" / TYPE
    shutil.copy(folder / "current.json", folder / "0.0.1.json")
    _edit(folder / "0.0.1.json", lambda s: s["properties"].update(old={"type": "string"}))
    shutil.copy(folder / "current.json", folder / "0.0.2.json")

    broken = [str(each) for each in check(root)]

    assert len(broken) == 1
    assert f"{TYPE}: old: found no such field, expected the field as in 0.0.1" in broken[0]


def test_a_released_type_whose_class_is_gone_is_missed(root: Path) -> None:
    folder = root / "schemas" / "json" / "casebridge.case.forgotten.v1"
    folder.mkdir()
    shutil.copy(root / "schemas" / "json" / TYPE / "current.json", folder / "0.0.1.json")

    assert ["found no such type" in str(each) for each in check(root)] == [True]


def test_an_edited_sample_is_missed(root: Path) -> None:
    folder = root / "schemas" / "json" / TYPE
    shutil.copy(folder / "current.json", folder / "0.0.1.json")
    _edit(root / "schemas" / "samples" / f"{TYPE}.json", lambda s: s["headers"].update(ce_id="another"))

    assert any("a frozen sample is never edited" in str(each) for each in check(root))


def test_a_missing_sample_is_asked_for(root: Path) -> None:
    (root / "schemas" / "samples" / f"{TYPE}.json").unlink()

    assert any(
        f"{TYPE}: found no sample" in str(each) and f"write schemas/samples/{TYPE}.json once" in str(each)
        for each in check(root)
    )


def test_a_sample_that_is_not_written_as_it_was_read_is_refused(root: Path) -> None:
    _edit(root / "schemas" / "samples" / f"{TYPE}.json", lambda s: s["value"].update(later_field=1))

    assert any("written otherwise than it was read" in str(each) for each in check(root))


def test_generated_files_that_are_old_are_named_with_the_command(root: Path) -> None:
    (root / "docs" / "events.md").write_text("old", encoding="utf-8")

    (stale,) = check(root)
    assert "docs/events.md: found old text" in str(stale)
    assert "run `casebridge contract generate`" in str(stale)
    generate(root)
    assert check(root) == []


def test_generating_leaves_released_files_alone_and_clears_what_was_never_released(root: Path) -> None:
    released = root / "schemas" / "json" / TYPE / "0.0.1.json"
    released.write_text("{}", encoding="utf-8")
    draft = root / "schemas" / "json" / "casebridge.case.drafted.v1"
    draft.mkdir()
    (draft / "current.json").write_text("{}", encoding="utf-8")

    generate(root)

    assert released.read_text(encoding="utf-8") == "{}"
    assert not draft.exists()


def test_a_release_freezes_what_changed_and_names_it_in_the_table(root: Path) -> None:
    for path in (root / "schemas" / "json").glob("*/[0-9]*.json"):
        path.unlink()
    generate(root)

    first = release(root, "7.0.0")
    second = release(root, "7.1.0")

    assert len(first) == len(list((root / "schemas" / "json").iterdir()))
    assert second == []
    assert "| 7.0.0 |" in (root / "docs" / "events.md").read_text(encoding="utf-8")
    with pytest.raises(NotReleasable, match=r"found 6\.9\.9, expected a number above 7\.0\.0"):
        release(root, "6.9.9")


def test_a_broken_contract_is_not_released(root: Path) -> None:
    (root / "schemas" / "samples" / f"{TYPE}.json").unlink()

    with pytest.raises(NotReleasable, match="found no sample"):
        release(root, "9.0.0")


def test_the_command_says_what_is_broken_and_fails(root: Path) -> None:
    (root / "docs" / "events.md").write_text("old", encoding="utf-8")

    outcome = CliRunner().invoke(main, ["check", "--root", str(root)])

    assert outcome.exit_code == 1
    assert "docs/events.md: found old text" in outcome.output
    assert CliRunner().invoke(main, ["generate", "--root", str(root)]).exit_code == 0
    assert CliRunner().invoke(main, ["check", "--root", str(root)]).exit_code == 0
