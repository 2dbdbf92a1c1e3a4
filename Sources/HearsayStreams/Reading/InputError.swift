/// A document, a file or a folder that cannot be read: where, why, and what to do.
public struct InputError: Error, Hashable, Sendable, CustomStringConvertible {
  public var code: Code
  /// The file or folder; `stdin` for the standard input.
  public var path: String
  /// From 1, where the file has records.
  public var line: Int?
  /// What is wrong, as a clause.
  public var problem: String
  /// What would help.
  public var hint: String?

  public struct Code: Hashable, Sendable {
    /// There is no such file or folder, or no file that matches.
    public static let notFound = Code("not_found")
    /// The system refuses to read.
    public static let unreadable = Code("unreadable")
    /// A compressed file or an archive is truncated or damaged.
    public static let damaged = Code("damaged")
    /// The input is not the one that an interrupted run had begun.
    public static let changed = Code("changed")
    /// The run was cancelled while it waited for the input.
    public static let interrupted = Code("interrupted")
    /// A folder contains itself.
    public static let folderLoop = Code("folder_loop")
    /// The bytes are not text.
    public static let binary = Code("binary")
    /// The bytes are in an encoding that this format cannot be read from.
    public static let encoding = Code("encoding")
    /// Larger than `InputSettings.maxDocumentBytes`.
    public static let tooLarge = Code("too_large")
    /// The record violates its format.
    public static let malformed = Code("malformed")

    public let name: String
    init(_ name: String) { self.name = name }
  }

  init(_ code: Code, _ path: String, line: Int? = nil, _ problem: String, hint: String? = nil) {
    self.code = code
    self.path = path
    self.line = line
    self.problem = problem
    self.hint = hint
  }

  /// `news.jsonl:12: expected a JSON object at byte 0; …`
  public var description: String {
    "\(path)\(line.map { ":\($0)" } ?? ""): \(problem)\(hint.map { "; \($0)" } ?? "")"
  }
}

/// Something about an input that the user should know and that fails no document.
public struct InputNotice: Hashable, Sendable, CustomStringConvertible {
  public var path: String
  public var message: String

  public var description: String { "\(path): \(message)" }
}
