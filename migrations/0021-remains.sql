-- Of an erased entry only what names her loses its words: the rest stays, each change with its own salt, and the chain still holds it.
-- Valid on PostgreSQL 15.
ALTER TABLE entries RENAME COLUMN touched TO remains;

-- Entries that were erased before were hashed in one piece: of them the pages are known, and nothing else.
UPDATE entries SET remains = json_build_object('line', NULL, 'changes', (
    SELECT coalesce(json_agg(json_build_object('kind', page->'kind', 'id', page->'id', 'hash', NULL)), '[]')
    FROM json_array_elements(remains) AS page))
  WHERE remains IS NOT NULL;
