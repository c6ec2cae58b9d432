"""What in an address says nothing about its page: who sent the reader, and how it is drawn. Data.

Sorted tables with their sources; `archive.urls` reads them. Names are in lower case, `*` ends a
prefix. A name that is also in use for content (`source`, `ref`, `cid`, `from`, `campaign_id`)
belongs to a host, never to all; so does a path's or a host's form that only one publisher has.

What unlocks an article for its reader (`sk` at medium.com, gift links) is in none of them.
"""

from collections.abc import Mapping
from types import MappingProxyType

# Parameters that only count visits, by who sets them. Taken from the vendors' documentation of
# their link tagging, as named, and from what ClearURLs, Brave and Firefox publish as stripped.
TRACKING: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # experienceleague.adobe.com: Analytics, Advertising and Marketo tracking codes
        "Adobe": ("ef_id", "intcmp", "mkt_tok", "s_kwcid"),
        # amp.dev, "How AMP pages are cached": what viewers and caches append
        "AMP": ("amp_gsa", "amp_js_v", "amp_kit", "amp_lite", "amp_r", "aoh", "usqp"),
        # developers.atinternet-solutions.com: campaigns
        "AT Internet": ("at_campaign", "at_custom*", "at_link*", "at_medium", "at_ptr*", "xtor"),
        # help.branch.io: deep links
        "Branch": ("_branch_match_id", "_branch_referrer"),
        # comScore Digital Analytix link tagging
        "comScore": ("ns_campaign", "ns_fee", "ns_linkname", "ns_mchannel", "ns_source"),
        # developer.dotdigital.com: link tracking
        "Dotdigital": ("dm_i", "dm_t"),
        # Drip's and Vero's help pages: who clicked in a letter
        "Drip": ("__s",),
        # docs.oracle.com: Eloqua asynchronous tracking
        "Eloqua": ("elqak", "elqtrack", "elqtrackid"),
        # Gannett's newspapers: internal promotion
        "Gannett": ("g2i_campaign", "g2i_medium", "g2i_source"),
        # developers.google.com/analytics and support.google.com/google-ads: tagging
        "Google": (
            "_ga",
            "_gl",
            "dclid",
            "gad_campaignid",
            "gad_source",
            "gbraid",
            "gclid",
            "gclsrc",
            "srsltid",
            "utm_*",
            "wbraid",
        ),
        # knowledge.hubspot.com: parameters that it adds to links
        "HubSpot": ("__hsfp", "__hssc", "__hstc", "_hsenc", "_hsmi", "hsctatracking"),
        # help.iterable.com, help.klaviyo.com: who clicked in a letter
        "Iterable": ("iterable_campaign", "iterable_template"),
        "Kit": ("ck_subscriber_id",),
        "Klaviyo": ("_kx",),
        # learn.microsoft.com/linkedin: conversions
        "LinkedIn": ("li_fat_id",),
        # mailchimp.com/developer: campaign and reader
        "Mailchimp": ("mc_cid", "mc_eid"),
        # matomo.org/docs/tracking-campaigns, today's and former names
        "Matomo": (
            "matomo_*",
            "mtm_*",
            "piwik_*",
            "pk_campaign",
            "pk_content",
            "pk_cpn",
            "pk_keyword",
            "pk_kwd",
            "pk_medium",
            "pk_source",
        ),
        # developers.facebook.com: click and share identifiers
        "Meta": (
            "fb_action_ids",
            "fb_action_types",
            "fb_comment_id",
            "fb_ref",
            "fb_source",
            "fbclid",
            "igsh",
            "igshid",
        ),
        # learn.microsoft.com/dynamics and help.ads.microsoft.com: auto-tagging
        "Microsoft": ("msclkid",),
        # knowledgebase.omeda.com: reader in a letter
        "Omeda": ("oly_anon_id", "oly_enc_id"),
        # outbrain.com/help: click identifiers
        "Outbrain": ("dicbo", "oborigurl"),
        # docs.piano.io: promotion within a site, named after Google's
        "Piano": ("itm_*",),
        # help.pinterest.com: click identifier
        "Pinterest": ("epik",),
        # sessions in addresses: php.net/session, Tomcat, ColdFusion, osCommerce, Zen Cart
        "sessions": ("cfid", "cftoken", "jsessionid", "oscsid", "phpsessid", "zenid"),
        # help.taboola.com: click identifier
        "Taboola": ("tblci",),
        # ads.tiktok.com/help: click identifier
        "TikTok": ("ttclid",),
        "Vero": ("vero_conv", "vero_id"),
        # docs.mapp.com (Webtrekk) and Webtrends campaign tags
        "Webtrekk": ("wt.mc_*", "wt.nav", "wt_cc*", "wt_mc", "wt_zmc"),
        # business.x.com: click identifier; publish.x.com: what its embeds append
        "X": ("__twitter_impression", "ref_src", "ref_url", "twclid"),
        # guce.yahoo.com: what the consent page adds when it sends a reader back
        "Yahoo": ("guccounter", "guce_referrer", "guce_referrer_sig", "soc_src", "soc_trk"),
        # yandex.ru/support/direct and metrica: tagging
        "Yandex": ("_openstat", "yclid", "ymclid", "ysclid"),
    }
)

# Parameters that track at one publisher (and its subdomains) and may mean something elsewhere;
# seen on these sites' own links to articles that they also link to without.
TRACKING_BY_HOST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "asahi.com": ("iref",),
        "bbc.co.uk": ("ocid", "pinned_post_type"),
        "bbc.com": ("ocid", "pinned_post_type"),
        "bloomberg.com": ("embedded-checkout", "sref", "srnd"),
        # The Government Site Builder: from which node of the navigation the reader came
        "bund.de": ("nn",),
        "businessinsider.com": ("ir", "r"),
        "cbsnews.com": ("ftag",),
        "dailymail.co.uk": ("ico", "ito"),
        "dw.com": ("maca",),
        "forbes.com": ("sh",),
        "goo.ne.jp": ("fm",),
        "handelsblatt.com": ("navi",),
        "inews.co.uk": ("ico",),
        "linkedin.com": ("lipi", "trackingid", "trk"),
        "medium.com": ("source",),
        "msn.com": ("cvid", "ei", "ocid"),
        "nikkei.com": ("n_cid",),
        "nytimes.com": ("emc", "partner", "smid", "smtyp"),
        "repubblica.it": ("ref",),
        "theguardian.com": ("cmp",),
        "washingtonpost.com": ("itid", "wpisrc"),
        "wsj.com": ("mod", "reflink"),
        "x.com": ("s", "t"),
        "youtube.com": ("feature", "si"),
    }
)

# Parameters by which the same article is drawn otherwise: for AMP, a small screen or paper, with
# its comments open or a form below one of them. An address keeps them; a key does not.
# AMP: amp.dev's forms as WordPress, Arc, Gannett and others make them; `replytocom`: WordPress.
VIEWS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "_amp": ("", "1", "true"),
        "amp": ("", "1", "true", "yes"),
        "format": ("amp",),
        "layout": ("amp",),
        "mobile": ("", "0", "1", "false", "true"),
        "mode": ("amp",),
        "ot": ("ot.amppagelayout",),
        "output": ("amp",),
        "outputtype": ("amp",),
        "print": ("", "1", "true", "yes"),
        "replytocom": ("*",),
        "template": ("amp", "ampart"),
        "tpl": ("amp",),
        "variant": ("amp",),
        "view": ("amp", "mobile"),
    }
)
VIEWS_BY_HOST: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "arstechnica.com": ("comments",),
        "blogspot.com": ("m", "showcomment"),
        "sueddeutsche.de": ("reduced",),
    }
)

# One publisher under several names; the value is what the key says. What begins with a dot stands
# for every host below it. A paper's editions are none: their front pages are lists of their own.
HOST_ALIASES: Mapping[str, str] = MappingProxyType(
    {
        ".blogspot.be": ".blogspot.com",
        ".blogspot.ca": ".blogspot.com",
        ".blogspot.ch": ".blogspot.com",
        ".blogspot.co.at": ".blogspot.com",
        ".blogspot.co.uk": ".blogspot.com",
        ".blogspot.com.ar": ".blogspot.com",
        ".blogspot.com.au": ".blogspot.com",
        ".blogspot.com.br": ".blogspot.com",
        ".blogspot.com.es": ".blogspot.com",
        ".blogspot.com.tr": ".blogspot.com",
        ".blogspot.de": ".blogspot.com",
        ".blogspot.fr": ".blogspot.com",
        ".blogspot.in": ".blogspot.com",
        ".blogspot.it": ".blogspot.com",
        ".blogspot.jp": ".blogspot.com",
        ".blogspot.nl": ".blogspot.com",
        ".m.wikinews.org": ".wikinews.org",
        ".m.wikipedia.org": ".wikipedia.org",
        "amp2.handelsblatt.com": "handelsblatt.com",
        "gov.uk": "www.gov.uk",
        "mobil.derstandard.at": "derstandard.at",
        "mobil.krone.at": "krone.at",
        "mobile.abc.net.au": "abc.net.au",
        "mobile.nytimes.com": "nytimes.com",
        "mobile.reuters.com": "reuters.com",
        "mobile.twitter.com": "x.com",
        "twitter.com": "x.com",
    }
)

# Paths of the same article for AMP or small screens that one publisher has: what is searched for,
# and what stands there in the key.
PATHS_BY_HOST: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "asahi.com": ((r"^/sp(?=/articles/)", ""),),
        "cnn.com": ((r"^/cnn(?=/20\d\d/)", ""),),
        "corriere.it": ((r"_amp(?=\.shtml$)", ""),),
        "eurosport.de": ((r"/story-amp(?=\.shtml$)", "/story"),),
        "indiatimes.com": ((r"/amp_(?=articleshow/\d)", "/"),),
        "jagran.com": ((r"^/lite(?=/.*\d\.html$)", ""),),
        "ndtv.com": ((r"(?<=\d)/amp/1$", ""),),
        "nu.nl": ((r"\.amp$", ".html"),),
        "otempo.com.br": ((r"^/mobile(?=/.*\d$)", ""),),
        "phys.org": ((r"\.amp$", ".html"),),
        "spiegel.de": ((r"(?<=[0-9a-f]{12})-amp$", ""),),
        "zeit.de": ((r"(?<=[^/])/komplettansicht$", ""),),
    }
)

# Fragments that look like addresses to the page's own script (`#!`) and are not: where a reader
# stood (PubMed Central, Elsevier), pictures in a light box (prettyPhoto), a share button's mark.
NO_ROUTES = ("#!div", "#!po=", "#!prettyphoto", "#!xtor")
