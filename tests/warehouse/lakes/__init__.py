"""Lakes of every earlier schema, each made by the program of its time (`make.py`)."""
