"""Checks of sentences in words of their own against what they quote. Pure: no model, no database, no clock."""
