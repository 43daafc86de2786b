"""Accounts of the desk: how one logs in, with what password, and who set it."""
