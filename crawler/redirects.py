"""Redirects that a page itself asks for: by `<meta http-equiv=refresh>`, or by its script.

Those by status are Scrapy's; the guards of `crawler.middlewares` and `crawler.resolver` see every
hop of either, and each is captured.
"""

from scrapy import Spider
from scrapy.downloadermiddlewares.redirect import MetaRefreshMiddleware
from scrapy.http import HtmlResponse, Request, Response

from archive.urls import page_key
from crawler.extract.interstitial import leads_on_to

# What a page that sends its reader on holds, as far into it as Scrapy looks: 4,096 characters.
REFRESH, REFRESH_BYTES = b"refresh", 4 * 4096


class GoOn(MetaRefreshMiddleware):
    """Follows what a browser would follow without being asked, within Scrapy's bounds."""

    def process_response(
        self,
        request: Request,
        response: Response,
        spider: Spider | None = None,  # noqa: ARG002 - Scrapy's signature
    ) -> Request | Response:
        """Give the request that the page leads to, else the page.

        Raises:
            IgnoreRequest: too many redirects.

        """
        if request.meta.get("dont_redirect"):
            return response
        # Only pages that may hold such a tag are decoded here. Encodings of two bytes put a zero
        # beside each letter.
        head = response.body[:REFRESH_BYTES].replace(b"\x00", b"").lower()
        gone_on = super().process_response(request, response) if REFRESH in head else response
        if isinstance(gone_on, Request):
            return response if is_reload(request, gone_on) else gone_on
        if not isinstance(response, HtmlResponse) or response.status >= 400:
            return response
        target = leads_on_to(response.body, url=response.url)
        if target is None:
            return response
        onward = self._redirect_request_using_get(request, response, target)
        return self._redirect(onward, request, "script")


def is_reload(request: Request, gone_on: Request) -> bool:
    """Tell a page that loads itself again and again, which is read as it is.

    The first time it is asked once more: it may have set the cookie that opens it.
    """
    asked = [page_key(url) for url in request.meta.get("redirect_urls", ())]
    return page_key(gone_on.url) == page_key(request.url) and page_key(request.url) in asked
