"""The tables of the store, and how each version of them came from the one before."""

from __future__ import annotations

_FIRST = """
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
"""
_LINKS = """
CREATE TABLE links(
  document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE, ordinal INTEGER NOT NULL,
  target_key TEXT NOT NULL, link TEXT NOT NULL, PRIMARY KEY (document, ordinal)) STRICT, WITHOUT ROWID;
CREATE INDEX links_to ON links(target_key);
"""
_ACCESS = """
ALTER TABLE documents ADD COLUMN access TEXT NOT NULL DEFAULT '[]';
ALTER TABLE keys ADD COLUMN access TEXT NOT NULL DEFAULT '[]';
"""  # JSON lists of groups; see index/access.py
_SEALED_FIRST = (
    "id, sha256, file, media_type, header, pages, stripped, notes, issued_on, kind_key, issuer_key, place_key,"
    " page_count, passage_count, added_at, access"
)
SEALED = (  # what `documents.crc` is over; its text has a checksum of its own, for it is seldom read
    f"{_SEALED_FIRST}, corrections"
)
SEALED_CHUNK = "document, ordinal, start, stop, heading, context, page"
_SEALS = f"""
ALTER TABLE documents ADD COLUMN crc INTEGER;
ALTER TABLE documents ADD COLUMN text_crc INTEGER;
ALTER TABLE chunks ADD COLUMN crc INTEGER;
UPDATE documents SET crc = seal({_SEALED_FIRST}), text_crc = seal(text);
UPDATE chunks SET crc = seal({SEALED_CHUNK});
"""  # SQLite has no checksums of its own: a flipped bit in a text would be quoted as if it stood there
_SIMILAR = """
CREATE TABLE sketches(
  document INTEGER PRIMARY KEY REFERENCES documents(row) ON DELETE CASCADE, version TEXT NOT NULL,
  hashes BLOB NOT NULL) STRICT;
CREATE INDEX sketches_by_version ON sketches(version);
CREATE TABLE probes(
  hash INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
  PRIMARY KEY (hash, document)) STRICT, WITHOUT ROWID;
CREATE INDEX probes_of_document ON probes(document);
"""  # see index/similar.py; what was stored before is compared once it is added again
_NARROWED = "ALTER TABLE turns ADD COLUMN narrowed TEXT NOT NULL DEFAULT '{}';\n"  # see rag/memory.py
_CHOICES = """
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
"""  # what an administrator chose; see rag/choices.py
_CORRECTIONS = f"""
ALTER TABLE documents ADD COLUMN corrections TEXT NOT NULL DEFAULT '[]';
UPDATE documents SET crc = seal({SEALED}) WHERE crc IS seal({_SEALED_FIRST});
"""  # see index/corrections.py; `header` stays what was read
_PAIRS = """
CREATE TABLE pairs(
  one INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
  other INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
  share REAL NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (one, other)) STRICT, WITHOUT ROWID;
CREATE INDEX pairs_of_other ON pairs(other);
INSERT INTO meta SELECT 'pairs', '1' WHERE NOT EXISTS (SELECT 1 FROM sketches);
"""  # who is like whom, for lists; a store with sketches has them compared when it is next opened
_GONE = """
CREATE TABLE gone(document INTEGER PRIMARY KEY, change INTEGER NOT NULL) STRICT;
CREATE INDEX gone_by_change ON gone(change);
CREATE TRIGGER document_is_gone AFTER DELETE ON documents
  BEGIN INSERT INTO gone SELECT old.row, value FROM meta WHERE key = 'change'; END;
"""  # what was removed, and when: so that a generation need not look at every document to know
_NAMES = """
CREATE TABLE names(
  key TEXT NOT NULL, document INTEGER NOT NULL REFERENCES documents(row) ON DELETE CASCADE,
  PRIMARY KEY (key, document)) STRICT, WITHOUT ROWID;
CREATE INDEX names_of_document ON names(document);
CREATE INDEX documents_by_fields ON documents(issued_on, kind_key, issuer_key, place_key, id);
CREATE INDEX documents_restricted ON documents(access) WHERE access != '[]';
"""  # see index/names.py
_TURN_TIMES = "CREATE INDEX turns_by_time ON turns(at);\n"  # see rag/usage.py
_PEOPLE = """
CREATE TABLE people(id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE logins(
  id TEXT PRIMARY KEY, person TEXT NOT NULL, began_at TEXT NOT NULL, ended_at TEXT) STRICT, WITHOUT ROWID;
"""  # who signed in through the office's own accounts; see ui/logins.py
_VECTORS = """
PRAGMA secure_delete=FAST;
CREATE TABLE roomier(
  chunk INTEGER NOT NULL REFERENCES chunks(id) ON DELETE CASCADE, part INTEGER NOT NULL,
  model INTEGER NOT NULL REFERENCES models(id), vector BLOB NOT NULL, crc INTEGER NOT NULL,
  PRIMARY KEY (chunk, part, model)) STRICT;
INSERT INTO roomier SELECT chunk, part, model, vector, crc FROM vectors ORDER BY chunk, part;
DROP TABLE vectors;
ALTER TABLE roomier RENAME TO vectors;
PRAGMA secure_delete=ON;
"""  # WITHOUT ROWID, a row of more than 1 KB takes a page of its own beside the tree: four times a vector's bytes
_LENGTHS = """
CREATE TABLE lengths(
  document INTEGER PRIMARY KEY REFERENCES documents(row) ON DELETE CASCADE, chunks INTEGER NOT NULL,
  folded INTEGER NOT NULL, bigrams INTEGER NOT NULL, context_folded INTEGER NOT NULL,
  context_bigrams INTEGER NOT NULL) STRICT;
"""  # see index/lengths.py
MIGRATIONS: tuple[str, ...] = (
    _FIRST,
    _LINKS,
    _ACCESS,
    _SEALS,
    _SIMILAR,
    _NARROWED,
    _CHOICES,
    _CORRECTIONS,
    _PAIRS,
    _GONE,
    _NAMES,
    _TURN_TIMES,
    _PEOPLE,
    _VECTORS,
    _LENGTHS,
)  # each brings `user_version` one further; append only
