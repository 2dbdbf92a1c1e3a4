internal import Hearsay

/// The header of a WARC record or an HTTP message: a start line, then lines of `Name: value`, then an empty line.
struct HeaderBlock {
  /// The start line.
  let start: String
  /// The offset after the empty line.
  let end: Int
  private let fields: [(name: String, value: String)]

  /// A longer header is not recognized.
  static let maximumBytes = 65_536

  /// The header that begins at `start`; `nil` where its end is not among the bytes.
  init?(in bytes: Swift.Span<UInt8>, from start: Int) {
    let head = bytes.extracting(0..<min(bytes.count, start + Self.maximumBytes))
    var lines: [String] = []
    var position = start
    while true {
      guard let lineBreak = head.offset(of: UInt8(ascii: "\n"), from: position) else { return nil }
      let last = lineBreak > position && bytes[lineBreak - 1] == UInt8(ascii: "\r") ? lineBreak - 1 : lineBreak
      if last == position, !lines.isEmpty {
        position = lineBreak + 1
        break
      }
      let line = String(decoding: [UInt8](copying: bytes, position..<last), as: UTF8.self)
      if let first = line.utf8.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t"), lines.count > 1 {
        // A folded line: it continues the one before.
        lines[lines.count - 1] += line
      } else {
        lines.append(line)
      }
      position = lineBreak + 1
    }
    self.start = lines.first ?? ""
    end = position
    fields = lines.dropFirst().compactMap { line in
      guard let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let name = line[..<colon].lowercased()
      return (name, line[line.index(after: colon)...].trimmedSpaces)
    }
  }

  /// The value of a field; `name` in lower case.
  subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}

extension Substring {
  /// Without spaces and tabs at both ends.
  var trimmedSpaces: String {
    var text = self
    while let first = text.utf8.first, first == 0x20 || first == 0x09 { text.removeFirst() }
    while let last = text.utf8.last, last == 0x20 || last == 0x09 { text.removeLast() }
    return String(text)
  }
}

/// A media type with the charset that it declares: `text/html; charset=utf-8`.
struct MediaType {
  /// In lower case, without parameters.
  let name: String
  let charset: String?

  init(_ value: String) {
    let parts = value.split(separator: ";")
    name = (parts.first ?? "").trimmedSpaces.lowercased()
    charset =
      parts.dropFirst().lazy.compactMap { part in
        let pair = part.split(separator: "=", maxSplits: 1)
        guard pair.count == 2, pair[0].trimmedSpaces.lowercased() == "charset" else { return nil }
        return pair[1].trimmedSpaces.filter { $0 != "\"" && $0 != "'" }
      }.first
  }
}
