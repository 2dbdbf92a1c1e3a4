import Foundation
import Hearsay

/// Documents and what was found in them, as tables of an SQLite database: see `DatabaseSchema`.
///
/// It is written aside, in transactions of many documents. Rows are numbered in the order of the documents, so that a
/// run that is taken up again deletes those behind its checkpoint and ends with the same rows.
struct DatabaseOutput {
  private let path: String
  private let database: Database
  private var inserts: Inserts?
  /// Rows so far, which are the numbers of the last ones.
  private var documents = 0
  private var quotes = 0
  private var stances = 0
  private var isInTransaction = false
  private var uncommittedBytes = 0
  private var isBroken = false
  private static let transactionBytes = 16 << 20

  private struct Inserts {
    var document: Database.Statement
    var sentence: Database.Statement
    var quote: Database.Statement
    var stance: Database.Statement

    init(_ database: Database) throws {
      func insert(_ table: String, _ columns: Int) throws -> Database.Statement {
        let marks = Array(repeating: "?", count: columns).joined(separator: ",")
        return try Database.Statement("INSERT INTO \(table) VALUES (\(marks))", database)
      }
      document = try insert("documents", DocumentRows.columns.count + 4)
      sentence = try insert("sentences", 4)
      quote = try insert("quotes", 12)
      stance = try insert("stances", 12)
    }
  }

  private var partPath: String { path + ".part" }

  /// Makes the database anew; what an earlier run left aside is overwritten.
  init(new path: String) throws {
    self.path = path
    var status = stat()
    if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw OutputError(path: path, action: "open", code: status.st_mode & S_IFMT == S_IFDIR ? EISDIR : EINVAL)
    }
    try FileSystem.makeFolder(of: path)
    for end in ["", "-wal", "-shm", "-journal"] { _ = unsafe unlink(path + ".part" + end) }
    database = try Database(path + ".part")
    try begin()
    try database.run(DatabaseSchema.tables)
  }

  /// Goes on with a database as it was at a checkpoint: rows behind it are deleted.
  init(resuming path: String, from state: [UInt8]) throws {
    self.path = path
    let numbers = String(decoding: state, as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 3 else { throw StageError("the checkpoint of the database makes no sense") }
    try FileSystem.putAside(path)
    guard FileSystem.exists(path + ".part") else {
      throw StageError("'\(path).part' is gone: the run cannot go on without it; start it anew")
    }
    database = try Database(path + ".part")
    (documents, quotes, stances) = (numbers[0], numbers[1], numbers[2])
    do {
      try begin()
      try database.run(
        """
        BEGIN;
        \(DatabaseSchema.dropIndices)
        DELETE FROM stances WHERE id > \(stances);
        DELETE FROM quotes WHERE id > \(quotes);
        DELETE FROM sentences WHERE document > \(documents);
        DELETE FROM documents WHERE number > \(documents);
        COMMIT;
        """)
    } catch let error as StageError {
      throw StageError("\(error); it was changed since the run broke off: start the run anew")
    }
    let counts = [
      (try database.number("SELECT max(number) FROM documents"), documents),
      (try database.number("SELECT max(id) FROM quotes"), quotes),
      (try database.number("SELECT max(id) FROM stances"), stances),
    ]
    guard counts.allSatisfy({ $0.0 == $0.1 }) else {
      throw StageError(
        "'\(path).part' has \(counts[0].0) documents, but had \(documents) when the run broke off: it was changed since; "
          + "start the run anew")
    }
  }

  private func begin() throws {
    // Written ahead and synced at checkpoints: a transaction costs no wait for the disk.
    try database.run("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
  }

  // MARK: Rows

  mutating func insert(_ rows: DocumentRows) throws {
    do {
      if !isInTransaction {
        try database.run("BEGIN")
        isInTransaction = true
      }
      if inserts == nil { inserts = try Inserts(database) }
      if let inserts { try insert(rows, inserts) }
      uncommittedBytes += rows.text.count
      if uncommittedBytes >= Self.transactionBytes { try commit() }
    } catch {
      isBroken = true
      throw error
    }
  }

  private mutating func insert(_ rows: DocumentRows, _ inserts: Inserts) throws {
    documents += 1
    let document = inserts.document
    document.bind(documents)
    document.bind(rows.id)
    for value in rows.about { document.bind(value) }
    document.bind(rows.text)
    document.bind(rows.metadata)
    try document.run()
    for (number, row) in rows.sentences.enumerated() {
      for value in [documents, number, row.start, row.end] { inserts.sentence.bind(value) }
      try inserts.sentence.run()
    }
    let firstQuote = quotes + 1
    for row in rows.quotes {
      quotes += 1
      let quote = inserts.quote
      for value in [quotes, documents, row.number] { quote.bind(value) }
      for value in [row.kind, row.text, row.speaker, row.mention, row.cue] { quote.bind(value) }
      quote.bind(row.confidence)
      quote.bind(row.start)
      quote.bind(row.end)
      quote.bind(row.spans)
      try quote.run()
    }
    for row in rows.stances {
      stances += 1
      let stance = inserts.stance
      stance.bind(stances)
      stance.bind(documents)
      for value in [row.target, row.mention, row.holder] { stance.bind(value) }
      stance.bind(row.quote.map { firstQuote + $0 })
      stance.bind(row.sentence)
      stance.bind(row.label)
      stance.bind(row.score)
      stance.bind(row.evidence)
      stance.bind(row.start)
      stance.bind(row.end)
      try stance.run()
    }
  }

  private mutating func commit() throws {
    uncommittedBytes = 0
    guard isInTransaction else { return }
    try database.run("COMMIT")
    isInTransaction = false
  }

  // MARK: Checkpoints and the end

  /// Makes the rows durable, and gives what `init(resuming:from:)` needs.
  mutating func checkpoint() throws -> [UInt8] {
    do {
      try commit()
      try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
      try FileSystem.sync(folders: [FileSystem.folder(of: path)])
    } catch {
      isBroken = true
      throw error
    }
    return Array("\(documents) \(quotes) \(stances)".utf8)
  }

  /// Ends the database. A whole one gets its indices, for look-ups and for words, and takes its name.
  mutating func close(_ outcome: RunOutcome) throws {
    inserts = nil
    defer { database.close() }
    // What failed once was reported then.
    guard !isBroken else { return }
    try commit()
    if outcome == .finished { try database.run(DatabaseSchema.indices) }
    // One file, with nothing beside it.
    try database.run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")
    database.close()
    guard outcome == .finished else { return }
    try FileSystem.takeName(path)
    try FileSystem.sync(folders: [FileSystem.folder(of: path)])
  }
}
