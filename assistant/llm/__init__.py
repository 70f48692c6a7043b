"""Chat models: one protocol of ours, its LangChain adapter, and what keeps the use of it within bounds."""
