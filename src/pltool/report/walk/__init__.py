"""What a walk's reports say."""
