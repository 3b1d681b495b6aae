-- Households and persons are found by who owns them: the keys of those that were written before.
INSERT INTO record_keys (office, kind, index_name, key, id)
SELECT office, kind, 'owner', scope, id FROM records WHERE kind IN ('household', 'person')
ON CONFLICT DO NOTHING;
