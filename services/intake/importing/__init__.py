"""Importing: a bundle that is checked becomes cases, all of them or none."""
