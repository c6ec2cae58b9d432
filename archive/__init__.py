"""Keeps what was read and finds it again: one folder, one SQLite file, full-text search."""
