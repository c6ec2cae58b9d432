"""A reader with a browser: opens pages, and notes whatever the browser complains of."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

# Of what the accessibility check finds, what keeps people from reading; nothing is let pass.
GRAVE = {"serious", "critical", "moderate"}
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
});
"""


class Reader:
    """Someone who looks at pages."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.asked: list[str] = []
        """Every address that the browser asked for."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("dialog", self._dialog)
        page.on("request", lambda request: self.asked.append(request.url))
        page.add_init_script(VIOLATIONS)

    @classmethod
    @contextmanager
    def at(
        cls,
        browser: Browser,
        address: str,
        *,
        width: int = 1280,
        height: int = 900,
        dark: bool = False,
        scripts: bool = True,
    ) -> Iterator["Reader"]:
        """Sit down before a window of so many CSS pixels."""
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
        )
        try:
            yield cls(context.new_page(), address)
        finally:
            context.close()

    def open(self, path: str, *, status: int = 200) -> Page:
        """Open a page of the reading room, which answers with `status`."""
        answer = self.page.goto(self.address + path)
        assert isinstance(answer, Response)
        assert answer.status == status, f"{path}: {answer.status}"
        return self.page

    def is_scrolled_sideways(self) -> bool:
        """Tell whether the page is wider than the window."""
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        return bool(self.page.evaluate(wide))

    def barriers(self) -> list[str]:
        """Give what keeps people from reading the page, as axe-core finds it."""
        found: list[dict[str, Any]] = Axe().run(self.page).response["violations"]
        return [
            f"{each['id']} ({each['impact']}): {[node['html'][:200] for node in each['nodes']]}"
            for each in found
            if each["impact"] in GRAVE
        ]

    def violations(self) -> list[str]:
        """Give what the page's policy kept from running or loading."""
        return [str(each) for each in self.page.evaluate("window.violations")]

    def complain(self) -> None:
        """Fail for whatever the browser complained of, and for a request that left the machine."""
        assert self.complaints == []
        assert [url for url in self.asked if not url.startswith(self.address)] == []

    def _console(self, message: Any) -> None:
        # A page that is not there is one that a test asked for.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(f"a script of a stored page ran: {dialog.message}")
        dialog.dismiss()
