"""What `benchmarks/stories.py` measures with: pairs of texts, a peer, a lake that grows."""
