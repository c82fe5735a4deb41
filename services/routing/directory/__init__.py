"""The directory outside of a decision: files, versions in the database, what a process serves."""

from services.routing.directory.folder import read_directory
from services.routing.directory.reading import DirectoryNotWhole, DirectoryRefused, shipped_folder

__all__ = ["DirectoryNotWhole", "DirectoryRefused", "read_directory", "shipped_folder"]
