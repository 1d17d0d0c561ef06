"""One sitting, from the first question to the exit status."""
