"""Train the models: `python -m nlp.train --data FOLDER [--out FOLDER]`.

The same corpus, data, code and library versions give the same files, byte for byte.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from config import load_config
from nlp.trained import BUNDLED
from nlp.training.run import train

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Train and print the cross-validated figures."""
    parser = argparse.ArgumentParser(description="Latih model dari korpus berlabel.")
    parser.add_argument("--data", type=Path, help="folder data terbuka (sentiment/smsa_train.csv, ...)")
    parser.add_argument("--out", type=Path, default=BUNDLED, help="folder model")
    options = parser.parse_args(argv)
    print(train(load_config(), options.data, options.out))  # noqa: T201 - a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
