internal import Hearsay
import HearsayText

/// Reads the place and agency that lead a story: `WASHINGTON (AP) — `, `KYIV, March 3 (Reuters) - `.
struct Dateline {
  /// What stands before the dash.
  private(set) var range: Range<Int>
  /// The day it names, as `03-03`; the year is another's to know.
  private(set) var monthAndDay: String?
  /// How far into the line the dash may stand, in bytes.
  private static let reach = 100

  /// `nil` where the line begins with anything else.
  init?(_ text: Swift.Span<UInt8>, _ line: Range<Int>, lists: CleaningLists) {
    guard let dash = Self.dash(text, line), Self.beginsSentence(text, dash.upperBound..<line.upperBound) else {
      return nil
    }
    range = text.trimmed(line.lowerBound..<dash.lowerBound)
    var place = range
    var hasAgency = false
    if text.byte(range.upperBound - 1) == 0x29, let open = range.last(where: { text[$0] == 0x28 }) {
      let agencies = text.pieces(of: open + 1..<range.upperBound - 1, partedBy: 0x2F)
      hasAgency = agencies.allSatisfy { lists.agencies.contains(text, $0) }
      guard hasAgency else { return nil }
      place = text.trimmed(range.lowerBound..<open)
    }
    let segments = text.pieces(of: place, partedBy: 0x2C)
    guard let city = segments.first, segments.count <= 4, Self.isCity(text, city, inCapitals: !hasAgency),
      !lists.datelineLabels.contains(text, city)
    else { return nil }
    for segment in segments.dropFirst() where !Self.isRegion(text, segment) {
      guard let day = Self.day(text, segment) else { return nil }
      monthAndDay = day
    }
  }

  /// The dash that may part a dateline from the story: near the paragraph's start, after capitals or an agency in
  /// brackets. What stands before the dash ends where the range begins, with a bracket or without its blank.
  private static func dash(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Range<Int>? {
    var hasBracket = false
    for i in line.prefix(reach) {
      let byte = text[i]
      if byte == 0x28 { hasBracket = true }
      guard byte == 0x2D || byte == 0xE2, let end = endOfDash(text, at: i) else { continue }
      return hasBracket || text.byte(line.lowerBound + 1).isUpper ? i..<end : nil
    }
    return nil
  }

  /// `—` anywhere, `–` before a blank, `-` and `--` between blanks or after a bracket.
  private static func endOfDash(_ text: Swift.Span<UInt8>, at i: Int) -> Int? {
    if text.has("—", at: i) { return i + 3 }
    if text.has("–", at: i) { return text.byte(i + 3).isBlank ? i + 3 : nil }
    guard text[i] == 0x2D else { return nil }
    let end = text.byte(i + 1) == 0x2D ? i + 2 : i + 1
    let before = text.byte(i - 1)
    if before == 0x29 || before.isBlank && text.byte(i - 2) == 0x29 { return end }
    return before.isBlank && text.byte(end).isBlank ? end : nil
  }

  /// Whether the range begins with anything but a small letter.
  private static func beginsSentence(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first(where: { !text[$0].isBlank }) else { return false }
    return !text.scalar(at: first).isLower
  }

  private static func isCity(_ text: Swift.Span<UInt8>, _ city: Range<Int>, inCapitals: Bool) -> Bool {
    let words = text.pieces(of: city, partedBy: 0x20)
    guard (1...4).contains(words.count) else { return false }
    var letters = 0
    for word in words {
      var length = 0
      var i = word.lowerBound
      while i < word.upperBound {
        let scalar = text.scalar(at: i)
        if scalar.isLetter {
          if inCapitals, scalar.isLower { return false }
          letters += 1
        } else if ![0x27, 0x2D, 0x2E, 0x2019].contains(scalar.value) {
          return false
        }
        length += 1
        i += scalar.count
      }
      guard inCapitals || text.scalar(at: word.lowerBound).isUpper || length <= 3 else { return false }
    }
    return letters > 2
  }

  /// `N.Y.`, `Germany`, `West Bank`
  private static func isRegion(_ text: Swift.Span<UInt8>, _ segment: Range<Int>) -> Bool {
    let words = text.pieces(of: segment, partedBy: 0x20)
    return (1...3).contains(words.count) && words.allSatisfy { text.scalar(at: $0.lowerBound).isUpper }
      && !segment.contains { text[$0].isDigit }
  }

  /// `March 3`, `3 March` as `03-03`.
  private static func day(_ text: Swift.Span<UInt8>, _ segment: Range<Int>) -> String? {
    let words = text.string(segment).split(separator: " ").map { $0.lowercased().filter { $0 != "." } }
    guard words.count == 2 else { return nil }
    for (name, number) in [(words[0], words[1]), (words[1], words[0])] {
      guard let month = DateWords.english.month(name), let day = Int(number), (1...31).contains(day) else { continue }
      return (month < 10 ? "0" : "") + "\(month)-" + (day < 10 ? "0" : "") + "\(day)"
    }
    return nil
  }
}
