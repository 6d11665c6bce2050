"""Weeks of hourly runs with what goes wrong on a machine that nobody watches (`python -m tests.soak`)."""
