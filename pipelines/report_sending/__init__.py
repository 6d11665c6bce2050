"""The approved report leaves the house: once to each receiver, whatever happens meanwhile.

See docs/decisions/0029-the-report-goes-out-once.md.
"""

from pipelines.report_sending.engine import Sending, send_due, send_report

__all__ = ["Sending", "send_due", "send_report"]
