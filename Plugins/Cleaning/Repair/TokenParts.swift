internal import Hearsay
import HearsayText

/// A run of letters: the word that begins after a join.
struct LetterRun {
  private(set) var start: Int
  private(set) var end: Int
  private(set) var isUpper: Bool
  /// Whether all of it is small letters of ASCII.
  private(set) var isLower: Bool
  private(set) var isAllUpper: Bool
  /// `DataFrame`: a capital after a small letter, where it is no `McDonald`.
  private(set) var isCamel = false
  private static let longest = 60

  var range: Range<Int> { start..<end }
  var count: Int { end - start }

  /// `nil` where no letter begins at `start`.
  init?(_ text: Swift.Span<UInt8>, from start: Int) {
    let first = text.scalar(at: start)
    guard start < text.count, first.isLetter else { return nil }
    self.start = start
    isUpper = first.isUpper
    isLower = first.value < 0x80 && first.isLower
    isAllUpper = first.isUpper
    var i = start + first.count
    var capitals = 0
    while i < text.count, i - start < Self.longest {
      let byte = text[i]
      guard byte.isASCIILetter || byte.isNonASCII else { break }
      var width = 1
      if byte.isNonASCII {
        let scalar = text.scalar(at: i)
        guard scalar.isLetter else { break }
        width = scalar.count
        isLower = false
        isAllUpper = isAllUpper && scalar.isUpper
      } else if byte.isUpper {
        if text[i - 1].isLower, !Self.isNamePrefix(text, start..<i) { capitals += 1 }
        isLower = false
      } else {
        isAllUpper = false
      }
      i += width
    }
    end = i
    isCamel = capitals > 0
    if count < 2 { isAllUpper = false }
  }

  /// `Mc`, `Mac`, `De`, `Le`, `La`, `Van`, `Fitz`: name parts that a capital may follow.
  private static func isNamePrefix(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> Bool {
    switch range.count {
    case 2: ["Mc", "De", "Le", "La", "Di", "Du"].contains { text.has($0, at: range.lowerBound) }
    case 3: text.has("Mac", at: range.lowerBound) || text.has("Van", at: range.lowerBound)
    case 4: text.has("Fitz", at: range.lowerBound)
    default: false
    }
  }
}

/// What stands before a stop.
struct LeftSide {
  enum Kind {
    /// `said`
    case lower
    /// `Paris`
    case capitalised
    /// `NATO`
    case acronym
    /// `U.S`, `p.m`: one letter after another stop.
    case dotted
    /// `2023`, `$3.5`: a token of digits alone.
    case number
    /// A bracket, a quotation mark or a percent sign.
    case closed
    /// An initial, a version, an ellipsis: never the end of a sentence that we take apart.
    case other
  }

  private(set) var kind: Kind
  private(set) var word: Range<Int>
  private static let longest = 60

  /// `nil` at the text's start.
  init?(_ text: Swift.Span<UInt8>, before stop: Int) {
    guard stop > 0 else { return nil }
    let last = text[stop - 1]
    var start = stop
    var hasUpper = false
    var hasLower = false
    while start > 0, stop - start < Self.longest {
      let byte = text[start - 1]
      guard byte.isASCIILetter || byte.isNonASCII else { break }
      if byte.isNonASCII {
        let scalar = text.scalar(before: start)
        guard scalar.isLetter else { break }
        hasUpper = hasUpper || scalar.isUpper
        hasLower = hasLower || scalar.isLower
        start -= scalar.count
      } else {
        hasUpper = hasUpper || byte.isUpper
        hasLower = hasLower || byte.isLower
        start -= 1
      }
    }
    word = start..<stop
    let before = text.byte(start - 1)
    if start < stop {
      if text.scalar(at: start).count == word.count {
        // One letter: `U.S`, an initial, or what an apostrophe leaves of `Smith's` and `don't`.
        let isAfterApostrophe = before == 0x27 || text.scalar(before: start).value == 0x2019
        // `30m` and `5k` are numbers.
        let isUnit = before.isDigit && (last == 0x6D || last == 0x6B)
        kind = before == 0x2E ? .dotted : isAfterApostrophe && hasLower ? .lower : isUnit ? .number : .other
        if kind == .lower { word = max(0, start - 2)..<stop }
      } else if before.isDigit || before == 0x5F || before == 0x2E {
        // `v2.beta`, `os.path`; but `80km` and `3pm` end a sentence like a word.
        kind = before.isDigit && !hasUpper && word.count < 4 ? .lower : before == 0x2E && hasLower ? .other : .other
      } else {
        kind = !hasLower ? .acronym : hasUpper ? .capitalised : .lower
      }
      return
    }
    if last.isDigit {
      while start > 0, stop - start < Self.longest, text[start - 1].isDigit || text[start - 1] == 0x2C { start -= 1 }
      let edge = text.byte(start - 1)
      let isWhole = edge.isBlank || [0x24, 0x28, 0x22, 0x2D].contains(edge) || edge.isNonASCII
      kind = isWhole || isDecimal(text, dot: start - 1) ? .number : .other
      word = start..<stop
      return
    }
    let scalar = text.scalar(before: stop).value
    kind = [0x29, 0x5D, 0x22, 0x25, 0x3F, 0x21, 0x201D, 0x2019, 0xBB].contains(scalar) ? .closed : .other
  }

  /// Whether it is what stands before the last stop of `a.m.` or `p.m.`
  func isTime(_ text: Swift.Span<UInt8>) -> Bool {
    let start = word.lowerBound - 2
    return text.has("a.m", at: start) || text.has("p.m", at: start)
  }

  /// Whether nothing but an opening mark stands before the word.
  func startsToken(_ text: Swift.Span<UInt8>) -> Bool {
    let edge = text.byte(word.lowerBound - 1)
    return edge.isBlank || edge == 0x22 || edge == 0x28 || edge == 0x2D || edge.isNonASCII
  }
}

/// Whether the point at `dot` stands in a decimal number that begins a token, perhaps after a currency sign.
private func isDecimal(_ text: Swift.Span<UInt8>, dot: Int) -> Bool {
  guard text.byte(dot) == 0x2E else { return false }
  var start = dot
  while start > 0, dot - start < 20, text[start - 1].isDigit || text[start - 1] == 0x2C { start -= 1 }
  let edge = text.byte(start - 1)
  return start < dot && (edge == 0x24 || edge.isNonASCII)
}

/// A double quotation mark before a letter.
struct QuoteMark {
  enum Kind {
    case opening, closing, straight
  }

  private(set) var kind: Kind
  private(set) var start: Int

  init?(_ text: Swift.Span<UInt8>, before offset: Int) {
    guard offset > 0 else { return nil }
    if text[offset - 1] == 0x22 {
      kind = .straight
      start = offset - 1
      return
    }
    guard text.has("“", at: offset - 3) || text.has("”", at: offset - 3) else { return nil }
    kind = text[offset - 1] == 0x9C ? .opening : .closing
    start = offset - 3
  }
}

/// Whether a straight quotation mark opens or closes, by how many stand before it in its paragraph. Called in the order of
/// the text, so that each byte is counted once.
struct QuoteParity {
  private var counted = 0
  private var isOpen = false

  mutating func isClosing(_ text: Swift.Span<UInt8>, at offset: Int) -> Bool {
    let end = min(offset, text.count)
    while counted < end {
      let bytes = text.eightBytes(at: counted)
      var hits = bytes.equal(to: 0x22) | bytes.equal(to: 0x0A)
      if end - counted < 8 { hits &= (1 << UInt64((end - counted) * 8)) &- 1 }
      while hits != 0 {
        isOpen = text[counted + hits.trailingZeroBitCount / 8] == 0x22 && !isOpen
        hits &= hits &- 1
      }
      counted = min(counted + 8, end)
    }
    return isOpen
  }
}
