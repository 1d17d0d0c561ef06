"""The commands of a walk."""
