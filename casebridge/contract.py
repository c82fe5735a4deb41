"""The published contract: JSON Schemas, AsyncAPI, tables of events and rules, and the check of them all.

`current.json` is made from the classes. A release copies it beside, under its number, and that copy is
never touched again: it is what the gate compares with.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, get_args

import click

import schemas
from casebridge.schema_gate import Break, compare
from law.book import load_law
from law.table import as_markdown
from schemas.envelope import (
    Letter,
    Message,
    Received,
    dataschema_of,
    decode,
    encode,
    event_types,
    topic_of,
)
from schemas.samples import read_record

SERVICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cases": "intake",
        "transfers": "routing",
        "matters": "mediation",
        "notices": "notify",
        "mailbox": "routing",
        "partner": "notify",
        "keys": "every service",
        "ops": "every service",
    }
)
"""Who says what is logged on a topic."""

_CURRENT: Final = "current"
_GENERATE: Final = "run `casebridge contract generate`"


def generate(root: Path) -> None:
    """Write the schema of every type, the table of events and AsyncAPI. Released files are left alone."""
    for path, text in _generated(root).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for folder in _schema_folders(root):
        if folder.name not in _published() and not _releases(folder):
            (folder / f"{_CURRENT}.json").unlink(missing_ok=True)
            folder.rmdir()


def check(root: Path) -> list[Break]:
    """Every promise that the classes, the samples or the generated files break; none is good."""
    broken = [*_broken_samples(root), *_broken_releases(root)]
    return broken or list(_stale(root))


def release(root: Path, version: str) -> list[Path]:
    """Freeze the current schemas under a release number. Types that did not change get no new file.

    Raises:
        NotReleasable: if the check finds anything, or the number is not above every earlier one.
    """
    broken = check(root)
    if broken:
        raise NotReleasable("\n".join(str(each) for each in broken))
    earlier = {each for folder in _schema_folders(root) for each in _releases(folder)}
    if any(_order(version) <= _order(each) for each in earlier):
        raise NotReleasable(f"found {version}, expected a number above {max(earlier, key=_order)}")
    frozen = []
    for type in _published():
        folder = _folder(root, type)
        current = (folder / f"{_CURRENT}.json").read_text(encoding="utf-8")
        releases = _releases(folder)
        last = (folder / f"{releases[-1]}.json").read_text(encoding="utf-8") if releases else None
        if last != current:
            frozen.append(folder / f"{version}.json")
            frozen[-1].write_text(current, encoding="utf-8")
    generate(root)  # the table of events names the release
    return frozen


class NotReleasable(Exception):
    """The contract cannot be released as it stands."""


# --- What is generated -------------------------------------------------------------------------------------


def schema_of(kind: type[Message], sample: str) -> dict[str, Any]:
    """The JSON Schema of a message's value, with its sample and what else is promised about it."""
    described = dict(_described(kind))
    said = json.loads(sample)
    canonical = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": dataschema_of(kind),
        "title": described.pop("title"),
        "description": described.pop("description"),
        "x-topic": topic_of(kind),
        "x-aggregate": aggregate_of(kind),
        "x-said-by": SERVICES[topic_of(kind)],
        "x-letter": issubclass(kind, Letter),
        "x-sample-sha256": hashlib.sha256(canonical).hexdigest(),
        **described,
        "examples": [said["value"]],
    }


@cache
def _described(kind: type[Message]) -> Mapping[str, Any]:
    return kind.model_json_schema()


def aggregate_of(kind: type[Message]) -> str | None:
    """The aggregate whose events it belongs to; `None` for what no aggregate says."""
    for name, union in vars(getattr(schemas, topic_of(kind))).items():
        if name.endswith("Event") and name != "Event" and kind in (get_args(union) or (union,)):
            return str(name).removesuffix("Event")
    return None


_TABLE_HEAD: Final = """\
# Who says what

Made from `schemas/` by `casebridge contract generate`. A type's fields, each with who may see it, stand in
`schemas/json/<type>/current.json`; a record of it, as it travels, in `schemas/samples/<type>.json`. Types
begin with `casebridge.`; topics with the province: `cn44.transfers`. A letter goes to the addressee's mailbox
as well.

| type | topic | aggregate | said by | letter | meaning | since |
|---|---|---|---|---|---|---|
"""


def events_table(root: Path) -> str:
    """The table of events as Markdown."""
    return _TABLE_HEAD + "".join(_row(root, type, kind) for type, kind in _published().items())


def _row(root: Path, type: str, kind: type[Message]) -> str:
    meaning = (kind.__doc__ or "").partition("\n")[0]
    releases = _releases(_folder(root, type))
    cells = (
        f"`{type.removeprefix('casebridge.')}`",
        topic_of(kind),
        aggregate_of(kind) or "–",
        SERVICES[topic_of(kind)],
        "yes" if issubclass(kind, Letter) else "",
        meaning,
        releases[0] if releases else "next release",
    )
    return "| " + " | ".join(cells) + " |\n"


def _generated(root: Path) -> dict[Path, str]:
    # These import services, and so take their time.
    from casebridge.answers_page import answers_page
    from casebridge.asyncapi import document
    from casebridge.proceedings_page import proceedings_page
    from casebridge.protocol_page import protocol_page

    protocol, proceedings = root / "docs" / "protocol.md", root / "docs" / "proceedings.md"
    answers = root / "docs" / "answers.md"
    files = {
        root / "docs" / "events.md": events_table(root),
        root / "docs" / "rules.md": as_markdown(load_law()),
        protocol: protocol_page(_text_of(protocol)),
        proceedings: proceedings_page(_text_of(proceedings)),
        answers: answers_page(_text_of(answers)),
        root / "schemas" / "asyncapi.yaml": document(),
    }
    for type, kind in _published().items():
        schema = json.dumps(schema_of(kind, _sample(root, type)), ensure_ascii=False, indent=2)
        files[_folder(root, type) / f"{_CURRENT}.json"] = schema + "\n"
    return files


# --- What is checked ---------------------------------------------------------------------------------------


def _broken_samples(root: Path) -> Iterator[Break]:
    for type in _published():
        path = _sample_path(root, type)
        found = _trouble_with(path) if path.exists() else "no sample"
        if found:
            advice = f"write {path.relative_to(root)} once, as it is encoded, and never edit it"
            yield _plain(type, found, "a frozen sample that reads and writes as it stands", advice)


def _trouble_with(path: Path) -> str | None:
    try:
        record = read_record(path.read_text(encoding="utf-8"))
    except (ValueError, KeyError, AttributeError) as error:
        return f"a sample that is no record ({error.__class__.__name__})"
    read = decode(record.key, record.value, record.headers)
    if not isinstance(read, Received):
        return f"a sample that is not understood: {read}"
    if read.envelope.type != path.stem:
        return f"a sample of {read.envelope.type}"
    if encode(read.event, read.envelope) != record:
        return "a sample that is written otherwise than it was read"
    return None


def _broken_releases(root: Path) -> Iterator[Break]:
    published = _published()
    for folder in _schema_folders(root):
        kind, path = published.get(folder.name), _sample_path(root, folder.name)
        sample = path.read_text(encoding="utf-8") if path.exists() else '{"value": null}'
        current = schema_of(kind, sample) if kind else None
        for version in _releases(folder):
            released = json.loads((folder / f"{version}.json").read_text(encoding="utf-8"))
            yield from compare(folder.name, version, released, current)


def _stale(root: Path) -> Iterator[Break]:
    expected = _generated(root)
    for path, text in expected.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            yield _plain(str(path.relative_to(root)), "old text", "what the classes say", _GENERATE)
    for folder in _schema_folders(root):
        if folder.name not in _published():
            yield _plain(folder.name, "a schema", "none, as no class is left", _GENERATE)


def _plain(type: str, found: str, expected: str, advice: str) -> Break:
    return Break(type=type, release=None, field="", found=found, expected=expected, advice=advice)


# --- Where files lie ---------------------------------------------------------------------------------------


def _published() -> dict[str, type[Message]]:
    """The types of the contract, sorted; a test may have registered others beside them."""
    ours = {type: kind for type, kind in event_types().items() if kind.__module__.startswith("schemas.")}
    return dict(sorted(ours.items(), key=lambda item: (topic_of(item[1]), item[0])))


def _text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8") if page.exists() else ""


def _folder(root: Path, type: str) -> Path:
    return root / "schemas" / "json" / type


def _schema_folders(root: Path) -> list[Path]:
    return sorted(path for path in (root / "schemas" / "json").glob("*") if path.is_dir())


def _sample_path(root: Path, type: str) -> Path:
    return root / "schemas" / "samples" / f"{type}.json"


def _sample(root: Path, type: str) -> str:
    return _sample_path(root, type).read_text(encoding="utf-8")


def _releases(folder: Path) -> list[str]:
    """The releases that changed the type, oldest first."""
    return sorted((path.stem for path in folder.glob("*.json") if path.stem != _CURRENT), key=_order)


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


# --- The command -------------------------------------------------------------------------------------------

_root = click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=".",
    help="The project's folder.",
)


@click.group(name="contract")
def main() -> None:
    """The events that are published: schemas, samples, and what was promised about them."""


@main.command("generate")
@_root
def generate_command(root: Path) -> None:
    """Write schemas/json/*/current.json, schemas/asyncapi.yaml and the generated pages of docs/."""
    generate(root)


@main.command("check")
@_root
def check_command(root: Path) -> None:
    """Compare the classes with every release; exit 1 if a promise is broken."""
    broken = check(root)
    for each in broken:
        click.echo(str(each))
    if broken:
        raise SystemExit(1)
    click.echo(f"{len(_published())} message types keep what every release promised.")


@main.command("release")
@_root
@click.argument("version")
def release_command(root: Path, version: str) -> None:
    """Freeze the current schemas as VERSION, for ever."""
    try:
        frozen = release(root, version)
    except NotReleasable as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{version}: {len(frozen)} new or changed message types frozen.")
