"""Tools of both ``people`` and ``articles``, which know no model of either.

Import each from its own module: models are loaded at a time when forms and admin cannot be.
"""
