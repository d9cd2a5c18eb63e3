"""How the taxonomy of industries is shown."""

from __future__ import annotations

from hazardctl.domain.industry import Taxonomy
from hazardctl.render.sheet import Answer, Column, Sheet, coded
from hazardctl.text import Words


def answer(taxonomy: Taxonomy, words: Words) -> Answer:
    """Every industry, children under their parents."""
    records = [
        {
            "slug": one.slug,
            "parent": one.parent,
            "name": one.name,
            "english": one.english,
            "aliases": list(one.aliases),
            "regulator": one.regulator,
            "standard": one.standard,
        }
        for one in taxonomy
    ]
    return Answer(
        data=lambda: records,
        sheets=lambda: [_sheet(taxonomy, words)],
        records=lambda: records,
        coded=lambda: coded(records),
    )


def _sheet(taxonomy: Taxonomy, words: Words) -> Sheet:
    said = words.catalog("labels")["industries"]
    columns = (
        Column("slug", said["slug"], kept=True),
        Column("name", said["name"], kept=True),
        Column("english", said["english"]),
        Column("aliases", said["aliases"]),
        Column("regulator", said["regulator"]),
        Column("standard", said["standard"]),
    )
    rows = [
        [
            one.slug if one.parent is None else f"  {one.slug}",
            one.name,
            one.english,
            "、".join(one.aliases),
            one.regulator,
            one.standard,
        ]
        for one in taxonomy
    ]
    return Sheet(title="", columns=columns, rows=rows)
