"""What is said, and how it looks on paper, on a page and in a file. Everything here returns text."""
