"""One service, running: its database, its logs, its relay, its timers, its HTTP API, and their end."""

import asyncio
import gc
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import uvicorn
import uvloop
from aiokafka.errors import KafkaError
from fastapi import FastAPI
from faststream.kafka import KafkaBroker
from opentelemetry.sdk.metrics import MeterProvider
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from chassis import failpoints
from chassis.aside import take_up
from chassis.auth import TokenReader, token_reader
from chassis.bus import Bus
from chassis.clock import Clock
from chassis.engine import Engine, Written
from chassis.inbox import Reader
from chassis.keyring import load_keyring
from chassis.log_reading import Cluster
from chassis.lookout import Lookout
from chassis.marks import Marks
from chassis.parking import Sweeper
from chassis.relay import Relay
from chassis.rounds import Rounds
from chassis.service import Service
from chassis.settings import SettingRefused, Settings, read_settings
from chassis.startup import begin_anew, check_start, connect_cluster, find_exchange, has_exchange
from chassis.stepping import Steps
from chassis.telemetry import Metrics, Traces, export_metrics, start_logging
from chassis.timers import Timers
from chassis.watch import Watch
from chassis.web import create_app
from chassis.writing import Writer
from schemas.ids import Province
from schemas.refusals import Refusal

log = logging.getLogger(__name__)

STOP_S = 10.0

EXCHANGE_LOOK_S = 2.0
EXCHANGE_WAIT_S = 30.0
"""How long deadlines wait for an exchange that is away at the start, as answers may lie there: clusters that
start together with the services are there by then."""

PROVINCES_A_BUS = 4
"""Kafka is asked for all partitions of a bus whenever one of them had something: with those of 31 provinces
in one request, each event would cost as much as a batch."""

KEEP_ALIVE_S = 75
"""Longer than clients and proxies keep an idle connection: who closes second never cuts a request off."""


@dataclass(slots=True, kw_only=True)
class Runtime:
    """The parts of a running service."""

    service: Service
    settings: Settings
    clock: Clock
    database: AsyncEngine
    lists: AsyncEngine
    """The same database, for the questions of lists."""
    engine: Engine
    rounds: Rounds
    metrics: Metrics
    tokens: TokenReader
    brokers: list[KafkaBroker]
    buses: list[Bus]
    relays: list[Relay]
    timers: Timers
    sweeper: Sweeper
    marks: Marks
    meters: MeterProvider | None
    watch: Watch
    permissions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tasks: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    stirred: list[asyncio.Event] = field(default_factory=list)
    """Of each job that rests until there may be something to do: a commit, or a step of the clock."""
    began: float = field(default_factory=time.monotonic)
    failed: str | None = None
    http_port: int = 0

    @property
    def caught_up(self) -> bool:
        """Whether all that was in the logs at assignment is applied; also where none is read."""
        return self.reaches_exchange and all(bus.caught_up for bus in self.buses)

    @property
    def reaches_exchange(self) -> bool:
        """False while it has been away since the start. Who only answers needs none."""
        return self.settings.only_answers or any(relay.cluster == "exchange" for relay in self.relays)

    @property
    def may_fire(self) -> bool:
        """Whether deadlines may end: the answers that are there are applied, or were waited for."""
        waited = time.monotonic() - self.began > EXCHANGE_WAIT_S
        return (self.reaches_exchange or waited) and all(bus.caught_up for bus in self.buses)

    @property
    def lag(self) -> int:
        return sum(bus.lag for bus in self.buses)


async def build(service: Service, settings: Settings) -> Runtime:
    """Connect, check that it is safe to start, and put the parts together. Raises RefusesToStart."""
    failpoints.arm(settings.failpoint)
    clock = Clock(settings.clock_file)
    metrics = Metrics(service.name)
    meters = export_metrics(metrics, settings.otlp_endpoint) if settings.otlp_endpoint else None
    keyring = load_keyring(settings.keys_folder, settings.provinces)
    database = create_database_engine(settings)
    lists = create_database_engine(settings, plans="auto", connections=5)
    local = await connect_cluster("local", settings.kafka, settings.kafka_access, service.name)
    started = await begin_anew(
        service, lambda: check_start(service, settings, database, local, now=clock.now())
    )
    engine = Engine(
        service,
        settings,
        database=database,
        clock=clock,
        keyring=keyring,
        writer=Writer(service=service.name, incarnation=started.incarnation, keyring=keyring),
        metrics=metrics,
        traces=Traces(service.name, endpoint=settings.otlp_endpoint, ratio=settings.trace_ratio),
        reference={},
        reader=Reader(logs=service.logs, incarnations=dict(started.sources), opens_seals=service.opens_seals),
    )
    brokers, buses, relays = ([], [], []) if settings.only_answers else build_loops(engine, local)
    runtime = Runtime(
        service=service,
        settings=settings,
        clock=clock,
        database=database,
        lists=lists,
        engine=engine,
        rounds=Rounds(engine),
        metrics=metrics,
        tokens=token_reader(settings, clock),
        brokers=brokers,
        buses=buses,
        relays=relays,
        timers=Timers(engine, may_fire=lambda: runtime.may_fire),
        # Who reads no log cannot tell what they no longer bring.
        sweeper=Sweeper(
            engine, buses, may_hold=lambda: runtime.reaches_exchange and not settings.only_answers
        ),
        marks=Marks(engine),
        meters=meters,
        watch=Watch(buses=buses, relays=relays, stuck_after_s=settings.stuck_after_s, clock=time.monotonic),
    )
    engine.wake = lambda written: wake(runtime, written)
    if service.load_reference:
        load = partial(service.load_reference, runtime)
        engine.reference = await begin_anew(service, load)
    return runtime


def wake(runtime: Runtime, written: Written) -> None:
    """Something was committed. Relays of clusters that were not written to would look in vain."""
    for relay in runtime.relays:
        if rows := written.rows[relay.cluster]:
            relay.wake(rows)
    if written.soonest:
        runtime.timers.expect(written.soonest)
    stir(runtime)


def see_step(runtime: Runtime) -> None:
    """Time has passed at once."""
    runtime.timers.wake()
    stir(runtime)


def stir(runtime: Runtime) -> None:
    """Let the jobs look."""
    for stirred in runtime.stirred:
        stirred.set()


def create_database_engine(
    settings: Settings, *, plans: str = "force_generic_plan", connections: int = 10
) -> AsyncEngine:
    """A pool whose transactions cannot hang for ever, and whose errors do not repeat what was written.

    A statement is planned once for a connection: by itself PostgreSQL would plan those of a transaction again
    and again, as it knows then how many cases they are for, which takes as long as they do. Lists are planned
    with what is asked: whoever leaves out a filter does not want the plan of one.

    Args:
        connections: that are kept; as many again come and go.
    """
    engine = create_async_engine(
        settings.database_url,
        pool_size=connections,
        max_overflow=connections,
        hide_parameters=True,
        connect_args={
            "timeout": 10,
            "command_timeout": 60,
            "server_settings": {
                "application_name": f"casebridge-{settings.service}",
                "lock_timeout": "10s",
                # Plans are made while tables are empty, and kept: reading a whole table, which is best then,
                # would be done again and again when it has grown, or was emptied and is not swept yet.
                "enable_seqscan": "off",
                "plan_cache_mode": plans,
                "idle_in_transaction_session_timeout": "30s",
            },
        },
    )
    event.listen(engine.sync_engine, "checkout", refuse_closed)
    return engine


def refuse_closed(connection: Any, *_: object) -> None:
    """Let the pool make a new connection instead of one that the server has closed meanwhile.

    The driver knows without asking. `pool_pre_ping` asks, which is three round trips for every transaction.
    """
    if connection.driver_connection.is_closed():
        raise DisconnectionError


def build_loops(engine: Engine, local: Cluster) -> tuple[list[KafkaBroker], list[Bus], list[Relay]]:
    """What reads and sends on the own cluster."""
    # Where the exchange is the own cluster, its rows still have own queues.
    names = ["local"] if has_exchange(engine.service, engine.settings) else ["local", "exchange"]
    lookout = Lookout(engine.database)
    return (*build_buses(engine, local), [build_relay(engine, name, local, lookout) for name in names])


def build_buses(engine: Engine, cluster: Cluster) -> tuple[list[KafkaBroker], list[Bus]]:
    """A bus per some provinces that are read on the cluster, so that all of them cost no more than a few."""
    service, settings = engine.service, engine.settings
    brokers, buses = [], []
    for begin in range(0, len(settings.provinces), PROVINCES_A_BUS):
        provinces = settings.provinces[begin : begin + PROVINCES_A_BUS]
        topics = topics_on(service, provinces, at_home=cluster.name == "local")
        if not topics:
            continue
        broker = KafkaBroker(
            cluster.servers.split(","),  # it takes a text for one server
            security=cluster.access.for_broker,
            graceful_timeout=STOP_S / 2,
            logger=None,
        )
        brokers.append(broker)
        buses.append(
            Bus(
                broker=broker,
                cluster=cluster.name,
                cluster_id=cluster.id,
                topics=topics,
                group=f"casebridge-{service.name}-{'-'.join(provinces)}",
                engine=engine,
            )
        )
    return brokers, buses


def topics_on(service: Service, provinces: Sequence[Province], *, at_home: bool) -> list[str]:
    """Mailboxes are on the exchange and, for own letters, on the own cluster; all else is on the own one."""
    return [
        f"cn{province}.{name}"
        for province in provinces
        for name in sorted(service.logs)
        if at_home or name == "mailbox"
    ]


def build_relay(engine: Engine, name: str, cluster: Cluster, lookout: Lookout) -> Relay:
    return Relay(
        name,
        cluster.servers,
        cluster.id,
        database=engine.database,
        holder=f"{socket.gethostname()}-{os.getpid()}",
        metrics=engine.metrics,
        access=cluster.access,
        lookout=lookout,
    )


async def take_exchange(runtime: Runtime) -> bool:
    """Read and send letters from now on; False while their cluster is away. Raises TopicsWrong."""
    exchange = await find_exchange(runtime.settings)
    if exchange is None:
        return False
    brokers, buses = build_buses(runtime.engine, exchange)
    try:
        for broker in brokers:
            await broker.start()
    except (KafkaError, OSError):
        for broker in brokers:
            await broker.stop()
        return False
    runtime.brokers += brokers
    runtime.buses += buses
    runtime.relays.append(build_relay(runtime.engine, "exchange", exchange, runtime.relays[0].lookout))
    return True


async def start_broker(broker: KafkaBroker) -> None:
    """Connect to all or to nothing, so that it can be tried again. Raises KafkaError or OSError."""
    try:
        await broker.start()
    except (KafkaError, OSError):
        await broker.stop()
        raise


async def await_exchange(runtime: Runtime) -> None:
    """Letters wait in the outbox, and in the mailboxes, until their cluster is there."""
    while not runtime.reaches_exchange and not runtime.stopping.is_set():
        try:
            async with asyncio.timeout(EXCHANGE_LOOK_S):
                await runtime.stopping.wait()
        except TimeoutError:
            if await take_exchange(runtime):
                start_loops(runtime)


async def serve(
    service: Service,
    settings: Settings,
    stopping: asyncio.Event,
    *,
    ready: Callable[[Runtime], None] = lambda _: None,
) -> None:
    """Run a service until `stopping` is set, then end within STOP_S. `ready` is called once it runs."""
    runtime = await build(service, settings)
    runtime.stopping = stopping
    own_brokers = list(runtime.brokers)
    if not runtime.reaches_exchange:
        await take_exchange(runtime)
    web = await start_web(create_app(runtime), settings)
    runtime.http_port = web.servers[0].sockets[0].getsockname()[1]
    for broker in own_brokers:
        await begin_anew(service, partial(start_broker, broker))
    await begin_anew(service, partial(take_up, runtime.engine))
    start_loops(runtime)
    log.info("service_started", extra={"service": service.name, "port": runtime.http_port})
    ready(runtime)
    await stopping.wait()
    await end(runtime, web)


def run(services: Sequence[Service], environ: Mapping[str, str] = os.environ) -> None:
    """Run services in this process until SIGTERM or SIGINT. What refuses to start says why."""
    refused: Sequence[Exception] = []
    try:
        settings = [read_settings(environ, service.name) for service in services]
        start_logging("+".join(service.name for service in services))
        collect_less_often()
        uvloop.run(serve_all(list(zip(services, settings, strict=True))))
    except* (SettingRefused, Refusal) as refusals:
        refused = each_of(refusals)
    if refused:
        sys.exit("\n".join(f"casebridge: {refusal}" for refusal in refused))


def each_of(group: BaseExceptionGroup[Exception]) -> Sequence[Exception]:
    """The exceptions of a group, and of the groups in it: services that start together refuse together."""
    return [
        leaf
        for error in group.exceptions
        for leaf in (each_of(error) if isinstance(error, BaseExceptionGroup) else [error])
    ]


def collect_less_often() -> None:
    """Let the garbage collector pass over what was imported, and not look for cycles several times a batch.

    A batch of 500 has some 10,000 headers, all of them tuples without cycles.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
    gc.enable()


async def serve_all(services: Sequence[tuple[Service, Settings]]) -> None:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    async with asyncio.TaskGroup() as group:
        for service, settings in services:
            group.create_task(serve(service, settings, stopping, ready=lambda _: listen(loop, stopping)))


def listen(loop: asyncio.AbstractEventLoop, stopping: asyncio.Event) -> None:
    """Stop on SIGTERM or SIGINT. After the web server has started, which takes the signals for itself."""
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stopping.set)


def start_loops(runtime: Runtime) -> None:
    """The loops of a service that do not run yet, by name. What fails for good ends the process."""
    loops: dict[str, Callable[[], Awaitable[None]]] = {
        **{f"bus {bus.name}": bus.run for bus in runtime.buses},
        **{f"relay {relay.cluster}": relay.run for relay in runtime.relays},
        "sweeper": runtime.sweeper.run,
        **({"clock": partial(watch_clock, runtime)} if runtime.clock.steppable else {}),
        **({} if runtime.settings.only_answers else loops_beside_logs(runtime)),
        **{job.__name__: partial(job, runtime) for job in runtime.service.jobs},
    }
    for name, loop in loops.items():
        if name not in runtime.tasks:
            runtime.tasks[name] = asyncio.create_task(guard(runtime, name, loop()))


async def watch_clock(runtime: Runtime) -> None:
    await Steps(runtime.clock, partial(see_step, runtime)).watch(runtime.stopping)


def loops_beside_logs(runtime: Runtime) -> Mapping[str, Callable[[], Awaitable[None]]]:
    """What goes by what the logs have brought."""
    return {
        "timers": runtime.timers.run,
        **({"marks": runtime.marks.run} if "mailbox" in runtime.service.logs else {}),
        "exchange": partial(await_exchange, runtime),
    }


async def guard(runtime: Runtime, name: str, work: Awaitable[None]) -> None:
    """Run a loop; a failure that nobody handles is logged and ends the process, so that it starts afresh."""
    try:
        await work
    except Exception as error:
        runtime.failed = f"{name}: {type(error).__name__}"
        log.exception("loop_failed", extra={"loop": name})
        runtime.stopping.set()
        raise
    if not runtime.stopping.is_set():
        # A bus that stopped for a person to act: stay up, not ready, and say why.
        await runtime.stopping.wait()


async def end(runtime: Runtime, web: uvicorn.Server) -> None:
    """Stop taking, finish what is at hand, send what is written, leave the group."""
    tasks = runtime.tasks
    web.should_exit = True
    for bus in runtime.buses:
        bus.stop()
    runtime.timers.stop()
    runtime.sweeper.stop()
    runtime.marks.stop()
    stir(runtime)
    first = [task for name, task in tasks.items() if not name.startswith("relay")]
    await asyncio.wait(first, timeout=STOP_S / 2)
    for relay in runtime.relays:
        relay.stop()
    await asyncio.wait(tasks.values(), timeout=STOP_S / 4)
    for task in tasks.values():
        task.cancel()
    for broker in runtime.brokers:
        await broker.stop()
    runtime.engine.traces.close()
    if runtime.meters:
        await asyncio.to_thread(runtime.meters.shutdown)
    await runtime.database.dispose()
    await runtime.lists.dispose()
    log.info("service_stopped", extra={"service": runtime.service.name})
    for task in tasks.values():
        if task.done() and not task.cancelled() and (error := task.exception()):
            raise error


async def start_web(app: FastAPI, settings: Settings) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        host=settings.http_host,
        port=settings.http_port,
        http="httptools",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
        timeout_keep_alive=KEEP_ALIVE_S,
        lifespan="off",
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    while not server.started:
        if task.done():
            await task
        await asyncio.sleep(0.01)
    return server
