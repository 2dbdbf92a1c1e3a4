import CByteClasses
import TestSupport
import Testing

@testable import Cleaning

/// Text that is full of what the fast paths look for.
private func crowded(_ seed: UInt64, _ count: Int) -> [UInt8] {
  var random = SplitMix(seed: seed)
  let pieces = [
    "a", "the", "The", "said", ".", ":", "\"", "“", "”", "’", " ", "  ", "\n", "é", "Ortega", "town", "asduring", "of",
    "theTown", "!", "?", "3", ",", "(", ")", "\t", "&", "\u{7F}", "officials", "and", "to",
  ]
  var bytes: [UInt8] = []
  while bytes.count < count { bytes += Array((pieces.randomElement(using: &random) ?? "").utf8) }
  return bytes
}

@Suite("A fast path gives what the plain one gives")
struct FastPathTests {
  @Test("of the classes of bytes", arguments: [0, 1, 63, 64, 65, 127, 128, 200])
  func byteClasses(count: Int) {
    var random = SplitMix(seed: UInt64(count))
    let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    for start in stride(from: 0, to: count + 64, by: 64) {
      let classes = bytes.span.byteClasses(at: start)
      for k in 0..<64 {
        let byte: UInt8? = start + k < count ? bytes[start + k] : nil
        func has(_ mask: UInt64) -> Bool { mask >> UInt64(k) & 1 != 0 }
        #expect(has(classes.newline) == (byte == 0x0A))
        #expect(has(classes.space) == (byte == 0x20))
        #expect(has(classes.blank) == ((byte ?? 0) <= 0x20))
        #expect(has(classes.control) == (byte.map { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F } ?? false))
        #expect(has(classes.ampersand) == (byte == 0x26))
        #expect(has(classes.high) == ((byte ?? 0) >= 0x80))
        #expect(has(classes.small) == (byte?.isLower ?? false))
        #expect(has(classes.capital) == (byte?.isUpper ?? false))
        #expect(has(classes.mark) == [0x2E, 0x21, 0x3F, 0x3A, 0x22, 0x9C, 0x9D].contains(byte))
        #expect(has(classes.digit) == (byte?.isDigit ?? false))
        #expect(has(classes.bracket) == (byte == 0x28))
        let isPair = [[0x62, 0x79], [0xC2, 0xA9]].contains([byte, start + k + 1 < count ? bytes[start + k + 1] : 0])
        #expect(has(classes.credit) == (byte == 0x2F || byte == 0x3A || isPair))
      }
    }
  }

  @Test("of the search for joins", arguments: 0..<40)
  func joins(seed: UInt64) {
    let text = crowded(seed, 600)
    let unglue = Unglue(lexicon: Lexicon())
    var reader = JoinReader(lexicon: unglue.lexicon)
    var plain: [Int] = []
    for i in text.indices {
      if let join = unglue.join(text.span, at: i, &reader), join.offset > plain.last ?? 0 { plain.append(join.offset) }
    }
    #expect(unglue.joins(in: text.span).map(\.offset) == plain)
  }

  @Test("of the evidence for words", arguments: 0..<20)
  func evidence(seed: UInt64) {
    let text = crowded(seed, 400)
    let words = DocumentWords(text.span)
    for start in stride(from: 0, to: text.count - 8, by: 3) {
      for count in 2...7 where (start..<start + count).allSatisfy({ !DocumentWords.ends(text.span, at: $0) }) {
        var evidence = WordEvidence()
        #expect(evidence.contains(text.span, start..<start + count) == words.contains(text.span, start..<start + count))
      }
    }
  }

  @Test("of the survey of a text", arguments: 0..<40)
  func survey(seed: UInt64) {
    let text = crowded(seed, Int(seed) * 7)
    let survey = TextSurvey(text.span)
    var isLoose = text.first.map(\.isBlank) ?? true || text.last.map(\.isBlank) ?? true
    for i in text.indices.dropFirst() {
      let isThird = i > 1 && text[i - 2] == 0x0A
      isLoose = isLoose || text[i] == 0x20 && [0x20, 0x0A].contains(text[i - 1])
      isLoose = isLoose || text[i] == 0x0A && (text[i - 1] == 0x20 || text[i - 1] == 0x0A && isThird)
    }
    #expect(survey.hasLooseSpace == isLoose)
    #expect(survey.hasHigh == text.contains { $0 >= 0x80 })
    #expect(survey.hasAmpersand == text.contains(0x26))
    #expect(survey.hasControl == text.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F })
  }
}
