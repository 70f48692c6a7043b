"""Benchmarks that anyone can run: `make bench`. Absolute times move from machine to machine; compare the ratios."""
