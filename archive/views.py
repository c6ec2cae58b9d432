"""Views of the archive for people with `sqlite3` or Datasette: the SQL of one step. Pure."""

# What of a page is not known, its list may have said.
_LISTED = (
    "SELECT {column} FROM headlines WHERE article_id = articles.id AND {column} IS NOT NULL "
    "ORDER BY headlines.id LIMIT 1"
)
VIEWS = {
    "news": f"""
        SELECT stories.id AS story_id, articles.id AS article_id, title,
            coalesce(publisher, ({_LISTED.format(column="publisher")})) AS publisher,
            coalesce(published, ({_LISTED.format(column="published")})) AS published,
            language, articles.url, first_seen,
            (SELECT count(*) FROM articles WHERE story_id = stories.id) AS members
        FROM stories JOIN articles ON articles.id = lead_id
    """,  # noqa: S608 - constants
    "duplicates": """
        SELECT articles.id AS article_id, articles.title, articles.publisher, articles.published,
            articles.url, articles.story_id, leads.id AS lead_id, leads.publisher AS lead_publisher,
            leads.published AS lead_published, leads.url AS lead_url,
            articles.text_digest = leads.text_digest AS same_text
        FROM articles JOIN stories ON stories.id = articles.story_id
        JOIN articles AS leads ON leads.id = lead_id
        WHERE articles.id <> lead_id
    """,
    "dead_links": """
        SELECT frontier.url, frontier.status, frontier.reason, visited_at AS tried_at,
            headlines.title, headlines.publisher, headlines.published,
            sources.name AS source, headlines.article_id
        FROM frontier LEFT JOIN headlines ON headlines.key = frontier.key
        LEFT JOIN sources ON sources.id = coalesce(headlines.source_id, frontier.source_id)
        WHERE state = 'gone'
    """,
}
