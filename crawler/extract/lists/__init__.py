"""Reading lists: where a page's headlines are, and what each says of itself."""
