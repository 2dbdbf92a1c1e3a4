import Hearsay

/// Rows of an SQLite database: see `DatabaseSchema`.
struct SQLiteRows: OutputFormat {
  static let name = "sqlite"
  static let endings = [".sqlite", ".sqlite3", ".db"]
  static let summary = "a database to query"
  static let isDatabase = true

  init(_ options: FormatOptions) {}

  func encode(_ document: Document) -> EncodedDocument { .rows(DocumentRows(of: document)) }
}

extension OutputFormatName {
  public static let sqlite = Self(SQLiteRows.name)
}
