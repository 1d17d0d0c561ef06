"""Reading the records and sheets of a walk."""
