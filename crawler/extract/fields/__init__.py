"""Reading what a page says of its article: title, byline, dates and the rest."""
