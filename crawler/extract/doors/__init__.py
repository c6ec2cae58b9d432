"""Reading lists made for programs: feeds, sitemaps and the like, and where a page has them."""
