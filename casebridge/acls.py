"""Who may read and write which topics: the privacy rule, as access control lists of the clusters."""

import time
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from confluent_kafka.admin import (
    AclBinding,
    AclBindingFilter,
    AclOperation,
    AclPermissionType,
    AdminClient,
    ResourcePatternType,
    ResourceType,
)

from chassis.topics import DECLARED, EXCHANGE, LOCAL, Partners, broker_config
from schemas.ids import PROVINCES, Province


@dataclass(frozen=True, slots=True, order=True)
class Grant:
    """One principal may do one thing with one topic or group, or with all that begin so."""

    cluster: str
    principal: str
    operation: str
    resource: str
    name: str
    prefixed: bool

    def __str__(self) -> str:
        star = "*" if self.prefixed else ""
        return f"{self.principal} may {self.operation} {self.resource} {self.name}{star} on {self.cluster}"


def declared_grants(
    provinces: Iterable[Province], partners: Partners | None = None, file: Path = DECLARED
) -> list[Grant]:
    """The grants of these provinces and of their partner agencies."""
    said = tomllib.loads(file.read_text("utf-8"))["acls"]
    return sorted(
        {
            grant
            for province in provinces
            for rule in said
            for names in _places(rule, province, (partners or {}).get(province, ()))
            for grant in _grants(rule, names)
        }
    )


def missing_grants(admin: AdminClient, grants: Collection[Grant]) -> list[Grant] | None:
    """Those that the cluster lacks; None where it has no authorizer, and everybody may do everything."""
    any_text: Any = None
    everything = AclBindingFilter(
        ResourceType.ANY,
        any_text,
        ResourcePatternType.ANY,
        any_text,
        any_text,
        AclOperation.ANY,
        AclPermissionType.ANY,
    )
    if not broker_config(admin)["authorizer.class.name"]:
        # Asked for its grants, such a cluster would answer that there are none.
        return None
    known = {_identity(binding) for binding in admin.describe_acls(everything).result()}
    return [grant for grant in grants if _identity(_binding(grant)) not in known]


def apply_grants(admin: AdminClient, grants: Collection[Grant], within_s: float = 30.0) -> None:
    """Grant, and return once the broker that is asked knows it. Raises KafkaException or TimeoutError."""
    for answer in admin.create_acls([_binding(grant) for grant in grants]).values() if grants else ():
        answer.result()
    deadline = time.monotonic() + within_s
    while missing := missing_grants(admin, grants):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{len(missing)} grants are not known to the broker after {within_s:g} s")
        time.sleep(0.05)


def grants_by_servers(kafka: str, exchange: str, grants: Iterable[Grant]) -> dict[str, list[Grant]]:
    """Which cluster is told what; each thing once, where the exchange is the local cluster."""
    servers = {LOCAL: kafka, EXCHANGE: exchange}
    told: dict[str, dict[object, Grant]] = {}
    for grant in grants:
        told.setdefault(servers[grant.cluster], {}).setdefault(_identity(_binding(grant)), grant)
    return {where: list(once.values()) for where, once in told.items()}


def _places(
    rule: Mapping[str, Any], province: Province, agencies: Collection[str]
) -> Iterator[Mapping[str, str]]:
    """What NN, OTHER and AGENCY stand for, once for each meaning."""
    text = str(rule)
    if "AGENCY" in text:
        yield from ({"NN": province, "AGENCY": agency} for agency in agencies)
    elif "OTHER" in text:
        yield from ({"NN": province, "OTHER": other} for other in PROVINCES if other != province)
    else:
        yield {"NN": province}


def _grants(rule: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Grant]:
    def named(text: str) -> str:
        for placeholder, meaning in names.items():
            text = text.replace(placeholder, meaning)
        return text

    for resource in ("topic", "group"):
        for name in rule.get(f"{resource}s", ()):
            # Groups are only read: an offset is committed by one who may read.
            for operation in rule["allows"] if resource == "topic" else ("read", "describe"):
                yield Grant(
                    cluster=rule["cluster"],
                    principal=named(rule["principal"]),
                    operation=operation,
                    resource=resource,
                    name=named(name).removesuffix("*"),
                    prefixed=name.endswith("*"),
                )


def _identity(binding: AclBinding) -> tuple[object, ...]:
    b = binding
    return b.principal, b.operation, b.permission_type, b.restype, b.name, b.resource_pattern_type


def _binding(grant: Grant) -> AclBinding:
    return AclBinding(
        ResourceType[grant.resource.upper()],
        grant.name,
        ResourcePatternType.PREFIXED if grant.prefixed else ResourcePatternType.LITERAL,
        grant.principal,
        "*",
        AclOperation[grant.operation.upper()],
        AclPermissionType.ALLOW,
    )
