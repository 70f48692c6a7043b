"""What doors that draw an answer share: the cards of its sources, dates and validity in words, addresses of pages."""
