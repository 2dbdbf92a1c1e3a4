import CSQLite
import Export
import Foundation
import Hearsay
import TestSupport
import Testing

@Suite("A database holds what the documents hold")
struct DatabaseTests {
  /// The rows of a query, columns parted by `|`.
  func rows(_ sql: String, in path: String) throws -> [String] {
    var handle: OpaquePointer?
    defer { unsafe sqlite3_close_v2(handle) }
    try #require(unsafe sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, nil) == SQLITE_OK)
    var statement: OpaquePointer?
    defer { unsafe sqlite3_finalize(statement) }
    let code = unsafe sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
    try #require(code == SQLITE_OK, "\(unsafe String(cString: sqlite3_errmsg(handle)))")
    var rows: [String] = []
    while unsafe sqlite3_step(statement) == SQLITE_ROW {
      let cells = (0..<(unsafe sqlite3_column_count(statement))).map { column in
        unsafe sqlite3_column_text(statement, column).map { unsafe String(cString: $0) } ?? "NULL"
      }
      rows.append(cells.joined(separator: "|"))
    }
    return rows
  }

  /// All rows of all tables.
  func dump(_ path: String) throws -> [String] {
    try ["documents", "sentences", "quotes", "stances"].flatMap { try rows("SELECT * FROM \($0)", in: path) }
      + rows("SELECT name FROM sqlite_schema ORDER BY name", in: path)
  }

  func export(to path: String) throws -> Export {
    var options = Export.Options()
    options.path = path
    return try Export(options)
  }

  static let documents = someDocuments(200, seed: 21)

  @Test func rowsOffsetsAndWords() throws {
    let scratch = try Scratch()
    let path = scratch.path("deep/out.sqlite")
    let export = try export(to: path)
    try export.open()
    #expect(!FileManager.default.fileExists(atPath: path))
    try export.take(Self.documents)
    try export.close(.finished)
    #expect(try scratch.files().keys.sorted() == ["deep/out.sqlite"], "nothing stays beside it")
    #expect(try rows("PRAGMA integrity_check", in: path) == ["ok"])
    #expect(try rows("PRAGMA foreign_key_check", in: path) == [])
    #expect(try rows("SELECT id FROM documents ORDER BY number", in: path) == Self.documents.map(\.id))
    let sentences = Self.documents.flatMap { document in document[Sentences.self].map { document.text(in: $0) } }
    #expect(try rows("SELECT text FROM sentence_texts ORDER BY document, number", in: path) == sentences)
    let quotes = Self.documents.flatMap { document in
      document[Quotes.self].map { "\(document.id)|\(document.text(in: $0.spans))|Ann|0.5" }
    }
    #expect(
      try rows(
        "SELECT d.id, q.text, q.speaker, q.confidence FROM quotes q JOIN documents d ON d.number = q.document ORDER BY q.id",
        in: path) == quotes)
    #expect(
      try rows(
        """
        SELECT count(*) FROM quotes q JOIN documents d ON d.number = q.document
        WHERE substr(d.text, q."start" + 1, q."end" - q."start") <> q.text
        """, in: path) == ["0"])
    let found = Self.documents.filter { $0.text.contains("日本") }.map(\.id)
    #expect(
      try rows(
        """
        SELECT d.id FROM documents_words w JOIN documents d ON d.number = w.rowid
        WHERE documents_words MATCH '日本' ORDER BY d.number
        """, in: path) == found)
    #expect(
      try rows("SELECT DISTINCT q.speaker FROM stances s JOIN quotes q ON q.id = s.quote", in: path) == ["Ann"])
  }

  @Test func resumedAtRandomPointsItHasTheSameRows() throws {
    let unbroken = try Scratch()
    let whole = try export(to: unbroken.path("out.db"))
    try whole.open()
    try whole.take(Self.documents)
    try whole.close(.finished)
    let expected = try dump(unbroken.path("out.db"))
    var random = SplitMix(seed: 9)
    for _ in 0..<3 {
      let scratch = try Scratch()
      let path = scratch.path("out.db")
      let context = StageContext(label: "export")
      var saved: (checkpoint: [UInt8], next: Int)?
      for _ in 0..<4 {
        let export = try export(to: path)
        var next = saved?.next ?? 0
        if let saved { try export.resume(context, from: saved.checkpoint) } else { try export.open(context) }
        for _ in 0..<2 {
          let end = min(next + Int.random(in: 0...30, using: &random), Self.documents.count)
          try export.take(Self.documents[next..<end])
          next = end
          saved = (try export.checkpoint(), next)
        }
        try export.take(Self.documents[next..<min(next + 20, Self.documents.count)])
        // The files as they are now, with what is written ahead torn off, are what the next run finds.
        var image = try scratch.files()
        if Bool.random(using: &random) { image["out.db.part-wal"] = image["out.db.part-wal"]?.dropLast(10) }
        image["out.db.part-shm"] = nil
        try export.close(.interrupted)
        try scratch.restore(image)
      }
      let last = try #require(saved)
      for _ in 0..<2 {
        let export = try export(to: path)
        try export.resume(context, from: last.checkpoint)
        try export.take(Self.documents[last.next...])
        try export.close(.finished)
        #expect(try dump(path) == expected)
      }
    }
  }

  @Test func aDatabaseThatLostRowsIsRefused() throws {
    let scratch = try Scratch()
    let path = scratch.path("out.db")
    let first = try export(to: path)
    try first.open()
    let early = try first.checkpoint()
    try first.take(Self.documents.prefix(9))
    let late = try first.checkpoint()
    try first.close(.interrupted)
    let context = StageContext(label: "export")
    let again = try export(to: path)
    try again.resume(context, from: early)
    try again.close(.interrupted)
    let error = #expect(throws: StageError.self) { try export(to: path).resume(context, from: late) }
    #expect(error?.description.contains("is not what it was when the run broke off") == true)
    try scratch.restore(["out.db.part": Array("no database at all, but long enough to look at".utf8)])
    #expect(throws: StageError.self) { try export(to: path).resume(context, from: late) }
  }

  @Test func whatCannotBeOneIsRefused() throws {
    let scratch = try Scratch()

    try FileManager.default.createDirectory(atPath: scratch.path("folder.db"), withIntermediateDirectories: true)
    let error = #expect(throws: OutputError.self) { try export(to: scratch.path("folder.db")).open() }
    #expect(error?.code == EISDIR)
  }
}
