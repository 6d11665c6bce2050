"""Ratios against peers and quality on real pages. Each file prints a table; see README.md."""
