-- The same of the names and mail addresses of those who are asked for at an enterprise: its administrators.

CREATE TABLE contact_parts (
    part         TEXT    NOT NULL,
    organisation TEXT    NOT NULL REFERENCES organisations (id),
    PRIMARY KEY (part, organisation)
) STRICT, WITHOUT ROWID;
INSERT INTO contact_parts (part, organisation)
    WITH RECURSIVE
        places (place) AS (SELECT 1 UNION ALL SELECT place + 1 FROM places WHERE place < 1000),
        texts (text, organisation) AS (
            SELECT lower(name), organisation FROM members WHERE role = 'buyer_admin'
            UNION ALL SELECT lower(email), organisation FROM members WHERE role = 'buyer_admin')
    SELECT DISTINCT substr(t.text, place, 2), t.organisation FROM texts t JOIN places ON place < length(t.text);
