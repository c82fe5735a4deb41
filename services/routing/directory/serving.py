"""What a running routing service goes by: the directory, the law, the loads."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from law.book import Law, load_law
from services.routing.directory.folder import Cards, read_folder
from services.routing.directory.reading import shipped_folder
from services.routing.domain.directory import Directory
from services.routing.domain.load import Load

if TYPE_CHECKING:
    from chassis.runtime import Runtime


async def load_reference(runtime: "Runtime") -> Mapping[type, Any]:
    """The snapshots that handlers use: of the folder that the settings name, or the one shipped."""
    directory, cards = read_folder(runtime.settings.directory_folder or shipped_folder())
    return {Directory: directory, Cards: cards, Law: load_law(runtime.settings.law_folder), Load: Load()}
