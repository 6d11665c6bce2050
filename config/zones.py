"""The regency's time zone, in which its days and weeks begin."""

from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
