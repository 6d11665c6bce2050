"""The evidence pack: what stands behind an assessment, in files that can be checked without the system."""

from dashboard.pack.build import Issued, PackError, make, make_for, note, write
from dashboard.pack.facts import Request, request

__all__ = ["Issued", "PackError", "Request", "make", "make_for", "note", "request", "write"]
