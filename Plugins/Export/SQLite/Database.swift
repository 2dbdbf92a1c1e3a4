import CSQLite
import Foundation
import Hearsay

/// An SQLite database, used by one thread at a time.
@safe final class Database: @unchecked Sendable {  // Its owner holds a lock at each call.
  private var handle: OpaquePointer?
  private let path: String

  /// Opens the database in the file at `path`, which must exist and not be a symbolic link.
  init(_ path: String) throws {
    self.path = path
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW
    // The library refuses a link in the path of the folder, too.
    let code = unsafe sqlite3_open_v2(OutputFolder.resolved(path), &handle, flags, nil)
    guard code == SQLITE_OK else {
      defer { close() }
      throw failure("open", code)
    }
  }

  deinit { close() }

  /// Closes the database, after its statements were released.
  func close() {
    if let handle = unsafe handle { unsafe sqlite3_close_v2(handle) }
    unsafe handle = nil
  }

  /// Runs statements and ignores their rows.
  func run(_ sql: String) throws {
    guard let handle = unsafe handle else { return }
    let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure("write", code) }
  }

  /// The number in the first row of a query; 0 without a row.
  func number(_ sql: String) throws -> Int {
    let statement = try Statement(sql, self)
    return try statement.step() ? statement.number(0) : 0
  }

  /// The error of a result code: the system's error where there is one.
  func failure(_ action: String, _ code: Int32) -> any Error {
    switch code & 0xFF {
    case SQLITE_FULL: return OutputError(path: path, action: action, code: ENOSPC)
    case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH: return OutputError(path: path, action: action, code: EACCES)
    case SQLITE_IOERR, SQLITE_CANTOPEN:
      if let handle = unsafe handle {
        let system = unsafe sqlite3_system_errno(handle)
        if system != 0 { return OutputError(path: path, action: action, code: system) }
      }
      return OutputError(path: path, action: action, code: EIO)
    default:
      let reason = unsafe handle.map { unsafe String(cString: sqlite3_errmsg($0)) } ?? "code \(code)"
      return StageError("cannot \(action) '\(path)': \(reason)")
    }
  }

  /// A prepared statement; rows are bound and run one after the other.
  @safe final class Statement {
    private let handle: OpaquePointer
    private let database: Database
    private var column: Int32 = 0
    /// The hash of all values that were bound.
    private(set) var hash = RowHash()

    init(_ sql: String, _ database: Database) throws {
      var handle: OpaquePointer?
      let code = unsafe sqlite3_prepare_v3(
        database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
      guard code == SQLITE_OK, let handle = unsafe handle else { throw database.failure("write", code) }
      unsafe self.handle = handle
      self.database = database
    }

    deinit { unsafe sqlite3_finalize(handle) }

    // Values are bound in the order of the columns. A failure, for want of memory, is reported by `run`.

    func bind(_ value: Int?) {
      column += 1
      hash.add(value)
      if let value {
        unsafe sqlite3_bind_int64(handle, column, Int64(value))
      } else {
        unsafe sqlite3_bind_null(handle, column)
      }
    }

    func bind(_ value: Double) {
      column += 1
      hash.add(value)
      unsafe sqlite3_bind_double(handle, column, value)
    }

    func bind(_ text: String?) {
      guard var text else { return bind(Int?.none) }
      text.withUTF8 { unsafe bind($0) }
    }

    /// Binds text in valid UTF-8.
    func bind(_ text: [UInt8]) { unsafe text.withUnsafeBufferPointer { unsafe bind($0) } }

    private func bind(_ text: UnsafeBufferPointer<UInt8>) {
      column += 1
      unsafe hash.add(text.span)
      // SQLITE_TRANSIENT: the library copies the bytes.
      let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      unsafe text.withMemoryRebound(to: CChar.self) { text in
        let none: StaticString = ""
        let start = unsafe text.baseAddress ?? UnsafeRawPointer(none.utf8Start).assumingMemoryBound(to: CChar.self)
        _ = unsafe sqlite3_bind_text64(
          handle, column, start, UInt64(text.count), copied, UInt8(SQLITE_UTF8))
      }
    }

    /// Runs the statement with the bound values, and resets it.
    func run() throws {
      _ = try step()
      unsafe sqlite3_reset(handle)
      column = 0
    }

    /// Steps to the next row.
    ///
    /// - Returns: Whether there is one.
    func step() throws -> Bool {
      let code = unsafe sqlite3_step(handle)
      guard code == SQLITE_ROW || code == SQLITE_DONE else {
        unsafe sqlite3_reset(handle)
        throw database.failure("write", code)
      }
      return code == SQLITE_ROW
    }

    func number(_ column: Int32) -> Int { unsafe Int(sqlite3_column_int64(handle, column)) }

    /// Continues the hash of rows that were bound before.
    func continueHash(_ hash: RowHash) { self.hash = hash }

    /// The hash of all rows of the query, as if they had been bound.
    func hashOfRows() throws -> RowHash {
      var hash = RowHash()
      let columns = unsafe sqlite3_column_count(handle)
      while try step() {
        for column in 0..<columns {
          switch unsafe sqlite3_column_type(handle, column) {
          case SQLITE_INTEGER: hash.add(number(column))
          case SQLITE_FLOAT: hash.add(unsafe sqlite3_column_double(handle, column))
          case SQLITE_NULL: hash.add(Int?.none)
          default:
            let start = unsafe sqlite3_column_blob(handle, column)?.assumingMemoryBound(to: UInt8.self)
            let count = unsafe Int(sqlite3_column_bytes(handle, column))
            unsafe hash.add(UnsafeBufferPointer(start: start, count: start == nil ? 0 : count).span)
          }
        }
      }
      return hash
    }
  }
}
