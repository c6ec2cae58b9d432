"""One spider for each way of finding headlines; all of them yield the same requests."""
