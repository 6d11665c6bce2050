"""Finding a person in everything the system keeps, and removing the person from it."""
