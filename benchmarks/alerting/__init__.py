"""Simulated weeks, and what detectors make of them."""
