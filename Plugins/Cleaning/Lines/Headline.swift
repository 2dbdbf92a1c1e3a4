internal import Hearsay
import HearsayText

/// A headline, to be found again in other lines.
struct Headline {
  /// Folded, one blank between words.
  private let words: [UInt8]
  private static let marks: [StaticString] = [" | ", " - ", " – ", " — ", " : ", " :: "]

  /// `nil` where the line is too short to be compared.
  init?(_ text: Swift.Span<UInt8>, _ line: Range<Int>) {
    let words = Self.folded(text, line)
    guard words.count > 7 else { return nil }
    self.words = words
  }

  /// Whether a line says the same, in any case of letters, perhaps with the site's name after a dash or a bar on either
  /// side: `Town closes bridge | The Gazette`.
  func isSame(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count + 80 > words.count, text[line.lowerBound].folded == words[0] else { return false }
    let other = Self.folded(text, line)
    return Self.begins(other, words) || Self.begins(words, other)
  }

  /// Whether `long` is `short`, or begins with it and goes on with a mark and a short name.
  private static func begins(_ long: [UInt8], _ short: [UInt8]) -> Bool {
    guard long.count >= short.count, long.starts(with: short), short.count > 7 else { return false }
    guard long.count > short.count else { return true }
    return long.count - short.count <= 60 && marks.contains { long.span.has($0, at: short.count) }
  }

  private static func folded(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> [UInt8] {
    var words: [UInt8] = []
    words.reserveCapacity(line.count)
    for i in line {
      let byte = text[i]
      if byte.isBlank {
        if let last = words.last, last != 0x20 { words.append(0x20) }
        continue
      }
      // Quotation marks and dashes have no case.
      if byte >= 0xC2, byte != 0xE2 || text.byte(i + 1) != 0x80 { return foldedLetters(text, line) }
      words.append(byte.folded)
    }
    return words
  }

  /// The same where there are letters outside ASCII: `lowercased` knows them all, and costs as much as the rest of the
  /// line's repair.
  private static func foldedLetters(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> [UInt8] {
    text.string(line).lowercased().utf8.split(whereSeparator: \.isBlank).joined(separator: [0x20]).map(\.self)
  }
}
