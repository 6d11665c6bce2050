"""What `benchmarks/nlp.py` compares with."""
