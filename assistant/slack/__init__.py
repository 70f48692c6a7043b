"""The Slack app: Bolt listeners over the assistant, and all that Slack needs of them."""
