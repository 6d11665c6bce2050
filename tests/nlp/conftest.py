"""One configuration and one analyser for all tests: both are read only."""

from __future__ import annotations

import pytest

from config import Config, load_config
from nlp import Analyzer
from nlp.privacy import Masker


@pytest.fixture(scope="session")
def config() -> Config:
    return load_config()


@pytest.fixture(scope="session")
def analyzer(config: Config) -> Analyzer:
    return Analyzer.load(config)


@pytest.fixture(scope="session")
def masker(config: Config) -> Masker:
    return Masker(config)
