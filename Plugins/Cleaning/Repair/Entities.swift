internal import Hearsay
import HearsayText

/// Character references that were left in text: `&amp;`, `&#8217;`, `&#x201C;`, and doubly escaped `&amp;quot;`.
///
/// A reference must end in `;` and a name must be known; anything else (`AT&T`, `Q&A`) stays.
struct EntityDecoder: Sendable {
  private var scalars: [[UInt8]: UInt32] = [:]
  private let western: Codepage
  private static let longestName = 10

  /// - Parameter western: Windows-1252, which pages mean where they number a C1 control.
  init(_ resource: [UInt8], western: Codepage) {
    self.western = western
    for line in dataLines(resource) {
      let parts = line.split(separator: 0x20)
      guard parts.count == 2, let value = UInt32(String(decoding: parts[1], as: UTF8.self), radix: 16) else { continue }
      scalars[Array(parts[0])] = value
    }
  }

  func edits(in text: Swift.Span<UInt8>) -> TextEdits {
    var edits = TextEdits()
    var i = 0
    while i < text.count {
      i = text.next(0x26, from: i, to: text.count)
      guard var found = reference(text, after: i + 1) else {
        i += 1
        continue
      }
      // `&amp;quot;`: the ampersand that comes out begins a reference of its own.
      while found.value == 0x26, let inner = reference(text, after: found.end) { found = inner }
      var bytes: [UInt8] = []
      bytes.append(scalar: found.value)
      edits.replace(Span(i, found.end), with: bytes)
      i = found.end
    }
    return edits
  }

  /// What stands after an ampersand: `amp;`, `#39;`.
  private func reference(_ text: Swift.Span<UInt8>, after start: Int) -> (value: UInt32, end: Int)? {
    if text.byte(start) == UInt8(ascii: "#") { return number(text, from: start + 1) }
    var end = start
    while end - start <= Self.longestName, text.byte(end).isASCIILetter || text.byte(end).isDigit { end += 1 }
    guard end > start, text.byte(end) == UInt8(ascii: ";") else { return nil }
    var name: [UInt8] = []
    for k in start..<end { name.append(text[k]) }
    return scalars[name].map { ($0, end + 1) }
  }

  private func number(_ text: Swift.Span<UInt8>, from start: Int) -> (value: UInt32, end: Int)? {
    let isHex = text.byte(start) | 0x20 == UInt8(ascii: "x")
    var end = isHex ? start + 1 : start
    let first = end
    var value: UInt32 = 0
    while end - first < 8, let digit = Character(Unicode.Scalar(text.byte(end))).hexDigitValue, isHex || digit < 10 {
      value = min(value, 0x1000_0000 / 16) * (isHex ? 16 : 10) + UInt32(digit)
      end += 1
    }
    guard end > first, text.byte(end) == UInt8(ascii: ";") else { return nil }
    // Pages mean Windows-1252 where they number a C1 control, as HTML itself reads them.
    if (0x80..<0xA0).contains(value) { value = western.scalar(of: UInt8(value)) ?? 0xFFFD }
    return (value == 0 ? 0xFFFD : value, end + 1)
  }
}
