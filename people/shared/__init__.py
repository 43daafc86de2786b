"""What the people's and the stories' app both build on, with no noun of either.

Tools, each imported from its own module: models are loaded before forms and the desk may be.
"""
