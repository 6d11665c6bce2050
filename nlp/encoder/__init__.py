"""A small transformer that reads what a text means, beside the linear models that see its words."""
