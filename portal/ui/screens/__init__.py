"""One screen a file, named for what the person sees. Each has `page()`: the body draws, the callbacks act."""
