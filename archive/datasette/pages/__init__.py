"""The pages of the reading room: each reads the archive, and gives what its template shows."""
