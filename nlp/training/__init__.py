"""How the bundled models are made: nothing here is needed to use them."""
