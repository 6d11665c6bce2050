"""The labelled corpus of our own: texts written by hand, with labels (see `README.md`)."""

from nlp.corpus.records import CorpusError, Record, read_corpus
from nlp.corpus.split import split

__all__ = ["CorpusError", "Record", "read_corpus", "split"]
