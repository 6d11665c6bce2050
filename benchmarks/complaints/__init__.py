"""What the benchmark of importing complaints is made of."""
