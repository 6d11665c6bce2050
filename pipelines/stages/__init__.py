"""One module per stage; each has `run(...) -> StageResult` and may run again at any time."""
