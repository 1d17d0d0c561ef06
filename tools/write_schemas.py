"""Write the JSON Schemas of the content files anew, as `pltool content schema` prints them.

Run: python tools/write_schemas.py
"""

from __future__ import annotations

from pltool.core.json_text import as_json
from pltool.files.content_folder import own_content
from pltool.files.content_schema import KINDS, content_schema


def main() -> None:
    folder = own_content() / "schema"
    folder.mkdir(exist_ok=True)
    for kind in KINDS:
        (folder / f"{kind}.json").write_text(as_json(content_schema(kind)), encoding="utf-8")


if __name__ == "__main__":
    main()
