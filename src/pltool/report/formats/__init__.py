"""The forms a report takes: an outline, and how it becomes text, Markdown, HTML or a drawing."""
