"""Training of the cross-encoder that reads sentences with a question: run by hand, never at ingestion."""
