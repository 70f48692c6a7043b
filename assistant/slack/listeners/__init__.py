"""What the app hears from Slack, and what it does at once; questions go to the inbox first."""
