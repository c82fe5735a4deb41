"""Checking a bundle as an import does, without a service."""

from datetime import UTC, datetime
from typing import Final

from chassis.agencies import agencies_of
from law.book import load_law
from schemas.ids import Province
from services.intake.bundles.bundle import read_bundle
from services.intake.bundles.files import BundleRefused
from services.intake.bundles.fitting import fit
from services.intake.bundles.outlook import Outlook
from services.intake.bundles.running import Bundle
from tests.services.bundles import Old

NOW: Final = datetime(2026, 3, 10, 1, tzinfo=UTC)


def checked(old: Old) -> tuple[Bundle, Outlook]:
    """The bundle as it was read, and what is to be known of it."""
    bundle = read_bundle(old.packed(), Province("44"), agencies_of(None), NOW)
    return bundle, fit(bundle, Province("44"), load_law(), NOW)


def warnings(old: Old) -> list[str]:
    """What is said of a bundle that is in order."""
    bundle, outlook = checked(old)
    bundle.wrong.check()
    return outlook.warnings


def mistakes(old: Old) -> set[tuple[str, int, str]]:
    """Where there are any: file, line, column."""
    bundle, _ = checked(old)
    try:
        bundle.wrong.check()
    except BundleRefused as refused:
        return {(each["file"], each["line"], each["column"]) for each in refused.errors}
    return set()
