"""The screen and the keys."""
