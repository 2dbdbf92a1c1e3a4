/// Replaces what can control a terminal in UTF-8 text: control characters, marks that change the direction of text, and
/// Unicode's line and paragraph separators. Text from the web must neither move the cursor nor hide what a line says.
public enum TerminalFilter: Sendable {
  /// Shows each as `·`; line feeds stay.
  case text
  /// As `text`; the line breaks of CSV, CR and LF, stay too.
  case csv
  /// As `text`, for text with colours of our own: control characters stay.
  case colored
  /// Writes each as JSON's `\uxxxx`, so that the JSON stays valid. Line feeds stay: JSON has them only between values.
  case json

  /// A copy of `text` with the characters replaced; `nil` where it has none.
  ///
  /// - Complexity: Linear, without allocation where it has none.
  public func filtered(_ text: Swift.Span<UInt8>) -> [UInt8]? {
    var filtered: [UInt8] = []
    // Bytes from here on are not copied yet.
    var copied = 0
    var i = 0
    while i < text.count {
      guard Self.mayBegin[Int(text[i])], let (scalar, length) = Self.match(at: i, in: text),
        replaces(scalar, at: i, in: text)
      else {
        i += 1
        continue
      }
      if copied == 0 { filtered.reserveCapacity(text.count + 64) }
      filtered.append(copying: text.extracting(copied..<i))
      filtered.append(contentsOf: self == .json ? Self.escape(scalar) : Array("·".utf8))
      i += length
      copied = i
    }
    guard copied > 0 else { return nil }
    filtered.append(copying: text.extracting(copied..<text.count))
    return filtered
  }

  private func replaces(_ scalar: UInt16, at i: Int, in text: Swift.Span<UInt8>) -> Bool {
    switch self {
    case .text, .json: scalar != 0x0A
    case .csv: scalar != 0x0A && !(scalar == 0x0D && i + 1 < text.count && text[i + 1] == 0x0A)
    case .colored: scalar > 0x9F
    }
  }

  /// The first bytes of the characters.
  private static let mayBegin: [Bool] = (0...0xFF).map { $0 < 0x20 || [0x7F, 0xC2, 0xD8, 0xE2].contains($0) }

  /// The character at an offset, if it is one of these, and its length in bytes.
  private static func match(at i: Int, in text: Swift.Span<UInt8>) -> (scalar: UInt16, length: Int)? {
    let second = i + 1 < text.count ? text[i + 1] : 0
    let third = i + 2 < text.count ? text[i + 2] : 0
    switch (text[i], second, third) {
    case (..<0x20, _, _), (0x7F, _, _): return (UInt16(text[i]), 1)
    case (0xC2, 0x80...0x9F, _): return (UInt16(second), 2)
    case (0xD8, 0x9C, _): return (0x061C, 2)
    case (0xE2, 0x80, 0x8E...0x8F), (0xE2, 0x80, 0xA8...0xAE), (0xE2, 0x81, 0xA6...0xA9):
      return (0x2000 | UInt16(second & 0x3F) << 6 | UInt16(third & 0x3F), 3)
    default: return nil
    }
  }

  private static func escape(_ scalar: UInt16) -> [UInt8] {
    let digits = String(scalar, radix: 16)
    return Array("\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
  }
}

extension String {
  /// The text with what could control a terminal shown as `·`; line feeds stay.
  public var safeForTerminal: String { TerminalFilter.text.filtered(self) }
}

extension TerminalFilter {
  public func filtered(_ text: String) -> String {
    filtered(text.utf8.span).map { String(decoding: $0, as: UTF8.self) } ?? text
  }
}

extension [UInt8] {
  mutating func append(copying text: Swift.Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}
