-- What ISVs work on: drafts of sales configurations, who published which revision with which golden cases, and the sites that
-- may show a product's configurator.

CREATE TABLE drafts (
    slug     TEXT    NOT NULL PRIMARY KEY,
    isv      TEXT    NOT NULL REFERENCES organisations (id),
    -- shared::api::ProductText of a product that was never listed, of which this is all there is; none once it is listed.
    text     TEXT,
    -- Of the last save, whatever became of it: a number never comes again.
    version  INTEGER NOT NULL,
    based_on INTEGER,
    -- What stands in the editor's fields; none where nobody works on it.
    form     TEXT,
    -- Who saved it; of a new product, who made it.
    who      TEXT    NOT NULL REFERENCES members (id),
    saved_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_by_isv ON drafts (isv, slug);

-- None where the market was set up with it.
ALTER TABLE revisions ADD COLUMN who TEXT REFERENCES members (id);
ALTER TABLE revisions ADD COLUMN note TEXT NOT NULL DEFAULT '';
-- shared::golden::Case
ALTER TABLE revisions ADD COLUMN cases TEXT NOT NULL DEFAULT '[]';

-- Of products listed or not: the sites that may frame the configurator, as JSON.
CREATE TABLE embeds (
    slug    TEXT NOT NULL PRIMARY KEY,
    origins TEXT NOT NULL
) STRICT;
