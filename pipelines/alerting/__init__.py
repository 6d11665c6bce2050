"""Alerts within a budget: counts in, incidents with their reasons out, messages on their way.

`counts` says how surprising a number is, `budget` how surprising it must be, `judge` puts both
together, `incidents` gives what was found a life, `reasons` its sentences, `notices` its messages.
All of these are pure; `watching`, `history` and `delivery` are the shell around them.
"""
