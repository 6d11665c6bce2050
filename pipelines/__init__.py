"""The stages in order, and the command line: the only floor that knows everybody."""
