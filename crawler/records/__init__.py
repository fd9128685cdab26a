"""Floor 2, the reading edge: from INPUTs to a stream of `Record`s. Start at `sources.read`.

    INPUT ─ inputs ─→ Source ─┬─ markdown ── front_matter ─ yaml_tree ─┐
                              ├─ data ────── json_tree / yaml_tree ────┼─ articles ─→ Link, Problem ─→ Record
                              ├─ json_lines ─ json_tree ───────────────┘
                              ├─ table, url_list (streamed)
                              └─ body, html (Markdown bodies)

Whatever stands in a record is hostile until read: each bound is a setting of `records.bounds`, checked while reading.
"""
