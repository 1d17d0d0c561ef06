"""A reflection tool for blended and personalized learning."""

__version__ = "0.2.0"
