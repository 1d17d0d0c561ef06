"""Make the picture of the page for the README: three screens of the real page, as a phone shows them.

Run it in the checkout with the development packages and Chromium installed: python -m docs.make_page_picture
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from tests.page.conftest import FLAGS, browser_path
from tests.page.sitting import begin, press, tap

HERE = Path(__file__).parent
SIZE = {"width": 390, "height": 780}
FRAME = """<!DOCTYPE html><style>
body { margin: 0; padding: 28px; display: flex; gap: 28px; background: #e4e8ef; width: max-content; }
img { width: 300px; height: 600px; border-radius: 18px; border: 1px solid #b8c0cf; display: block; }
</style>"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder) / "page.html"
        subprocess.run(
            [sys.executable, "-m", "pltool", "page", "station-rotation", "--output", page], check=True
        )
        browser = playwright.chromium.launch(executable_path=browser_path(), args=list(FLAGS))
        pictures = []
        for scheme, keys in (("light", "yyyyy"), ("light", "yyyyyyn"), ("dark", "yyyyyyyyyyyyy")):
            tab = opened(browser, page, scheme)
            begin(tab)
            press(tab, keys)
            if keys.endswith("n"):
                tap(tab, "Show my pause")
            pictures.append(tab.screenshot())
            tab.close()
        compose(browser, pictures)
        browser.close()


def opened(browser: Browser, page: Path, scheme: str) -> Page:
    context = browser.new_context(
        viewport=SIZE,  # type: ignore[arg-type]
        color_scheme=scheme,  # type: ignore[arg-type]
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
    )
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("#page h1")
    return tab


def compose(browser: Browser, pictures: list[bytes]) -> None:
    tab = browser.new_page(device_scale_factor=1.25)
    images = "".join(f'<img src="data:image/png;base64,{b64encode(one).decode()}">' for one in pictures)
    tab.set_content(FRAME + images)
    tab.locator("body").screenshot(path=HERE / "page.png")


if __name__ == "__main__":
    main()
