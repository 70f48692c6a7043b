"""Public question sets made into a collection and a set of ours. The data stays with who downloaded it.

python -m tests.evals.adapters NAME SOURCE_FOLDER OUT_FOLDER [--limit N]
"""
