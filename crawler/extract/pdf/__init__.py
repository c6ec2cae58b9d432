"""PDF documents read as articles: characters ▸ lines ▸ paragraphs ▸ title, date, text."""
