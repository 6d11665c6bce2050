"""Several workers at once: how much faster they label."""
