"""`pati schedule`: what is done when nobody looks, and how that is known.

`times` decides what is due, `book` remembers what was done, `work` is the process that does one job,
`engine` starts it and watches it, `numbers` measures, `serving` shows that to other programs.
"""
