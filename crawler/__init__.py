"""Gets pages and reads them: spiders follow dated headline lists, `extract` reads what came."""
