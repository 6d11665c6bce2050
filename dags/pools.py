"""Print the pools that the DAGs use: ``python -m dags.pools > p.json && airflow pools import p.json``.

To be repeated when a source on a new host was added: a task waits for ever for a pool that is not there.
"""

from __future__ import annotations

import json
import sys

from dags.stages import pools

if __name__ == "__main__":
    json.dump(pools(), sys.stdout, indent=2)
