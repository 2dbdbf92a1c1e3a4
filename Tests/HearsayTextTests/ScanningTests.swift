import Hearsay
import HearsayText
import TestSupport
import Testing

@Suite("Scanning finds what a plain loop finds")
struct ScanningTests {
  @Test("of the classes of ASCII", arguments: UInt8.min...UInt8.max)
  func classes(_ byte: UInt8) {
    let character = Character(Unicode.Scalar(byte))
    let isASCII = byte < 0x80
    #expect(byte.isLower == (isASCII && character.isLetter && character.isLowercase))
    #expect(byte.isUpper == (isASCII && character.isLetter && character.isUppercase))
    #expect(byte.isASCIILetter == (isASCII && character.isLetter))
    #expect(byte.isDigit == (isASCII && character.isNumber))
    #expect(byte.isBlank == [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20].contains(byte))
    #expect(byte.isNonASCII == !isASCII)
    #expect(byte.folded == (byte.isUpper ? byte + 32 : byte))
  }

  @Test("of bytes and words at any offset", arguments: 0..<50)
  func search(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in UInt8.random(in: 0x61...0x63, using: &random) }
    let word = (0..<Int.random(in: 2...4, using: &random)).map { _ in UInt8.random(in: 0x61...0x63, using: &random) }
    for start in 0...text.count {
      let plain = text.indices.first { $0 >= start && text[$0] == 0x61 }
      let found = text.span.offset(of: 0x61, from: start)
      let next = text.span.next(0x61, from: start, to: text.count)
      #expect(found == plain)
      #expect(next == plain ?? text.count)
      let plainWord = text.indices.first { $0 >= start && text[$0...].starts(with: word) }
      let foundWord = text.span.offset(of: word.span, from: start)
      #expect(foundWord == plainWord)
      let eight = text.span.eightBytes(at: start)
      for k in 0..<8 {
        let byte = start + k < text.count ? text[start + k] : 0
        #expect(UInt8(truncatingIfNeeded: eight.word >> UInt64(8 * k)) == byte)
        #expect((eight.equal(to: 0x62) >> UInt64(8 * k + 7) & 1 == 1) == (byte == 0x62))
      }
    }
  }

  @Test func scalarsAreDecodedForwardAndBackward() {
    let text = Array("aé„🎈z".utf8)
    var offset = 0
    for scalar in "aé„🎈z".unicodeScalars {
      let decoded = text.span.scalar(at: offset, or: 0)
      #expect(decoded.value == scalar.value)
      offset += decoded.count
      let before = text.span.scalar(before: offset, or: 0)
      #expect(before.value == scalar.value)
      #expect(text[offset - decoded.count].utf8Length == decoded.count)
    }
    let outside = [
      text.span.scalar(at: offset, or: 7).value, UInt32(text.span.byte(-1, or: 7)),
      UInt32(text.span.byte(offset, or: 7)),
    ]
    #expect(outside == [7, 7, 7])
  }

  @Test func fnvIsThePublishedHash() {
    var hash = FNV1a()
    for byte in "foobar".utf8 { hash.add(UInt64(byte)) }
    #expect(hash.value == 0x8594_4171_F739_67E8)
  }
}

@Suite("Tables have what was put in, and nothing else")
struct WordTableTests {
  @Test(arguments: [0, 1, 7, 8, 9, 1000])
  func values(count: Int) {
    var random = SplitMix(seed: UInt64(count))
    var words: [UInt64: UInt16] = [0: 9]
    // Keys that begin at the same few slots.
    for _ in 0..<count { words[random.next() & 0x7_0000_0000_0003] = UInt16(random.next() & 0xFF) }
    let table = WordTable(words, missing: 999, any: 0)
    for (key, value) in words { #expect(table[key] == value) }
    for _ in 0..<count {
      let key = random.next()
      #expect(table[key] == words[key] ?? 999)
    }
  }

  @Test func noValueOfAnEmptyTable() {
    #expect(WordTable<UInt64, Int?>([:], missing: nil, any: 0)[0] == nil)
  }

  @Test func pairsOfLettersAreThoseOfTheWords() {
    let pairs = LetterPairs([Array("the".utf8), Array("a".utf8)], second: 1)
    #expect(pairs.contains(UInt8(ascii: "T"), UInt8(ascii: "h")))
    #expect(pairs.contains(UInt8(ascii: "a"), UInt8(ascii: ",")))
    #expect(!pairs.contains(UInt8(ascii: "t"), UInt8(ascii: "e")))
  }

  @Test func aListFoldsCaseAndKnowsItsPlaces() {
    let list = WordList(words: [Array("The".utf8), Array("of a".utf8)])
    let text = Array("THE of A".utf8)
    let places = [0..<3, 4..<8, 4..<6].map { list.index(of: text.span, $0) }
    #expect(places == [0, 1, nil])
    #expect(list.contains("the") && !list.contains(""))
  }
}
