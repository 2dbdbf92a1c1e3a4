/// The source of an input's bytes, which are read sequentially.
///
/// One thread at a time may use it, as with the reader that owns it.
protocol ByteSource: AnyObject, Sendable {
  /// The number of all bytes; `nil` where it is unknown.
  var size: Int? { get }
  /// Appends up to `count` bytes, or none where none are available yet; `false` at the end.
  func read(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool
  /// Whether a read would not block, after waiting up to `milliseconds`.
  func isReady(within milliseconds: Int32) -> Bool
  /// Skips the next `count` bytes without reading them; `false`, and nothing is done, where the source cannot.
  func skip(_ count: Int) -> Bool
}

/// Why an input cannot be read to its end.
struct SourceError: Error, Hashable, Sendable {
  let code: InputError.Code
  let problem: String
  let hint: String

  static func system(_ error: SystemError) -> Self {
    Self(
      code: .unreadable, problem: "cannot be read (\(error))", hint: "check its permissions, or leave it out")
  }
  static let interrupted = Self(
    code: .interrupted, problem: "the run was ended before it was read", hint: "run it again")
  static func damaged(_ problem: String) -> Self {
    Self(code: .damaged, problem: problem, hint: "what is whole before it was read; fetch the file again")
  }
}

extension InputError {
  init(_ error: SourceError, _ path: String, line: Int?) {
    self.init(error.code, path, line: line, error.problem, hint: error.hint)
  }
}

extension OpenFile: ByteSource {
  func read(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    do throws(SystemError) {
      return try readRaw(count, into: &bytes)
    } catch {
      throw .system(error)
    }
  }
}
