/// The tables of a database of documents. `Documentation/Pipelines.md` has examples of queries.
enum DatabaseSchema {
  /// `number` and `id` count up from 1 in the order of the documents. Offsets are code points of the document's text.
  static let tables = """
    BEGIN;
    CREATE TABLE documents (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      \(DocumentRows.columns.map { "\($0) TEXT" }.joined(separator: ", ")),
      text TEXT NOT NULL,
      meta TEXT NOT NULL
    );
    CREATE TABLE sentences (
      document INTEGER NOT NULL REFERENCES documents (number),
      number INTEGER NOT NULL,
      "start" INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      PRIMARY KEY (document, number)
    ) WITHOUT ROWID;
    CREATE TABLE quotes (
      id INTEGER PRIMARY KEY,
      document INTEGER NOT NULL REFERENCES documents (number),
      number INTEGER NOT NULL,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      speaker TEXT,
      mention TEXT,
      cue TEXT,
      confidence REAL NOT NULL,
      "start" INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      spans TEXT NOT NULL
    );
    CREATE TABLE stances (
      id INTEGER PRIMARY KEY,
      document INTEGER NOT NULL REFERENCES documents (number),
      target TEXT NOT NULL,
      mention TEXT NOT NULL,
      holder TEXT,
      quote INTEGER REFERENCES quotes (id),
      sentence INTEGER,
      label TEXT NOT NULL,
      score REAL NOT NULL,
      evidence TEXT NOT NULL,
      "start" INTEGER NOT NULL,
      "end" INTEGER NOT NULL,
      FOREIGN KEY (document, sentence) REFERENCES sentences (document, number)
    );
    CREATE VIEW sentence_texts AS
      SELECT s.document, s.number, substr(d.text, s."start" + 1, s."end" - s."start") AS text
      FROM sentences s JOIN documents d ON d.number = s.document;
    COMMIT;
    """

  /// The indices are made at the end for all rows at once, which is faster than with each row. The full-text indices have no
  /// copy of the text.
  static let indices = """
    BEGIN;
    CREATE INDEX documents_id ON documents (id);
    CREATE INDEX documents_date ON documents (date);
    CREATE INDEX quotes_document ON quotes (document);
    CREATE INDEX quotes_speaker ON quotes (speaker);
    CREATE INDEX stances_document ON stances (document);
    CREATE INDEX stances_target ON stances (target, label);
    CREATE INDEX stances_holder ON stances (holder);
    CREATE INDEX stances_quote ON stances (quote);
    CREATE VIRTUAL TABLE documents_words USING fts5 (
      title, text, content = 'documents', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2');
    INSERT INTO documents_words (documents_words) VALUES ('rebuild');
    CREATE VIRTUAL TABLE quotes_words USING fts5 (
      text, content = 'quotes', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');
    INSERT INTO quotes_words (quotes_words) VALUES ('rebuild');
    COMMIT;
    """

  /// Reverts `indices`, where a run broke off after them.
  static let dropIndices = """
    DROP TABLE IF EXISTS documents_words;
    DROP TABLE IF EXISTS quotes_words;
    DROP INDEX IF EXISTS documents_id;
    DROP INDEX IF EXISTS documents_date;
    DROP INDEX IF EXISTS quotes_document;
    DROP INDEX IF EXISTS quotes_speaker;
    DROP INDEX IF EXISTS stances_document;
    DROP INDEX IF EXISTS stances_target;
    DROP INDEX IF EXISTS stances_holder;
    DROP INDEX IF EXISTS stances_quote;
    """
}
