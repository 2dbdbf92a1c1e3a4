import Hearsay
import HearsayText

/// A word beside a place where a sentence may end: where it stands, its hash and its shape.
package struct BoundaryWord {
  package let start: Int
  package let end: Int
  /// Of the word in lower case; never 0.
  package private(set) var hash: UInt64 = 0
  /// How many scalars are letters, upper-case letters, digits, stops.
  package private(set) var letters = 0
  package private(set) var uppers = 0
  package private(set) var digits = 0
  package private(set) var stops = 0
  package private(set) var scalars = 0
  /// Whether the first scalar is an upper-case letter.
  package private(set) var beginsUpper = false
  package private(set) var hasVowel = false
  /// Whether letters and stops take turns: `U.S`, `a.m`.
  package private(set) var alternates = true
  /// Whether `@` or `/` stands in it: an address.
  package private(set) var isAddress = false
  private var isRoman = true

  /// The word that `range` of `text` holds.
  init(_ text: Swift.Span<UInt8>, _ range: Range<Int>) {
    start = range.lowerBound
    end = range.upperBound
    var hash = FNV1a()
    var i = start
    while i < end {
      let byte = text[i]
      var value = UInt32(byte)
      if byte < 0x80 {
        let folded = byte | 0x20
        if folded &- UInt8(ascii: "a") < 26 {
          value = UInt32(folded)
          note(isUpper: byte & 0x20 == 0)
          // a e i o u y, as bits of a set.
          if 0x0220_8222 as UInt32 >> UInt32(folded & 31) & 1 != 0 { hasVowel = true }
          switch byte {
          case UInt8(ascii: "I"), UInt8(ascii: "V"), UInt8(ascii: "X"): break
          default: isRoman = false
          }
        } else {
          isRoman = false
          if byte &- 0x30 < 10 {
            digits += 1
            alternates = false
          } else if byte == UInt8(ascii: ".") {
            stops += 1
            if scalars & 1 == 0 { alternates = false }
          } else {
            alternates = false
            if byte == UInt8(ascii: "@") || byte == UInt8(ascii: "/") { isAddress = true }
          }
        }
        i += 1
      } else {
        let scalar = text.scalar(at: i)
        value = scalar.value
        let letterCase = LetterCase(of: value)
        if letterCase == .upper { value = LetterCase.lowered(value) }
        if LetterCase.isSymbol(value) {
          alternates = false
        } else {
          note(isUpper: letterCase == .upper)
          hasVowel = true
        }
        isRoman = false
        i += scalar.count
      }
      scalars += 1
      hash.add(UInt64(value))
    }
    self.hash = hash.value == 0 ? 1 : hash.value
  }

  @inline(__always)
  private mutating func note(isUpper: Bool) {
    letters += 1
    if isUpper {
      uppers += 1
      if scalars == 0 { beginsUpper = true }
    }
    if scalars & 1 == 1 { alternates = false }
  }

  package var isEmpty: Bool { start == end }
  /// Digits alone.
  package var isNumber: Bool { digits > 0 && digits == scalars }
  /// One letter: `J`.
  package var isInitial: Bool { scalars == 1 && letters == 1 }
  /// Letters and stops in turn: `U.S`, `a.m`.
  package var isAcronym: Bool { alternates && stops > 0 && scalars & 1 == 1 }
  /// `IV`, `XII`.
  package var isRomanNumeral: Bool { isRoman && letters > 0 }
  /// Letters, none of them upper-case.
  package var isLower: Bool { letters > 0 && letters == scalars && uppers == 0 }
}

extension Swift.Span<UInt8> {
  /// The word that ends at `end`, looking no further back than `limit`: up to white space, a bracket, a quotation mark, a
  /// dash or a slash.
  package func word(endingAt end: Int, notBefore limit: Int) -> BoundaryWord {
    var start = end
    let limit = Swift.max(limit, end - 40)
    while start > limit {
      let byte = self[start - 1]
      if byte < 0x80 {
        if byte <= 0x2F, byte != UInt8(ascii: "."), byte != UInt8(ascii: "$"), byte != UInt8(ascii: "&") {
          // "didn't", but not "l'Ing"
          guard byte == UInt8(ascii: "'"), start < end, end - start <= 2, start - 1 > limit, self[start - 2].isLower
          else { break }
        }
        if byte == UInt8(ascii: "[") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ";") { break }
        start -= 1
      } else {
        var first = start - 1
        while first > limit, self[first].isUTF8Continuation { first -= 1 }
        if isWideMark(at: first) {
          let isApostrophe = self[first] == 0xE2 && self.byte(first + 1) == 0x80 && self.byte(first + 2) == 0x99
          guard isApostrophe, start < end, end - start <= 2, first > limit, self[first - 1].isLower else { break }
        }
        start = first
      }
    }
    return BoundaryWord(self, start..<end)
  }

  /// The letters from `start` on; empty where none stands there.
  func word(startingAt start: Int) -> BoundaryWord {
    var end = start
    let limit = Swift.min(count, start + 40)
    while end < limit {
      let byte = self[end]
      if (byte | 0x20) &- UInt8(ascii: "a") < 26 {
        end += 1
      } else if byte >= 0xC3, !isWideMark(at: end) {
        end += scalarLength(at: end)
      } else {
        break
      }
    }
    return BoundaryWord(self, start..<Swift.min(end, count))
  }
}
