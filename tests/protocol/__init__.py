"""Tries everything that can happen to one case between provinces, with the product's own decisions."""
