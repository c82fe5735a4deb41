"""The compose file and the Dockerfile say what the services understand."""

import re
import tomllib
from typing import Any

import click
import pytest
import yaml

from casebridge.cli import main
from casebridge.services import NAMES
from chassis.settings import read_settings
from tests.docs.pages import ROOT

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
FIRST = {"keys", "topics", "migrate"}


@pytest.fixture(scope="module")
def services() -> Any:
    """Those of the compose file, with what its variables stand for when nobody says otherwise."""
    text = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    text = re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", text)
    return yaml.safe_load(re.sub(r"\$\{[A-Z_]+:\?[^}]*\}", "secret", text))["services"]


def image_environment() -> dict[str, str]:
    return dict(re.findall(r"(CASEBRIDGE_[A-Z_]+)=(\S+)", DOCKERFILE))


def test_there_are_the_five_services_and_what_they_need(services: Any) -> None:
    assert services.keys() == {*NAMES, *FIRST, "kafka", "postgres"}


@pytest.mark.parametrize("name", NAMES)
def test_a_service_understands_its_environment(services: Any, name: str) -> None:
    environment = {**image_environment(), **services[name]["environment"]}

    settings = read_settings(environment, name)

    assert services[name]["command"] == ["run", name]
    assert settings.kafka == "kafka:9092"
    assert (settings.http_host, settings.http_port) == ("0.0.0.0", 8080)
    assert set(environment) <= set(re.findall(r"CASEBRIDGE_[A-Z_]+", settings_source()))


def settings_source() -> str:
    return (ROOT / "chassis" / "settings.py").read_text(encoding="utf-8")


def test_every_port_is_offered_once_and_to_this_machine_alone(services: Any) -> None:
    ports = [port for service in services.values() for port in service.get("ports", ())]

    assert len(ports) == len(set(ports)) == len(NAMES)
    assert all(re.fullmatch(r"127\.0\.0\.1:\d+:8080", port) for port in ports)


def test_ours_run_with_a_read_only_root_and_no_capabilities(services: Any) -> None:
    for name in {*NAMES, *FIRST}:
        assert services[name]["read_only"]
        assert services[name]["cap_drop"] == ["ALL"]


@pytest.mark.parametrize("name", NAMES)
def test_a_service_starts_after_the_steps_before_it(services: Any, name: str) -> None:
    waits = services[name]["depends_on"]

    assert {
        step for step, said in waits.items() if said["condition"] == "service_completed_successfully"
    } == FIRST
    assert "/readyz" in services[name]["healthcheck"]["test"][-1]


@pytest.mark.parametrize("name", sorted(FIRST))
def test_a_step_is_a_command_that_there_is(services: Any, name: str) -> None:
    command: click.Command = main
    for word in services[name]["command"]:
        if word.startswith("--"):
            assert word in {option for parameter in command.params for option in parameter.opts}
            continue
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), word)
        assert found, word
        command = found


def test_only_who_keeps_files_and_the_step_that_makes_keys_can_write(services: Any) -> None:
    can_write = {
        name
        for name in {*NAMES, *FIRST}
        for volume in services[name].get("volumes", ())
        if not volume.endswith(":ro")
    }

    assert can_write == {"intake", "notify", "keys"}


def test_all_that_the_package_is_made_of_gets_into_the_image() -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = said["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {*wheel["packages"], *wheel["force-include"], said["project"]["readme"], "pyproject.toml"}
    copied = {
        word for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M) for word in line.split()[:-1]
    }
    let_in = set(re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.M))

    assert needed <= copied
    assert copied <= let_in


def test_the_image_asks_for_nothing_but_its_base() -> None:
    assert "syntax=" not in DOCKERFILE
    assert set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.M)) == {"${BASE}"}
    assert re.search(r"^USER (?!0)\d+", DOCKERFILE, re.M)
