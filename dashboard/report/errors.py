"""What can go wrong while a report is made, in words a person can act on."""


class ReportError(Exception):
    """A report could not be made; the text is one sentence in Bahasa Indonesia."""
