"""The journeys of this folder go on with the cases of one province, imported together at all their stages."""

from collections.abc import AsyncIterator

import pytest

from casebridge.audit import audit
from chassis.embedded.parts import Addresses
from tests.journeys.imported.moved import Moved, moving
from tests.services.bundles import Old, every_stage
from tests.services.bundles_advanced import with_advances
from tests.services.bundles_arbitrated import with_arbitrations
from tests.services.bundles_at_court import at_court
from tests.services.bundles_departed import with_departures
from tests.services.bundles_ended import with_ends
from tests.services.bundles_groups import with_groups
from tests.services.bundles_inspected import with_inspections
from tests.services.bundles_limitation import with_limitation
from tests.services.bundles_refused import with_refusals
from tests.services.bundles_settled import with_settlements


@pytest.fixture(scope="package")
async def moved(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Moved]:
    """Everybody has heard of the import. In the end nothing is lost, doubled or invented."""
    async with moving(addresses, tmp_path_factory.mktemp("moved"), everything) as moved:
        await moved.quiet()
        yield moved
        await moved.quiet()
        report = await audit(moved.running(), now=moved.parts.clock.now())
        assert report.ok, report.text()


def everything(old: Old) -> Old:
    whole = with_ends(with_settlements(with_refusals(at_court(every_stage(old)))))
    whole = with_limitation(with_groups(with_arbitrations(whole)))
    return with_departures(with_advances(with_inspections(whole)))
