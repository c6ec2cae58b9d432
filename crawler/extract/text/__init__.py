"""Reading an article's text: where it is, what belongs to it, and whether it is one."""
