"""The versions of routing's tables."""
