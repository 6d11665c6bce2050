"""datasketch's MinHashLSH in its own environment: texts in on standard input, pairs out as JSON.

Run by `benchmarks/stories.py` with the interpreter of `.tools/peers-stories`. Input: a list of texts.
Output: `pairs` of positions, and `seconds` from text to pairs.
"""

from __future__ import annotations

import json
import re
import sys
import time

from datasketch import MinHash, MinHashLSH

WORD = re.compile(r"\w+")
PERMUTATIONS, THRESHOLD, RUN = 128, 0.7, 4

if __name__ == "__main__":
    texts: list[str] = json.load(sys.stdin)
    started = time.perf_counter()
    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs = []
    for later, text in enumerate(texts):
        words = WORD.findall(text.lower())
        runs = {" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1))}
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([run.encode() for run in runs])
        pairs += [(earlier, later) for earlier in index.query(sketch)]
        index.insert(later, sketch)
    seconds = time.perf_counter() - started
    json.dump({"pairs": pairs, "seconds": seconds}, sys.stdout)
