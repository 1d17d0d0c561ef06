"""The same questions without Python: one offline HTML file with a script of its own."""
