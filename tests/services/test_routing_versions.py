"""Versions of the directory on a real database: all or nothing, compared, written out, read again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import asyncpg
import pytest

from chassis.migrate import migrate
from law.book import load_law
from schemas.codes import CaseType
from schemas.ids import AgencyId, Division, SiteId
from services.routing import repository
from services.routing.app import service
from services.routing.directory import DirectoryNotWhole, read_directory, shipped_folder
from services.routing.directory.files import FILES
from services.routing.directory.loading import cards_of, load_around, load_directory
from services.routing.directory.versions import (
    Version,
    VersionNotKnown,
    compare,
    compare_folder,
    connected,
    current_version,
    export,
    find_version,
    import_folder,
    versions,
)
from services.routing.domain.question import Question
from services.routing.domain.route import decide
from tests.services.migrated import differences
from tests.services.test_routing_directory import again, copied

AT = datetime(2026, 3, 2, 1, 12, tzinfo=UTC)
LAW = load_law()
BY_PHONE = Question(
    intake=AgencyId("440000-legal-aid"),
    home=Division("510521"),
    work=Division("442000"),
    case_type=CaseType("death-compensation"),
    on=date(2026, 3, 2),
)


@pytest.fixture
async def routing(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection to routing's migrated database, with nothing imported."""
    await migrate(service, database_url)
    async with connected(database_url) as connection:
        yield connection


async def imported(connection: asyncpg.Connection, folder: Path) -> Version:
    version, fresh = await import_folder(connection, folder, at=AT)
    assert fresh
    return version


async def test_the_migrated_database_has_the_tables_that_are_declared(database_url: str) -> None:
    await migrate(service, database_url)

    assert await differences(database_url, repository.metadata) == []


async def test_an_import_is_the_same_directory_as_the_folder(
    routing: asyncpg.Connection, tmp_path: Path
) -> None:
    version = await imported(routing, copied(tmp_path))
    loaded, read = await load_directory(routing, version), read_directory(tmp_path)

    assert (version.number, version.name) == (1, read.version)
    assert version.counts["sites.csv"] == {"rows": 20, "came": 20, "changed": 0, "went": 0}
    assert list(loaded.sites) == list(read.sites)
    assert replace(loaded, sites=read.sites) == read
    assert decide(BY_PHONE, loaded, LAW) == decide(BY_PHONE, read, LAW)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
async def test_the_encoding_does_not_matter(
    routing: asyncpg.Connection, tmp_path: Path, encoding: str
) -> None:
    for file in FILES:
        again(copied(tmp_path), file.name, encoding)

    assert (await imported(routing, tmp_path)).name == read_directory(shipped_folder()).version


async def test_one_wrong_row_imports_nothing_and_every_wrong_row_is_reported(
    routing: asyncpg.Connection, tmp_path: Path
) -> None:
    before = await imported(routing, copied(tmp_path))
    copied(tmp_path, sites=(",window,", ",door,"), agencies=("justice-bureau", "bureau"))

    with pytest.raises(DirectoryNotWhole) as refused:
        await import_folder(routing, tmp_path, at=AT)

    assert [(m.file, m.line, m.column) for m in refused.value.shown] == [
        ("agencies.csv", 2, "kind"),
        ("sites.csv", 3, "kind"),
    ]
    assert await versions(routing) == [before]
    assert await load_directory(routing, before)


async def test_a_second_import_is_a_new_version_and_the_old_one_stays_readable(
    routing: asyncpg.Connection, tmp_path: Path
) -> None:
    old = await imported(routing, copied(tmp_path))
    new = await imported(routing, copied(tmp_path, agencies=("440300-legal-aid,", "shenzhen,")))

    assert await current_version(routing) == new
    assert new.counts["agencies.csv"] == {"rows": 99, "came": 1, "changed": 0, "went": 1}
    assert new.counts["divisions.csv"]["came"] == 0
    then, now = await load_directory(routing, old), await load_directory(routing, new)
    assert AgencyId("440300-legal-aid") in then.agencies
    assert AgencyId("shenzhen") in now.agencies


async def test_importing_the_same_again_makes_no_version(routing: asyncpg.Connection, tmp_path: Path) -> None:
    first = await imported(routing, copied(tmp_path))

    assert await import_folder(routing, tmp_path, at=AT) == (first, False)


async def test_what_changed_is_told_by_row_and_column(routing: asyncpg.Connection, tmp_path: Path) -> None:
    old = await imported(routing, copied(tmp_path))
    copied(tmp_path, sites=("442000-window,", "442000-desk,"), agreements=("示例", "试点"))
    planned = await compare_folder(routing, old.number, tmp_path, lambda _, __: None)
    new = await imported(routing, tmp_path)

    found = await compare(routing, old.number, new.number)

    assert found == planned
    assert found.counts["sites.csv"] == {"came": 1, "changed": 0, "went": 1}
    assert [(d.key, d.how) for d in found.shown if d.file == "sites.csv"] == [
        ("442000-desk", "came"),
        ("442000-window", "went"),
    ]
    (changed,) = (d for d in found.shown if d.file == "agreements.csv")
    assert changed.columns == (("name_zh", "粤川法律援助协作（示例）", "粤川法律援助协作（试点）"),)


async def test_an_export_can_be_imported_as_the_same_version(
    routing: asyncpg.Connection, tmp_path: Path
) -> None:
    old = await imported(routing, copied(tmp_path))
    await imported(routing, copied(tmp_path, sites=("442000-window,", "442000-desk,")))
    (tmp_path / "out").mkdir()

    await export(routing, old.number, tmp_path / "out")

    assert read_directory(tmp_path / "out").version == old.name
    assert (await imported(routing, tmp_path / "out")).name == old.name


async def test_versions_are_found_by_number_and_name(routing: asyncpg.Connection, tmp_path: Path) -> None:
    old = await imported(routing, copied(tmp_path))
    new = await imported(routing, copied(tmp_path, sites=("442000-window,", "442000-desk,")))

    assert await find_version(routing, "current") == new
    assert await find_version(routing, "previous") == old
    assert await find_version(routing, "1") == old
    assert await find_version(routing, old.name[7:19]) == old
    with pytest.raises(VersionNotKnown, match="no version 7 of the directory; it has 2, 1"):
        await find_version(routing, "7")


async def test_a_part_of_a_version_decides_as_the_whole(routing: asyncpg.Connection, tmp_path: Path) -> None:
    version = await imported(routing, copied(tmp_path))
    whole = await load_directory(routing, version)
    part = await load_around(routing, version, BY_PHONE)

    assert len(part.sites) < len(whole.sites)
    assert decide(BY_PHONE, part, LAW) == decide(BY_PHONE, whole, LAW)


async def test_what_is_shown_of_a_site_is_read_from_the_version_that_is_named(
    routing: asyncpg.Connection, tmp_path: Path
) -> None:
    old = await imported(routing, copied(tmp_path))
    new = await imported(routing, copied(tmp_path, sites=("中山市公共法律服务中心窗口", "中山市窗口")))
    window = SiteId("442000-window")

    then = await cards_of(routing, old.name, [window])
    now = await cards_of(routing, new.name, [window])

    assert (then[window].name.zh, now[window].name.zh) == ("中山市公共法律服务中心窗口", "中山市窗口")
    assert now[window].phone == "0760-12348"
