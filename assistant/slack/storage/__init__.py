"""What the Slack app keeps, in the database of the catalogue. All that people wrote is sealed."""
