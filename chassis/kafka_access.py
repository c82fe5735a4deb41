"""How a process proves to a Kafka cluster who it is: one file, in the words that Kafka's own tools use."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from faststream.kafka.security import parse_security
from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512

PROTOCOLS: Final = ("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
MECHANISMS: Final = {"PLAIN": SASLPlaintext, "SCRAM-SHA-256": SASLScram256, "SCRAM-SHA-512": SASLScram512}
NAMES: Final = frozenset(
    {
        "security.protocol",
        "sasl.mechanism",
        "sasl.username",
        "sasl.password",
        "ssl.ca.location",
        "ssl.certificate.location",
        "ssl.key.location",
    }
)


@dataclass(frozen=True, slots=True)
class KafkaAccess:
    """The properties of a client, as librdkafka names them; empty for a cluster that asks nobody."""

    properties: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def for_broker(self) -> BaseSecurity | None:
        """For FastStream."""
        if not self.properties:
            return None
        protocol = self.properties["security.protocol"]
        context = self._context() if protocol.endswith("SSL") else None
        if not protocol.startswith("SASL"):
            return BaseSecurity(ssl_context=context, use_ssl=context is not None)
        mechanism = MECHANISMS[self.properties["sasl.mechanism"]]
        return mechanism(
            username=self.properties["sasl.username"],
            password=self.properties["sasl.password"],
            ssl_context=context,
            use_ssl=context is not None,
        )

    @property
    def for_client(self) -> dict[str, Any]:
        """For aiokafka."""
        return parse_security(self.for_broker)

    def _context(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.properties.get("ssl.ca.location"))
        if certificate := self.properties.get("ssl.certificate.location"):
            context.load_cert_chain(certificate, self.properties.get("ssl.key.location"))
        return context


NOBODY: Final = KafkaAccess()
"""For a cluster that asks nobody who he is."""


def read_access(file: Path) -> KafkaAccess:
    """`name=value` lines. Raises ValueError saying what was expected; never repeats a value."""
    try:
        lines = [line.strip() for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"a file of `name=value` lines that can be read ({type(error).__name__})") from None
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    properties = {name.strip(): value.strip() for name, _, value in pairs}
    if unknown := sorted(properties.keys() - NAMES):
        raise ValueError(f"none but {', '.join(sorted(NAMES))}; {', '.join(unknown)} is not one of them")
    protocol = properties.get("security.protocol")
    if protocol not in PROTOCOLS:
        raise ValueError(f"security.protocol to be one of {', '.join(PROTOCOLS)}")
    if protocol.startswith("SASL"):
        if properties.get("sasl.mechanism") not in MECHANISMS:
            raise ValueError(f"sasl.mechanism to be one of {', '.join(MECHANISMS)}")
        if not {"sasl.username", "sasl.password"} <= properties.keys():
            raise ValueError("sasl.username and sasl.password")
    return KafkaAccess(properties)
