"""Browsers and sessions that look at the dashboard."""
