"""Totals, counts, sets and comparisons over facts: what stands in no single sentence."""
