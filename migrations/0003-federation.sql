-- Grants are found by person and by role, organizations by the one above them: the keys of those that were written before.
INSERT INTO record_keys (office, kind, index_name, key, id)
SELECT office, kind, 'person', body->>'person', id FROM records WHERE kind = 'grant'
UNION ALL
SELECT office, kind, 'role', (body->>'role') || ' ' || (body->>'organization'), id FROM records WHERE kind = 'grant'
UNION ALL
SELECT office, kind, 'parent', coalesce(body->>'parent', 'root'), id FROM records WHERE kind = 'organization'
ON CONFLICT DO NOTHING;
