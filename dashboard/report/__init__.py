"""The weekly report: a PDF for leadership and, beside it, the evidence for every sentence."""

from dashboard.report.build import WeeklyReport, build_weekly
from dashboard.report.errors import ReportError

__all__ = ["ReportError", "WeeklyReport", "build_weekly"]
