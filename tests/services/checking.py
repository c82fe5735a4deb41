"""Checking a bundle as an import does, without a service."""

from datetime import UTC, datetime
from typing import Final

from chassis.agencies import agencies_of
from law.book import load_law
from schemas.ids import Province
from services.intake.bundles.bundle import read_bundle
from services.intake.bundles.files import BundleRefused
from services.intake.bundles.fitting import fit
from tests.services.bundles import Old

NOW: Final = datetime(2026, 3, 10, 1, tzinfo=UTC)


def mistakes(old: Old) -> set[tuple[str, int, str]]:
    """Where there are any: file, line, column."""
    bundle = read_bundle(old.packed(), Province("44"), agencies_of(None), NOW)
    fit(bundle, Province("44"), load_law(), NOW)
    try:
        bundle.wrong.check()
    except BundleRefused as refused:
        return {(each["file"], each["line"], each["column"]) for each in refused.errors}
    return set()
