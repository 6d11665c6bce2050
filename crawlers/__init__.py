"""From the outside world into the landing zone: web pages, video comments and complaint files.

`runner.crawl` is the door. Everything it finds ends in one counted state (stored, duplicate or
rejected), and nothing is remembered as seen before it is on disk.
"""
