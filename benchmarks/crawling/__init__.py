"""The parts of `benchmarks/crawl.py`: pages, a server, one job per crawler, measuring, scoring.

Every job is a module run as ``python -m benchmarks.crawling.NAME FOLDER`` in a process of its
own. The jobs of the peers import nothing of this project but `job`, which needs only the
standard library: they run in the peers' own environment.
"""
