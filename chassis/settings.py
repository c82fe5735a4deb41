"""What a process is told by its environment: read once in `__main__`, checked, and passed down."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from chassis.kafka_access import NOBODY, KafkaAccess, read_access
from schemas.ids import PROVINCES, AgencyId, Province

T = TypeVar("T")


class SettingRefused(ValueError):
    """A variable that cannot be used; the sentence names it, what was found, and what was expected."""

    def __init__(self, variable: str, found: str, expected: str) -> None:
        super().__init__(f"{variable}: found {found}, expected {expected}")
        self.variable = variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What one service process of a deployment is told."""

    service: str
    provinces: tuple[Province, ...]
    """The jurisdictions that this deployment serves, sorted."""
    kafka: str
    """Bootstrap servers, `host:port,host:port`."""
    exchange_kafka: str
    """The cluster that holds the mailboxes; the same as `kafka` unless set."""
    database_url: str
    """For SQLAlchemy with asyncpg. Holds a password: never log it."""

    kafka_access: KafkaAccess = NOBODY
    """How to prove to `kafka` who this is."""
    exchange_kafka_access: KafkaAccess = NOBODY
    """How to prove it to `exchange_kafka`; the same unless set."""

    http_host: str = "127.0.0.1"
    http_port: int = 0
    """0 takes a free port."""
    only_answers: bool = False
    """Answers HTTP, and leaves the logs, the outbox and the deadlines to other processes of its service."""
    data_folder: Path = Path(".casebridge")
    """Notices, blobs."""
    keys_folder: Path = Path(".casebridge/keys")
    documents_folder: Path = Path(".casebridge/documents")
    """Encrypted documents; all replicas of intake share it."""
    directory_folder: Path | None = None
    """The workstation directory to load; None leaves what is in the database."""
    law_folder: Path | None = None
    """Rules and holidays that go over the shipped ones."""
    forms_folder: Path | None = None
    """Templates of printed papers that go over the shipped ones."""
    form_font: Path | None = None
    """The font of printed papers, instead of the one that is shipped."""
    partners: Mapping[Province, frozenset[AgencyId]] = field(default_factory=dict)
    """Agencies that have a topic of their own, by the province that writes it."""

    intakes: Mapping[Province, str] = field(default_factory=dict)
    """Where intake of other provinces answers: documents are fetched there."""

    token_keys: str | None = None
    """Public keys of tokens: a JWKS file or an https address. None: `tokens.jwks.json` in `keys_folder`."""
    token_issuer: str = "casebridge"
    token_audience: str = "casebridge"

    batch_size: int = 500
    hold_after_s: float = 300.0
    """How long an event waits for what it needs before its case is held."""
    holds_per_minute: int = 20
    """More cases than this held for one cause within a minute stop the consumer: the release is at fault."""
    stuck_after_s: float = 120.0
    """With work to do and no progress for so long, the process says that it is not alive."""
    trace_ratio: float = 1.0
    """How many of all traces are sent to the collector; the same ones by every service with this ratio."""
    otlp_endpoint: str | None = None
    """Base address of an OTLP/HTTP collector, `http://collector:4318`."""

    test_mode: bool = False
    clock_file: Path | None = None
    """Test mode only: the offset that all processes of a deployment share."""
    ledger: bool = False
    """Test mode only: keep a row for every effect, so that a test can count them."""
    failpoint: str | None = None
    """Test mode only: `name` or `name:count`; the process kills itself there (the count-th time)."""


def read_settings(environ: Mapping[str, str], service: str) -> Settings:
    """Raises SettingRefused; a variable that is set but empty counts as not set."""
    found = {name: text.strip() for name, text in environ.items() if text.strip()}
    test_mode = _read(found, "CASEBRIDGE_TEST_MODE", _flag, False)
    if not test_mode:
        for name in ("CASEBRIDGE_CLOCK", "CASEBRIDGE_LEDGER", "CASEBRIDGE_FAILPOINT"):
            if name in found:
                raise SettingRefused(name, repr(found[name]), "nothing, unless CASEBRIDGE_TEST_MODE is 1")
    kafka = _required(found, "CASEBRIDGE_KAFKA", _servers, "host:port[,host:port]")
    access = _read(found, "CASEBRIDGE_KAFKA_ACCESS", _access, NOBODY)
    data_folder = _read(found, "CASEBRIDGE_DATA", Path, Path(".casebridge"))
    return Settings(
        service=service,
        provinces=_required(found, "CASEBRIDGE_PROVINCES", read_provinces, "`44`, `44,51` or `all`"),
        kafka=kafka,
        exchange_kafka=_read(found, "CASEBRIDGE_EXCHANGE_KAFKA", _servers, kafka),
        kafka_access=access,
        exchange_kafka_access=_read(found, "CASEBRIDGE_EXCHANGE_KAFKA_ACCESS", _access, access),
        database_url=read_database_url(found, service),
        http_host=found.get("CASEBRIDGE_HTTP_HOST", "127.0.0.1"),
        http_port=_http_port(found, service),
        only_answers=_read(found, "CASEBRIDGE_ONLY_ANSWERS", _flag, False),
        data_folder=data_folder,
        keys_folder=_read(found, "CASEBRIDGE_KEYS", Path, data_folder / "keys"),
        documents_folder=_read(found, "CASEBRIDGE_DOCUMENTS", Path, data_folder / "documents"),
        directory_folder=_read(found, "CASEBRIDGE_DIRECTORY", Path, None),
        law_folder=_read(found, "CASEBRIDGE_LAW", Path, None),
        forms_folder=_read(found, "CASEBRIDGE_FORMS", Path, None),
        form_font=_read(found, "CASEBRIDGE_FORM_FONT", Path, None),
        partners=_read(found, "CASEBRIDGE_PARTNERS", read_partners, {}),
        intakes=_read(found, "CASEBRIDGE_INTAKES", read_addresses, {}),
        token_keys=found.get("CASEBRIDGE_TOKEN_KEYS"),
        token_issuer=found.get("CASEBRIDGE_TOKEN_ISSUER", "casebridge"),
        token_audience=found.get("CASEBRIDGE_TOKEN_AUDIENCE", "casebridge"),
        batch_size=_read(found, "CASEBRIDGE_BATCH_SIZE", _whole(1, 10_000), 500),
        hold_after_s=_read(found, "CASEBRIDGE_HOLD_AFTER_S", _seconds, 300.0),
        holds_per_minute=_read(found, "CASEBRIDGE_HOLDS_PER_MINUTE", _whole(1, 1_000_000), 20),
        stuck_after_s=_read(found, "CASEBRIDGE_STUCK_AFTER_S", _seconds, 120.0),
        trace_ratio=_read(found, "CASEBRIDGE_TRACE_RATIO", _ratio, 1.0),
        otlp_endpoint=_read(found, "CASEBRIDGE_OTLP", _http_address, None),
        test_mode=test_mode,
        clock_file=_read(found, "CASEBRIDGE_CLOCK", Path, None),
        ledger=_read(found, "CASEBRIDGE_LEDGER", _flag, False),
        failpoint=_read(found, "CASEBRIDGE_FAILPOINT", _failpoint, None),
    )


def read_provinces(text: str) -> tuple[Province, ...]:
    """`44`, `44,51` or `all`, sorted; raises ValueError saying what was expected."""
    if text == "all":
        return tuple(sorted(PROVINCES))
    codes = {Province(code.strip()) for code in text.split(",")}
    if not codes <= set(PROVINCES):
        raise ValueError(f"`all` or codes of {', '.join(sorted(PROVINCES))}, separated by commas")
    return tuple(sorted(codes))


def read_partners(text: str) -> Mapping[Province, frozenset[AgencyId]]:
    """`44:442000-hrss 51:510500-union`; raises ValueError saying what was expected."""
    partners: dict[Province, frozenset[AgencyId]] = {}
    for word in text.split():
        province, _, agency = word.partition(":")
        if province not in PROVINCES or not re.fullmatch(
            r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", agency, re.ASCII
        ):
            raise ValueError("province:agency, such as `44:442000-hrss`, separated by spaces")
        code = Province(province)
        partners[code] = partners.get(code, frozenset()) | {AgencyId(agency)}
    return partners


def read_addresses(text: str) -> Mapping[Province, str]:
    """`44=https://intake.example 51=http://…`; raises ValueError saying what was expected."""
    addresses: dict[Province, str] = {}
    for word in text.split():
        province, _, address = word.partition("=")
        if province not in PROVINCES:
            raise ValueError("province=address, such as `44=https://intake.example`, separated by spaces")
        addresses[Province(province)] = _http_address(address)
    return addresses


def _read(found: Mapping[str, str], name: str, convert: Callable[[str], T], default: T) -> T:
    return _required(found, name, convert, "") if name in found else default


def _required(found: Mapping[str, str], name: str, convert: Callable[[str], T], expected: str) -> T:
    """A converter raises ValueError with what it expected; this adds the variable and what was found."""
    if name not in found:
        raise SettingRefused(name, "nothing", expected)
    try:
        return convert(found[name])
    except ValueError as error:
        raise SettingRefused(name, repr(found[name]), str(error)) from None


def _flag(text: str) -> bool:
    if text.lower() not in ("0", "1", "true", "false"):
        raise ValueError("0 or 1")
    return text.lower() in ("1", "true")


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def convert(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not lowest <= int(text) <= highest:
            raise ValueError(f"a whole number from {lowest} to {highest}")
        return int(text)

    return convert


def _seconds(text: str) -> float:
    if not re.fullmatch(r"\d{1,9}(\.\d{1,3})?", text, re.ASCII) or float(text) == 0:
        raise ValueError("seconds, more than 0, such as `300` or `0.5`")
    return float(text)


def _ratio(text: str) -> float:
    if not re.fullmatch(r"0(\.\d{1,6})?|1(\.0{1,6})?", text, re.ASCII):
        raise ValueError("a number from 0 to 1")
    return float(text)


def _access(text: str) -> KafkaAccess:
    return read_access(Path(text))


def _servers(text: str) -> str:
    servers = [server.strip() for server in text.split(",")]
    if not all(re.fullmatch(r"[^\s/@]+:\d{1,5}", server, re.ASCII) for server in servers):
        raise ValueError("host:port[,host:port]")
    return ",".join(servers)


def _http_address(text: str) -> str:
    address = urlsplit(text)
    if address.scheme not in ("http", "https") or not address.hostname:
        raise ValueError("http://host:port or https://host:port")
    return text.rstrip("/")


def _failpoint(text: str) -> str:
    if not re.fullmatch(r"[a-z_]+(:[1-9]\d*)?", text, re.ASCII):
        raise ValueError("`name` or `name:count`")
    return text


def _http_port(found: Mapping[str, str], service: str) -> int:
    """Services that share a process need a port each: a service's own variable wins."""
    own = f"CASEBRIDGE_HTTP_PORT_{service.upper()}"
    return _read(found, own if own in found else "CASEBRIDGE_HTTP_PORT", _whole(0, 65_535), 0)


def read_database_url(found: Mapping[str, str], service: str) -> str:
    """One database per service: its own variable wins; an address without a database gets the service's.

    Raises SettingRefused.
    """
    own = f"CASEBRIDGE_DATABASE_URL_{service.upper()}"
    name = own if own in found else "CASEBRIDGE_DATABASE_URL"
    expected = "postgresql://user:password@host:port[/database]"
    if name not in found:
        raise SettingRefused(name, "nothing", expected)
    try:
        url = make_url(found[name])
    except (ArgumentError, ValueError):
        # The text may hold a password, so it is not repeated.
        raise SettingRefused(name, "a text that is no database address", expected) from None
    if url.drivername.split("+")[0] not in ("postgresql", "postgres"):
        raise SettingRefused(name, f"an address for {url.drivername}", expected)
    named = url.set(drivername="postgresql+asyncpg", database=url.database or f"casebridge_{service}")
    return named.render_as_string(hide_password=False)
