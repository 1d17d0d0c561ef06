"""What is asked of content, beyond its shape: the rules of `content check`, which the tests hold for our own."""
