"""Bundles: running cases of another system, as CSV files that name each other's rows by its case numbers."""
