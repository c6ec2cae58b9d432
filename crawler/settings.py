"""What differs from Scrapy's defaults, each with its reason. `scrapy` and `backfile` both read it.

Settings of our own begin with `BACKFILE_`; docs/settings.md describes them.
"""

import os
from importlib.metadata import version

BOT_NAME = "backfile"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"


def user_agent(contact: str | None) -> str:
    """Say who we are, honestly; with `contact`, a site's owner can reach the program's user."""
    return (
        f"Backfile/{version('backfile')} ({f'+{contact}' if contact else 'news archive crawler'})"
    )


USER_AGENT = user_agent(os.environ.get("BACKFILE_CONTACT"))

# Politeness: robots.txt is obeyed; one request after another to each host, with a pause between
# them that grows with the host's own slowness.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "Backfile"
ROBOTSTXT_PARSER = "crawler.politeness.BoundedRobots"
DOWNLOAD_DELAY = 1.0
# Scrapy's default is from half to one and a half of it: a host's Crawl-delay would be halved.
DOWNLOAD_DELAY_JITTER = 0.0
CONCURRENT_REQUESTS = 16
# Scrapy 2.19 holds this only where there is a pause: without one (`--delay 0`, for one's own hosts)
# a host is asked for as many pages as may be claimed of it.
CONCURRENT_REQUESTS_PER_DOMAIN = 2
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0

# Safety on strangers' pages. Only http and https have a handler; private addresses are refused
# where the connection is made; certificates are checked (Scrapy's default is not to).
DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "http": "crawler.heads.BoundedHandler",
    "https": "crawler.heads.BoundedHandler",
    "s3": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True
TWISTED_DNS_RESOLVER = "crawler.resolver.GuardedResolver"
BACKFILE_ALLOW_PRIVATE = False
BACKFILE_HOSTS: dict[str, str] = {}
BACKFILE_CREDENTIALS: str | None = None

# Scrapy's cookie middleware asks tldextract which domains are public, and that would download the
# list of them by a way of its own, past every guard here; the copy that it ships does.
os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")

# Scrapy starts a telnet console and a remote control that executes what it is sent.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Bounds. The largest page of 600 real ones was 1.2 MB; the limit also holds after decompression.
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 60
DNS_TIMEOUT = 20
REDIRECT_MAX_TIMES = 10
# Front pages reload themselves after minutes; a redirect by refresh happens at once.
METAREFRESH_MAXDELAY = 5

# Passing troubles are retried at once; 429 is not among them: its sender asked for time, which
# the frontier gives.
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"

SPIDER_MIDDLEWARES = {
    # Every answer reaches the spider, whatever its status: the frontier records what became of it.
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,
    # Long addresses are fetched too; they are somebody's headline.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    # How a page was come by stands in the frontier.
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    # For those who write spiders.
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
# The same; it would parse our source anew for every page.
WARN_ON_GENERATOR_RETURN_VALUE = False

# The frontier decides what was seen and lives in the archive; Scrapy's own memory would make a
# retry look like a duplicate.
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"

DOWNLOADER_MIDDLEWARES = {
    # No host is forbidden, and what lets us in is sent by our own.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    # Ours do the same and decode no page in this process unless it must be; the first goes on by a
    # script as well: redirectors' and shorteners' pages.
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawler.redirects.GoOn": 580,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "crawler.middlewares.Decompression": 590,
    # Behind retries, which it keeps from being made.
    "crawler.politeness.Patience": 920,
    # Behind redirects and cookies: what a host is sent is decided for each hop.
    "crawler.credentials.SendCredentials": 930,
    # Next to the network, so that each hop of a redirect is kept, and as it was transferred.
    "crawler.middlewares.Capturing": 940,
    "crawler.middlewares.NetworkGuard": 950,
}
ITEM_PIPELINES = {
    "crawler.pipelines.ReadPipeline": 300,
    "crawler.pipelines.StorePipeline": 500,
}
BACKFILE_CAPTURES = True
# What is left free on the archive's disk, and what the archive may take of it, in megabytes (10^6
# bytes); None is no bound. Beyond either a crawl ends, and deletes nothing.
BACKFILE_RESERVE_MB = 500
BACKFILE_BUDGET_MB: int | None = None
# An archive for its owner's own reading is no public copy, which is what the word is about.
BACKFILE_HONOUR_NOARCHIVE = False
EXTENSIONS = {
    "crawler.progress.Progress": 500,
    "crawler.jsonlog.JsonLog": 510,
    "crawler.politeness.Politeness": 600,
}
BACKFILE_PROGRESS = True
# A file to which a log of JSON lines is added, `-` for stderr.
BACKFILE_JSON_LOG: str | None = None
# Dead links are looked up in a web archive: by the Wayback Machine's TimeGate, unless another is
# named; an empty one is none. It is everybody's: one request at a time, with a pause behind each,
# and no more links in one crawl than it takes to be through in some quarter of an hour.
WAYBACK = "https://web.archive.org/web/"
BACKFILE_MEMENTOS = True
BACKFILE_TIMEGATE = os.environ.get("BACKFILE_TIMEGATE", WAYBACK)
BACKFILE_MEMENTO_DELAY = 5.0
BACKFILE_MEMENTO_MOST = 100
# Of one answer, which is one item: Scrapy starts as many tasks for each.
CONCURRENT_ITEMS = 1
# Processes that read pages; None is one for each core.
BACKFILE_READERS: int | None = None
# Seconds until a claim of a killed crawl comes back. Longer than any page can take with retries.
BACKFILE_LEASE = 900
# Pages claimed from the frontier at a time, so that memory does not grow with it.
BACKFILE_BATCH = 32
# Of them at most so many of one host: a slow one would keep all others waiting.
BACKFILE_BATCH_PER_HOST = 12

# The summary tells what the warnings would: which pages brought nothing, and why.
LOG_LEVEL = "ERROR"
STATS_DUMP = False
DOWNLOADER_STATS = False
