"""A fake web of newspapers on loopback: for tests and the demo. Standard library only.

One port, many hosts, told apart by the Host header; who crawls it maps the names to 127.0.0.1.
Words are made up; the same arguments give the same pages, whatever the clock says.

```
cellwire.example          the aggregator: posts with an excerpt and a link to the original
  /archive/  /archive/page/2/ …    the dated list (the seed)     /YYYY/MM/slug-N/   post N
  /list.txt                        the list as a text file       /out?u=…           redirector
dailyassay.example        itemprop, JSON-LD                /YYYY/MM/DD/slug-N/   (/go/N: 301)
  /latest/  /feed.json             drawn by a script, and the feed behind it
harbourbusiness.example   classes, meta, comments          /markets/slug-N
  /sitemaps.xml  /news-sitemap.xml an index, and the newest of its articles
  /feed.xml  /sitemap.xml          of its articles               /consent           the wall's door
keepsake.example          a web archive: what `Newsstand.remember` put into it, by Memento
  /web/URL  /web/STAMP/URL  /web/STAMPid_/URL  /web/timemap/link/URL
labnotes.example          JSON-LD graph, sub-headings      /p/slug-N   (/members/: robots say no)
  /in-the-news/                    a list with <time> and outlets
  /blog/  /blog/feed/  /wp-json/wp/v2/posts   the newest posts, and WordPress' doors to all
  /?s=WORDS  /wp-json/wp/v2/posts?search=     its search, as a feed and by the interface
meridianwire.example      text in chunks, <time>           /releases/slug-N.html   (/products/N)
oldquarry.example         <br> between paragraphs          /story.php?id=N
polderpost.example        nested tables, day-first         /artikel/N.html   (/dossier/N: a list)
quietshore.example        /press/: a table, day-first      /press/slug-N   (Crawl-delay: 1)
snip.example              a shortener: /xN: 301 to itself, then 302 to article N
  /refresh/xN  /script/xN          pages that lead there by a refresh, by a script
trouble.example           / lists all; /NAME and /NAME/N: article N with misbehaviour NAME
```

Every host has `/robots.txt`; another host gets 421. `oddities.ODDITIES` says which headlines lead
to something odd, `misbehaviour.BEHAVIOURS` names what a page can do wrong.
"""

from tests.newsstand.misbehaviour import BEHAVIOURS
from tests.newsstand.oddities import Oddity
from tests.newsstand.publishers import HOSTS
from tests.newsstand.server import LogEntry, Newsstand
from tests.newsstand.truth import Truth
from tests.newsstand.world import Lead

__all__ = ["BEHAVIOURS", "HOSTS", "Lead", "LogEntry", "Newsstand", "Oddity", "Truth"]
