import CByteClasses
import HearsayText

/// Lines that belong to the page, not to the story, by lists of phrases. Only short lines count, and none with a quotation
/// and its cue.
struct Boilerplate: Sendable {
  private let exact: WordList
  /// Of the whole lines, in the order of their list.
  private var exactKinds: [LineKind] = []
  private let beginnings: Phrasebook
  private let pieces: Phrasebook
  private let cueVerbs: WordList
  /// The longest line, in bytes, that a piece in it makes boilerplate.
  private static let longestLine = 220

  /// - Parameter resource: A line `[kind]`, then a line for each phrase: its sign, a blank, its words.
  init(_ resource: [UInt8], cueVerbs: WordList) {
    self.cueVerbs = cueVerbs
    var exact: [[UInt8]] = []
    var beginnings: [Phrasebook.Phrase] = []
    var pieces: [Phrasebook.Phrase] = []
    var kind: LineKind?
    for line in dataLines(resource) where line.count > 2 {
      if line[0] == UInt8(ascii: "[") {
        kind = LineKind(rawValue: String(decoding: line.dropFirst().dropLast(), as: UTF8.self))
      }
      guard let kind, line[1] == 0x20 else { continue }
      let words = Array(line.dropFirst(2))
      switch line[0] {
      case UInt8(ascii: "="):
        exact.append(words)
        exactKinds.append(kind)
      case UInt8(ascii: "<"): beginnings.append(Phrasebook.Phrase(words: words, kind: kind))
      default: pieces.append(Phrasebook.Phrase(words: words, kind: kind))
      }
    }
    self.beginnings = Phrasebook(beginnings)
    self.pieces = Phrasebook(pieces)
    self.exact = WordList(Array(exact.joined(separator: [0x0A])))
  }

  /// What the line is, and whether it is listed as a whole; `nil` for a line that may be of the story.
  func find(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> (kind: LineKind, isWhole: Bool)? {
    var start = line.lowerBound
    var end = line.upperBound
    while start < end, text[start] != 0x28, let count = trimCount(text, at: start) { start += count }
    while end > start, let count = trimCount(text, before: end) { end -= count }
    guard start < end else { return isRule(text, line) ? (.footer, true) : nil }
    let isBracketed = text[start] == 0x28 && text[end - 1] == 0x29
    if let index = exact.index(of: text, isBracketed ? start + 1..<end - 1 : start..<end) {
      return (exactKinds[index], true)
    }
    let kind = beginning(text, start..<line.upperBound) ?? piece(text, start..<line.upperBound)
    guard let kind, !isQuotation(text, line) else { return nil }
    return (kind, false)
  }

  private func beginning(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> LineKind? {
    beginnings.kind(text, at: line.lowerBound, before: line.upperBound) { line.count <= Self.longest($0) }
  }

  /// The longest line, in bytes, that its beginning makes boilerplate.
  private static func longest(_ kind: LineKind) -> Int {
    switch kind {
    case .caption: 400
    case .prompt, .footer: 220
    default: 140
    }
  }

  private func piece(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> LineKind? {
    guard line.count <= Self.longestLine else { return nil }
    if let kind = pieces.kind(text, at: line.lowerBound, before: line.upperBound) { return kind }
    var block = line.lowerBound
    while block < line.upperBound {
      var blanks = text.byteClasses(at: block).space
      while blanks != 0 {
        let start = block + blanks.trailingZeroBitCount + 1
        if let kind = pieces.kind(text, at: start, before: line.upperBound) { return kind }
        blanks &= blanks &- 1
      }
      block += 64
    }
    return nil
  }

  /// The length of the mark or arrow at `offset`: what stands around a line's words.
  private func trimCount(_ text: Swift.Span<UInt8>, at offset: Int) -> Int? {
    let scalar = text.scalar(at: offset)
    return isTrim(scalar) ? scalar.count : nil
  }

  private func trimCount(_ text: Swift.Span<UInt8>, before offset: Int) -> Int? {
    let scalar = text.scalar(before: offset)
    return isTrim(scalar) ? scalar.count : nil
  }

  private func isTrim(_ scalar: DecodedScalar) -> Bool {
    switch scalar.value {
    case 0x28, 0x29, 0x3F, 0x30...0x39, 0xA9: false
    // Quotation marks: a line that ends in one is of the story.
    case 0x22, 0x2018...0x201E: false
    case ..<0x80: !scalar.isLetter
    case 0xA0...0xBF, 0x2000..<0x2C00, 0x1F000...0x1FAFF: true
    default: false
    }
  }

  /// A line of dashes, stars or underscores.
  private func isRule(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count >= 3 else { return false }
    for i in line where ![0x2D, 0x2A, 0x5F, 0x3D, 0x7E, 0x20].contains(text[i]) { return false }
    return true
  }

  /// Whether the line holds a quotation mark and a cue.
  private func isQuotation(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    var hasMark = false
    var hasCue = false
    var start = line.lowerBound
    for i in line {
      let byte = text[i]
      if byte.isASCIILetter { continue }
      if byte == 0x22 || text.has("“", at: i) || text.has("«", at: i) { hasMark = true }
      hasCue = hasCue || cueVerbs.contains(text, start..<i)
      start = i + 1
    }
    return hasMark && (hasCue || cueVerbs.contains(text, min(start, line.upperBound)..<line.upperBound))
  }
}
