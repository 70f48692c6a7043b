"""What was looked at and found good: files that tests compare with. `python -m tests.golden` writes them again."""
