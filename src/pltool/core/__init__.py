"""Values and rules. Nothing here prints, prompts, reads the clock or touches the disk."""
