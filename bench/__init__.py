"""Measurements: ratios against peers in the same run, not absolute times."""
