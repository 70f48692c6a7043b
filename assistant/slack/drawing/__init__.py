"""What people see in Slack: answers, the App Home, modals and reports as Block Kit. Pure: nothing is fetched."""
