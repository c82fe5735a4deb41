"""Intake's tables, version by version."""
