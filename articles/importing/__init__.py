"""Text from outside, read into what the desk would type."""
