/// One file of a language: lines of text, `#` begins a comment line.
struct LanguageFile: Sendable {
  /// For messages: `de/words.txt`.
  let path: String
  private let content: Content

  private enum Content {
    case read([UInt8])
    case embedded(StaticString)
  }

  init(path: String, bytes: [UInt8]) {
    self.path = path
    content = .read(bytes)
  }

  init(path: String, embedded text: StaticString) {
    self.path = path
    content = .embedded(text)
  }

  var bytes: [UInt8] {
    switch content {
    case .read(let bytes): bytes
    case .embedded(let text): text.withUTF8Buffer { unsafe Array($0) }
    }
  }

  struct Line {
    /// From 1.
    var number: Int
    var bytes: ArraySlice<UInt8>
  }

  /// The lines that are neither blank nor comments.
  func lines() -> [Line] {
    var lines: [Line] = []
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if line.first != UInt8(ascii: "#"), line.contains(where: { $0 > 0x20 }) {
        lines.append(Line(number: number, bytes: line))
      }
    }
    return lines
  }

  func error(_ line: Line, _ message: String) -> LanguageError {
    LanguageError(file: path, line: line.number, message: message)
  }

  /// The key of a line `key: words`, and its words.
  func keyAndWords(_ line: Line) throws(LanguageError) -> (key: String, words: [String]) {
    guard let colon = line.bytes.firstIndex(of: UInt8(ascii: ":")) else {
      throw error(line, "expected 'key: words'")
    }
    let words = line.bytes[(colon + 1)...].split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    guard !words.isEmpty else { throw error(line, "nothing stands after the key") }
    return (
      String(decoding: line.bytes[..<colon], as: UTF8.self), words.map { String(decoding: $0, as: UTF8.self) }
    )
  }

  /// The columns of a line, which tabs separate.
  func columns(_ line: Line) -> [Substring] {
    line.bytes.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { Substring(decoding: $0, as: UTF8.self) }
  }
}
