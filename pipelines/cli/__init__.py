"""The command line `pati`."""

from pipelines.cli.app import main

__all__ = ["main"]
