-- Stores as earlier versions of the program left them, one step after another. Written down for the tests: never changed.

-- version 1
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('change', '0');

CREATE TABLE documents(
  row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, file TEXT NOT NULL,
  media_type TEXT NOT NULL, header TEXT NOT NULL, pages TEXT NOT NULL, stripped TEXT NOT NULL, notes TEXT NOT NULL,
  issued_on TEXT, kind_key TEXT NOT NULL, issuer_key TEXT NOT NULL, place_key TEXT NOT NULL,
  page_count INTEGER NOT NULL, passage_count INTEGER NOT NULL, added_at TEXT NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE sources(
  source TEXT PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE) STRICT, WITHOUT ROWID;
CREATE INDEX sources_of_document ON sources(document);
CREATE TABLE chunks(
  id INTEGER PRIMARY KEY AUTOINCREMENT, document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL, heading TEXT, context TEXT NOT NULL,
  page INTEGER, UNIQUE (document, ordinal)) STRICT;
CREATE TABLE models(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, dimension INTEGER NOT NULL) STRICT;
CREATE TABLE vectors(
  chunk INTEGER NOT NULL REFERENCES chunks(id) ON DELETE CASCADE, part INTEGER NOT NULL,
  model INTEGER NOT NULL REFERENCES models(id), vector BLOB NOT NULL, crc INTEGER NOT NULL,
  PRIMARY KEY (chunk, part, model)) STRICT, WITHOUT ROWID;

CREATE TABLE audit(
  number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  subject TEXT NOT NULL, detail TEXT NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE keys(
  id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL,
  expires_at TEXT, revoked_at TEXT) STRICT;
CREATE TABLE conversations(
  id TEXT PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL, created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL) STRICT;
CREATE INDEX conversations_of_owner ON conversations(owner, updated_at);
CREATE TABLE turns(
  conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  answer_id TEXT NOT NULL UNIQUE, answer_json TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (conversation, ordinal)) STRICT, WITHOUT ROWID;
CREATE TABLE feedback(
  answer_id TEXT NOT NULL, owner TEXT NOT NULL, rating TEXT NOT NULL, reason TEXT, at TEXT NOT NULL,
  PRIMARY KEY (answer_id, owner)) STRICT, WITHOUT ROWID;
INSERT INTO documents VALUES (1, id('Xã Lạc Lâm trồng 300 ha rau.'), sha('Xã Lạc Lâm trồng 300 ha rau.'), 'rau.txt', 'text/plain',
  '{"title": "Xã Lạc Lâm trồng rau", "kind": "Công văn", "number": "118-CV/BDVHU", "issued_on": "2019-10-11", "issuer": "Ban Dân vận Huyện ủy Đơn Dương", "subject": null, "signer": null, "author": null, "place": "xã Lạc Lâm", "spans": {}}',
  '[]', '[]', '[]', '2019-10-11', ' cong van ', ' ban dan van huyen uy don duong ', ' xa lac lam ', 0, 1, '2024-01-02T03:04:05+00:00',
  'Xã Lạc Lâm trồng 300 ha rau.');
INSERT INTO documents VALUES (2, id('Bản cũ.'), sha('Bản cũ.'), 'cũ.txt', 'text/plain',
  '{"title": "Bản cũ", "kind": null, "number": null, "issued_on": null, "issuer": null, "subject": null, "signer": null, "author": null, "place": null, "spans": {}}',
  '[]', '[]', '[]', NULL, '', '', '', 0, 0, '2024-01-02T03:04:06+00:00', 'Bản cũ.');
DELETE FROM documents WHERE row = 2;
INSERT INTO sources VALUES ('/kho/rau.txt', 1);
INSERT INTO models VALUES (1, 'hashed-syllables', 4);
INSERT INTO meta VALUES ('model', 'hashed-syllables');
UPDATE meta SET value = '7' WHERE key = 'change';
INSERT INTO chunks VALUES (1, 1, 0, 0, 28, NULL, 'Công văn 118-CV/BDVHU', NULL);
INSERT INTO vectors VALUES (1, 0, 1, x'0000803f000000000000000000000000', crc(x'0000803f000000000000000000000000'));
INSERT INTO audit VALUES (1, '2024-01-02T03:04:05.000+00:00', 'local', 'upload', 'd1', 'rau.txt', line('', 1, '2024-01-02T03:04:05.000+00:00', 'local', 'upload', 'd1', 'rau.txt'));
INSERT INTO audit SELECT 2, '2024-01-02T03:05:00.000+00:00', 'local', 'key', 'k1', 'create reader', line(hash, 2, '2024-01-02T03:05:00.000+00:00', 'local', 'key', 'k1', 'create reader') FROM audit;
INSERT INTO keys VALUES ('k1', 'Cổng thông tin', 'reader', sha('hoi_cu'), '2024-01-02T03:05:00+00:00', NULL, NULL);
INSERT INTO keys VALUES ('k2', 'Đã thu hồi', 'editor', sha('hoi_thu_hoi'), '2024-01-02T03:05:01+00:00', NULL, '2024-02-02T00:00:00+00:00');
INSERT INTO conversations VALUES ('k1/c1', 'k1', 'Xã nào trồng rau?', '2024-01-03T00:00:00+00:00', '2024-01-03T00:00:00+00:00');
INSERT INTO turns VALUES ('k1/c1', 1, 'a1', json_object('id', 'a1', 'question', 'Xã nào trồng rau?', 'understood', 'Xã nào trồng rau?',
  'answer', 'Xã Lạc Lâm trồng 300 ha rau [1].', 'abstained', json('false'), 'reason', NULL, 'confidence', 0.9, 'writer', 'extractive',
  'citations', json_array(json_object('marker', 1, 'document_id', id('Xã Lạc Lâm trồng 300 ha rau.'), 'file', 'rau.txt',
    'title', 'Xã Lạc Lâm trồng rau', 'number', '118-CV/BDVHU', 'issued_on', '2019-10-11', 'issuer', NULL, 'section', NULL,
    'page', NULL, 'quote', 'Xã Lạc Lâm trồng 300 ha rau.', 'start', 0, 'end', 28)),
  'passages', json('[]'), 'timings_ms', json('{}')), '2024-01-03T00:00:00+00:00');
INSERT INTO feedback VALUES ('a1', 'k1', 'up', 'đúng', '2024-01-03T00:01:00+00:00');

-- version 2
CREATE TABLE links(
  document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  target_key TEXT NOT NULL, link TEXT NOT NULL, PRIMARY KEY (document, ordinal)) STRICT, WITHOUT ROWID;
CREATE INDEX links_to ON links(target_key);


-- version 3
ALTER TABLE documents ADD COLUMN access TEXT NOT NULL DEFAULT '[]';
ALTER TABLE keys ADD COLUMN access TEXT NOT NULL DEFAULT '[]';
UPDATE keys SET access = '["nhân-sự"]' WHERE id = 'k1';

-- version 4
ALTER TABLE documents ADD COLUMN crc INTEGER;
ALTER TABLE documents ADD COLUMN text_crc INTEGER;
ALTER TABLE chunks ADD COLUMN crc INTEGER;
UPDATE documents SET crc = seal(id, sha256, file, media_type, header, pages, stripped, notes, issued_on, kind_key, issuer_key, place_key, page_count, passage_count, added_at, access), text_crc = seal(text);
UPDATE chunks SET crc = seal(document, ordinal, start, stop, heading, context, page);


-- version 5
CREATE TABLE sketches(
  document INTEGER PRIMARY KEY REFERENCES documents(row) ON DELETE CASCADE, version TEXT NOT NULL,
  hashes BLOB NOT NULL) STRICT;
CREATE INDEX sketches_by_version ON sketches(version);
CREATE TABLE probes(
  hash INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
  PRIMARY KEY (hash, document)) STRICT, WITHOUT ROWID;
CREATE INDEX probes_of_document ON probes(document);


-- version 6
ALTER TABLE turns ADD COLUMN narrowed TEXT NOT NULL DEFAULT '{}';


-- version 7
CREATE TABLE settings(
  number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL, name TEXT NOT NULL,
  value TEXT NOT NULL) STRICT;
CREATE TABLE own_abbreviations(
  abbreviation TEXT NOT NULL, full TEXT NOT NULL, context TEXT NOT NULL,
  PRIMARY KEY (abbreviation, full)) STRICT, WITHOUT ROWID;
CREATE TABLE own_places(
  name TEXT PRIMARY KEY, level TEXT NOT NULL, inside TEXT NOT NULL, means TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('choices', '0');
ALTER TABLE keys ADD COLUMN used_at TEXT;
INSERT INTO settings VALUES (1, '2024-03-01T00:00:00+00:00', 'local', 'retention_days', '90');
INSERT INTO own_abbreviations VALUES ('PNV', 'Phòng Nội vụ', 'nhân sự');
UPDATE meta SET value = '1' WHERE key = 'choices';

-- version 8
ALTER TABLE documents ADD COLUMN corrections TEXT NOT NULL DEFAULT '[]';
UPDATE documents SET crc = seal(id, sha256, file, media_type, header, pages, stripped, notes, issued_on, kind_key, issuer_key, place_key, page_count, passage_count, added_at, access, corrections) WHERE crc IS seal(id, sha256, file, media_type, header, pages, stripped, notes, issued_on, kind_key, issuer_key, place_key, page_count, passage_count, added_at, access);


-- version 9
CREATE TABLE pairs(
  one INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
  share REAL NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (one, other)) STRICT, WITHOUT ROWID;
CREATE INDEX pairs_of_other ON pairs(other);
INSERT INTO meta SELECT 'pairs', '1' WHERE NOT EXISTS (SELECT 1 FROM sketches);


-- version 10
CREATE TABLE gone(document INTEGER PRIMARY KEY, change INTEGER NOT NULL) STRICT;
CREATE INDEX gone_by_change ON gone(change);
CREATE TRIGGER document_is_gone AFTER DELETE ON documents
  BEGIN INSERT INTO gone SELECT old.row, value FROM meta WHERE key = 'change'; END;


-- version 11
CREATE TABLE names(
  key TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
  PRIMARY KEY (key, document)) STRICT, WITHOUT ROWID;
CREATE INDEX names_of_document ON names(document);
CREATE INDEX documents_by_fields ON documents(issued_on, kind_key, issuer_key, place_key, id);
CREATE INDEX documents_restricted ON documents(access) WHERE access != '[]';


-- version 12
CREATE INDEX turns_by_time ON turns(at);


-- version 13
CREATE TABLE people(id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE logins(
  id TEXT PRIMARY KEY, person TEXT NOT NULL, began_at TEXT NOT NULL, ended_at TEXT) STRICT, WITHOUT ROWID;
INSERT INTO people VALUES ('p:1', 'Lan');

-- version 14
PRAGMA secure_delete=FAST;
CREATE TABLE roomier(
  chunk INTEGER NOT NULL REFERENCES chunks(id) ON DELETE CASCADE, part INTEGER NOT NULL,
  model INTEGER NOT NULL REFERENCES models(id), vector BLOB NOT NULL, crc INTEGER NOT NULL,
  PRIMARY KEY (chunk, part, model)) STRICT;
INSERT INTO roomier SELECT chunk, part, model, vector, crc FROM vectors ORDER BY chunk, part;
DROP TABLE vectors;
ALTER TABLE roomier RENAME TO vectors;
PRAGMA secure_delete=ON;

