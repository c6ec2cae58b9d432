"""Questions that people ask of an archive, as Datasette's canned queries. Data, pure.

Each answers within half the limit of time at a million rows: by an index, by what is counted
already (`tallies`), or bounded to the newest rows, which its description says. Every parameter may
be left empty. None reads all articles: that is ten gigabytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

# What a page was read as that stands between a reader and the article.
WALLS = "'consent-wall', 'bot-challenge', 'log-in', 'paywall', 'needs-javascript'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One question."""

    title: str
    description: str
    sql: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    """Name ▸ what may be given, and what holds when it is empty."""


QUERIES: Mapping[str, Query] = {
    "most_copied": Query(
        title="Stories with most copies",
        description=(
            "The hundred stories that have most articles, with how many publishers and how many "
            "different texts they have."
        ),
        sql="""
WITH most AS (
  SELECT story_id, count(*) AS members FROM articles
  WHERE story_id IS NOT NULL
  GROUP BY story_id HAVING count(*) > 1
  ORDER BY members DESC, story_id DESC LIMIT 100
)
SELECT most.story_id, lead_id AS article_id, title, publisher, published, members,
  (SELECT count(DISTINCT publisher) FROM articles
   WHERE articles.story_id = most.story_id) AS publishers,
  (SELECT count(DISTINCT text_digest) FROM articles
   WHERE articles.story_id = most.story_id) AS texts
FROM most
JOIN stories ON stories.id = most.story_id
JOIN articles ON articles.id = lead_id
ORDER BY members DESC, most.story_id DESC""",
    ),
    "walls_met": Query(
        title="Walls met, by host",
        description=(
            "Which hosts showed a consent wall, a challenge, a log-in, a paywall or a page that "
            "needs JavaScript in the place of an article, how often, and when last."
        ),
        sql=f"""
SELECT host, verdict, count(*) AS pages, max(visited_at) AS last_met,
  sum(state = 'failed') AS tried_again
FROM frontier
WHERE verdict IN ({WALLS}) AND (:host = '' OR host = :host)
GROUP BY host, verdict ORDER BY pages DESC, host LIMIT 500""",  # noqa: S608 - constants
        parameters={"host": "one host, as in www.example.org; empty: all"},
    ),
    "undated": Query(
        title="Articles without a date",
        description=(
            "Articles for which neither the page nor a list gives a date, the last stored first; "
            "the newest 500."
        ),
        sql="""
SELECT id AS article_id, title, publisher, url, captured_at, first_seen
FROM articles WHERE time_order < 1 << 30 ORDER BY time_order DESC LIMIT 500""",
    ),
    "unresolved": Query(
        title="Headlines without a link, unresolved",
        description=(
            "Headlines without a link whose page is not known, the last listed first, with what "
            "`backfile resolve` found; the newest 500."
        ),
        sql="""
WITH open AS (
  SELECT headlines.id FROM headlines INDEXED BY idx_headlines_open
  LEFT JOIN resolutions ON resolutions.headline_id = headlines.id
  WHERE headlines.url IS NULL AND headlines.article_id IS NULL AND resolutions.url IS NULL
    AND (:source = '' OR source_id = CAST(:source AS INTEGER))
  ORDER BY headlines.id DESC LIMIT 500
)
SELECT headlines.id AS headline_id, source_id, title, publisher, published, first_seen,
  coalesce(evidence, 'not tried') AS evidence, score, resolved_at
FROM open
JOIN headlines ON headlines.id = open.id
LEFT JOIN resolutions ON headline_id = headlines.id
ORDER BY headlines.id DESC""",
        parameters={"source": "number of one source; empty: all"},
    ),
    "busiest_publishers": Query(
        title="Busiest publishers of a year",
        description=(
            "How many articles of a year are of each publisher, by their page or else a list; the "
            "first hundred."
        ),
        sql="""
WITH asked AS (
  SELECT coalesce(nullif(:year, ''), max(substr(month, 1, 4))) AS year
  FROM tallies WHERE kind = 'all'
)
SELECT year, name AS publisher, sum(articles) AS articles
FROM asked JOIN tallies ON substr(month, 1, 4) = year
WHERE kind = 'publisher' AND name <> ''
GROUP BY name ORDER BY sum(articles) DESC, name LIMIT 100""",
        parameters={"year": "four digits; empty: the newest year"},
    ),
    "link_rot": Query(
        title="Link rot by year",
        description=(
            "Of the headlines of each year: how many lead to a page that is gone, and for how many "
            "of those the article is held all the same (from before, or from a web archive). "
            "gone_originals are pages that an article of that year names as where its text is from."
        ),
        sql="""
WITH listed AS (
  SELECT substr(published, 1, 4) AS year, count(*) AS headlines
  FROM headlines WHERE published IS NOT NULL GROUP BY year
), dead AS (
  SELECT substr(headlines.published, 1, 4) AS year, count(*) AS gone,
    sum(headlines.article_id IS NOT NULL) AS held
  FROM frontier CROSS JOIN headlines ON headlines.key = frontier.key
  WHERE state = 'gone' AND headlines.published IS NOT NULL GROUP BY year
), originals AS (
  SELECT substr(coalesce(published, listed_published), 1, 4) AS year, count(*) AS gone
  FROM frontier CROSS JOIN articles ON original_key = frontier.key
  WHERE state = 'gone' GROUP BY year
)
SELECT listed.year, headlines, coalesce(dead.gone, 0) AS gone, coalesce(held, 0) AS held,
  round(100.0 * coalesce(dead.gone, 0) / headlines, 1) AS percent_gone,
  coalesce(originals.gone, 0) AS gone_originals
FROM listed
LEFT JOIN dead ON dead.year = listed.year
LEFT JOIN originals ON originals.year = listed.year
ORDER BY listed.year DESC""",
    ),
    "dead_links_found": Query(
        title="Dead links found in the web archive",
        description=(
            "Pages that are gone, and were read from a web archive; the newest 500. `dead_links` "
            "has all that are gone."
        ),
        sql="""
SELECT articles.id AS article_id, title, mementos.url, mementos.memento_url, memento_at,
  mementos.asked_at
FROM mementos INDEXED BY idx_mementos_state
LEFT JOIN articles ON articles.key = mementos.key
WHERE mementos.state = 'found' ORDER BY mementos.id DESC LIMIT 500""",
    ),
    "changed": Query(
        title="Changed after publication",
        description=(
            "Articles whose text or title changed, the last change first: when, how long after "
            "publication, and what became longer or shorter. Of the newest 5,000 changes the first "
            "500 that were late enough."
        ),
        sql="""
WITH newest AS (
  SELECT id, article_id, title, replaced_at FROM versions ORDER BY id DESC LIMIT 5000
)
SELECT newest.article_id, articles.title, publisher, published, newest.replaced_at AS changed_at,
  round(julianday(newest.replaced_at) - julianday(published), 1) AS days_after,
  nullif(newest.title, articles.title) AS title_before,
  length(articles.text) - (
    SELECT length(text) FROM versions WHERE versions.id = newest.id
  ) AS characters_more
FROM newest JOIN articles ON articles.id = newest.article_id
WHERE :days = '' OR julianday(newest.replaced_at) - julianday(published) >= CAST(:days AS REAL)
ORDER BY newest.id DESC LIMIT 500""",
        parameters={"days": "at least so many days after publication; empty: any"},
    ),
    "newest_list_changes": Query(
        title="Newest changes of the lists",
        description="What changed in the lists from visit to visit; the newest 500.",
        sql="""
WITH newest AS (
  SELECT id FROM list_changes
  WHERE (:kind = '' OR kind = :kind)
    AND (:source = '' OR source_id = CAST(:source AS INTEGER))
  ORDER BY id DESC LIMIT 500
)
SELECT at, kind, list_changes.source_id, name AS source, headline_id, old, new
FROM newest
JOIN list_changes ON list_changes.id = newest.id
JOIN sources ON sources.id = list_changes.source_id
ORDER BY list_changes.id DESC""",
        parameters={
            "kind": "added, retitled, redated, relinked, withdrawn or returned; empty: all",
            "source": "number of one source; empty: all",
        },
    ),
    "faulty_sources": Query(
        title="Sources with faults",
        description=(
            "Sources whose list could not be read, or behind whose headlines were walls and "
            "failures, in their last ten crawls; the worst first. `backfile status` judges them."
        ),
        sql="""
SELECT sources.id AS source_id, coalesce(name, url) AS source, count(*) AS crawls,
  count(list_trouble) AS unread_lists,
  (SELECT list_reason FROM crawl_sources AS last
   WHERE last.source_id = sources.id AND list_trouble IS NOT NULL
   ORDER BY crawl_id DESC LIMIT 1) AS last_reason,
  sum(undated) AS undated, sum(walls) AS walls, sum(failed) AS failed
FROM sources JOIN crawl_sources ON crawl_sources.source_id = sources.id
WHERE removed_at IS NULL AND crawl_id >= coalesce((
  SELECT crawl_id FROM crawl_sources AS tenth WHERE tenth.source_id = sources.id
  ORDER BY crawl_id DESC LIMIT 1 OFFSET 9), 0)
GROUP BY sources.id HAVING unread_lists + sum(walls) + sum(failed) > 0
ORDER BY unread_lists DESC, sum(walls) + sum(failed) DESC, sources.id LIMIT 500""",
    ),
    "biggest_texts": Query(
        title="Biggest texts",
        description=(
            "The hundred longest articles, by how many different runs of five words they have. "
            "Articles whose text was not sketched yet (`backfile stories --find`) are missing."
        ),
        sql="""
WITH longest AS (
  SELECT article_id, shingles FROM sketches ORDER BY shingles DESC LIMIT 100
)
SELECT article_id, title, publisher, published, length(text) AS characters, shingles AS runs
FROM longest JOIN articles ON articles.id = article_id
ORDER BY shingles DESC, article_id""",
    ),
    "languages": Query(
        title="Languages",
        description=(
            "How many articles are in which language, and the months of the first and the last."
        ),
        sql="""
SELECT coalesce(nullif(name, ''), 'unknown') AS language, sum(articles) AS articles,
  min(nullif(month, '')) AS first, max(nullif(month, '')) AS last
FROM tallies WHERE kind = 'language'
GROUP BY name ORDER BY sum(articles) DESC, name""",
    ),
}


def canned(query: Query) -> dict[str, object]:
    """Give a query as Datasette takes it: its description has to explain the parameters, too."""
    said = "".join(f" Parameter {name}: {words}." for name, words in query.parameters.items())
    return {
        "title": query.title,
        "description": query.description + said,
        "sql": query.sql.strip(),
        "params": list(query.parameters),
        "hide_sql": True,
    }
