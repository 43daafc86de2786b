"""Accounts: limits on log-in, rules for passwords, and the log of who set them."""
