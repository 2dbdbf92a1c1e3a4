import Foundation
import Hearsay

/// Writes documents and their findings to the tables of an SQLite database: see `DatabaseSchema`.
///
/// The database is written aside, in transactions of many documents. Rows are numbered in the order of the documents, so
/// that a resumed run can delete those after its checkpoint and ends with the same rows.
struct DatabaseOutput {
  private let path: String
  private let database: Database
  private var inserts: Inserts?
  private var rows = Rows()
  /// The hashes of the rows at the checkpoint of a resumed run.
  private var hashes: [Table: RowHash] = [:]
  private var isInTransaction = false
  private var uncommittedBytes = 0
  private var isBroken = false
  private static let transactionBytes = 16 << 20

  /// The tables, each with the query for the rows up to a number in the order of insertion.
  private enum Table: String, CaseIterable {
    case documents, sentences, quotes, stances

    func rows(_ most: Rows) -> String {
      switch self {
      case .documents: "SELECT * FROM documents WHERE number <= \(most.documents) ORDER BY number"
      case .sentences: "SELECT * FROM sentences WHERE document <= \(most.documents) ORDER BY document, number"
      case .quotes: "SELECT * FROM quotes WHERE id <= \(most.quotes) ORDER BY id"
      case .stances: "SELECT * FROM stances WHERE id <= \(most.stances) ORDER BY id"
      }
    }
  }

  /// How many rows there are, which are the numbers of the last ones.
  private struct Rows {
    var documents = 0
    var quotes = 0
    var stances = 0
  }

  private struct Inserts {
    var document: Database.Statement
    var sentence: Database.Statement
    var quote: Database.Statement
    var stance: Database.Statement

    /// - Parameter hashes: The hashes of the rows that the tables have already.
    init(_ database: Database, _ hashes: [Table: RowHash]) throws {
      func insert(_ table: Table, _ columns: Int) throws -> Database.Statement {
        let marks = Array(repeating: "?", count: columns).joined(separator: ",")
        let statement = try Database.Statement("INSERT INTO \(table) VALUES (\(marks))", database)
        if let hash = hashes[table] { statement.continueHash(hash) }
        return statement
      }
      document = try insert(.documents, DocumentRows.columns.count + 4)
      sentence = try insert(.sentences, 4)
      quote = try insert(.quotes, 12)
      stance = try insert(.stances, 12)
    }

    var hashes: [Table: RowHash] {
      [.documents: document.hash, .sentences: sentence.hash, .quotes: quote.hash, .stances: stance.hash]
    }
  }

  /// Creates the database.
  init(new path: String, in context: StageContext) throws {
    // Registers the output, and refuses what is not a file. SQLite opens the empty file.
    var file = try OutputFile(new: path, in: context)
    file.close()
    guard !file.isStream, let target = OutputPlace(path).filePath else {
      throw OutputError(path: path, action: "open", code: EINVAL, detail: "a database needs a regular file")
    }
    self.path = target
    database = try Database(OutputFile.partPath(of: target))
    try begin()
    try database.run(DatabaseSchema.tables)
  }

  /// Resumes a database at a checkpoint: rows after it are deleted.
  init(resuming path: String, from state: [UInt8], in context: StageContext) throws {
    let words = String(decoding: state, as: UTF8.self).split(separator: " ").map(String.init)
    let numbers = words.prefix(3).compactMap { Int($0) }
    guard numbers.count == 3, words.count == 3 + Table.allCases.count else {
      throw StageError("the checkpoint of the database makes no sense")
    }
    let target = OutputPlace(path).filePath ?? path
    self.path = target
    rows = Rows(documents: numbers[0], quotes: numbers[1], stances: numbers[2])
    let found = try OutputFile.unfinishedPath(of: target)
    let changed = StageError("'\(found)' is not what it was when the run broke off; start the run anew")
    do {
      // Checked before anything is changed: the file may be the database of another run.
      let database = try Database(found)
      for (table, digest) in zip(Table.allCases, words.dropFirst(3)) {
        let hash = try Database.Statement(table.rows(rows), database).hashOfRows()
        guard hash.digest == digest else { throw changed }
        hashes[table] = hash
      }
    } catch is StageError {
      throw changed
    }
    try context.registerContinuedOutput(target)
    try OutputFile.putAside(target)
    database = try Database(OutputFile.partPath(of: target))
    try begin()
    try database.run(
      """
      BEGIN;
      \(DatabaseSchema.dropIndices)
      DELETE FROM stances WHERE id > \(rows.stances);
      DELETE FROM quotes WHERE id > \(rows.quotes);
      DELETE FROM sentences WHERE document > \(rows.documents);
      DELETE FROM documents WHERE number > \(rows.documents);
      COMMIT;
      """)
  }

  private func begin() throws {
    // With a write-ahead log, synced at checkpoints, a transaction does not wait for the disk.
    try database.run("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
  }

  // MARK: Rows

  mutating func insert(_ rows: DocumentRows) throws {
    do {
      if !isInTransaction {
        try database.run("BEGIN")
        isInTransaction = true
      }
      if inserts == nil { inserts = try Inserts(database, hashes) }
      if let inserts { try insert(rows, inserts) }
      uncommittedBytes += rows.text.count
      if uncommittedBytes >= Self.transactionBytes { try commit() }
    } catch {
      isBroken = true
      throw error
    }
  }

  private mutating func insert(_ found: DocumentRows, _ inserts: Inserts) throws {
    rows.documents += 1
    let document = inserts.document
    document.bind(rows.documents)
    document.bind(found.id)
    for value in found.about { document.bind(value) }
    document.bind(found.text)
    document.bind(found.metadata)
    try document.run()
    for (number, row) in found.sentences.enumerated() {
      for value in [rows.documents, number, row.start, row.end] { inserts.sentence.bind(value) }
      try inserts.sentence.run()
    }
    let firstQuote = rows.quotes + 1
    for row in found.quotes {
      rows.quotes += 1
      let quote = inserts.quote
      for value in [rows.quotes, rows.documents, row.number] { quote.bind(value) }
      for value in [row.kind, row.text, row.speaker, row.mention, row.cue] { quote.bind(value) }
      quote.bind(row.confidence)
      quote.bind(row.start)
      quote.bind(row.end)
      quote.bind(row.spans)
      try quote.run()
    }
    for row in found.stances {
      rows.stances += 1
      let stance = inserts.stance
      stance.bind(rows.stances)
      stance.bind(rows.documents)
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

  /// Makes the rows durable, and returns the state for `init(resuming:from:in:)`.
  mutating func checkpoint() throws -> [UInt8] {
    do {
      try commit()
      try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
      try OutputFolder.sync([OutputFolder.path(of: path)])
    } catch {
      isBroken = true
      throw error
    }
    let hashes = inserts?.hashes ?? hashes
    let digests = Table.allCases.map { (hashes[$0] ?? RowHash()).digest }
    return Array(
      "\(rows.documents) \(rows.quotes) \(rows.stances) \(digests.joined(separator: " "))".utf8)
  }

  /// Closes the database. A finished one gets its indices and takes its name.
  mutating func close(_ outcome: RunOutcome) throws {
    inserts = nil
    defer { database.close() }
    // The failure was reported before.
    guard !isBroken else { return }
    try commit()
    if outcome == .finished { try database.run(DatabaseSchema.indices) }
    // Removes the files beside the database.
    try database.run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE;")
    database.close()
    guard outcome == .finished else { return }
    try OutputFile.takeName(path)
    try OutputFolder.sync([OutputFolder.path(of: path)])
  }
}
