import CByteClasses
import Hearsay
import HearsayText
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
    let unglue = MissingSpaceRepair(lists: CleaningLists())
    var reader = MissingSpaceFinder(lists: unglue.lists)
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

  @Test("of the search for characters that are no usual marks", arguments: 0..<40)
  func unusual(seed: UInt64) {
    let text = String(decoding: crowded(seed, Int(seed) * 7), as: UTF8.self)
    var plain: (unusual: [Int], high: [Int]) = ([], [])
    var offset = 0
    for scalar in text.unicodeScalars {
      let bytes = Array(offset..<offset + String(scalar).utf8.count)
      offset += bytes.count
      guard scalar.value >= 0x80 else { continue }
      plain.high += bytes
      if !(0x2010...0x2027).contains(scalar.value) || scalar == "‚" { plain.unusual += bytes }
    }
    let bytes = Array(text.utf8)
    var found: (unusual: [Int], high: [Int]) = ([], [])
    bytes.span.forEachNonASCII(withCommonPunctuation: false) { found.unusual.append($0) }
    bytes.span.forEachNonASCII(withCommonPunctuation: true) { found.high.append($0) }
    #expect(found == plain)
    #expect(bytes.span.hasUncommon == !plain.unusual.isEmpty)
  }

  @Test("of the repair of white space", arguments: 0..<60)
  func spacing(seed: UInt64) {
    let text = crowded(seed, Int(seed) * 7)
    let found = SpacingRepair(normalizesSpace: true, removesInvisible: true).find(in: text.span)
    // One character after the other: a run of blanks is held back until it ends.
    var plain = ""
    var run: [Unicode.Scalar] = []
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      guard ![" ", "\n", "\t", "\u{A0}", "\u{7F}"].contains(scalar) else {
        run.append(scalar)
        continue
      }
      let breaks = run.count { $0 == "\n" }
      // Before the first character all is taken away.
      if !plain.isEmpty {
        plain += breaks > 1 ? "\n\n" : breaks == 1 ? "\n" : run.contains { $0 != "\u{7F}" } ? " " : ""
      }
      run = []
      plain.unicodeScalars.append(scalar)
    }
    #expect(String(decoding: found.edits.applied(to: text).text, as: UTF8.self) == plain)
  }

  @Test("of the search for lines", arguments: 0..<40)
  func lines(seed: UInt64) {
    let text = String(decoding: crowded(seed, Int(seed) * 9), as: UTF8.self)
    let bytes = Array(text.utf8)
    var lines: [String] = []
    var rest: [UInt8] = []
    var end = 0
    TextLine.forEach(in: bytes.span) { line in
      lines.append(bytes.span.string(line.range))
      rest += bytes[end..<line.whole.lowerBound]
      end = line.whole.upperBound
    }
    let plain = text.split(separator: "\n").map { String($0.trimmed) }.filter { !$0.isEmpty }
    #expect(lines == plain)
    // What no line holds is blank.
    #expect(rest.allSatisfy(\.isBlank) && bytes[end...].allSatisfy(\.isBlank))
  }

  @Test("of the marks of a line", arguments: 0..<40)
  func lineMarks(seed: UInt64) {
    let text = crowded(seed, 300)
    for start in stride(from: 0, to: text.count, by: 7) {
      let end = min(start + Int(seed) * 5, text.count)
      let line = String(decoding: text[start..<end], as: UTF8.self)
      let marks = LineMarks(text.span, start..<end)
      #expect(marks.hasDigit == line.contains("3"))
      #expect(marks.hasBracket == line.contains("("))
      // A pair of bytes of which the line holds the first counts.
      let after = String(decoding: text[start..<min(end + 1, text.count)], as: UTF8.self)
      #expect(marks.hasCreditMark == [":", "/"].contains { line.contains($0) } || after.contains("by"))
    }
  }

  @Test("of a book of phrases", arguments: 0..<40)
  func phrases(seed: UInt64) {
    let entries = ["the ortega", "said. the", "of town", "the", "officials and", "and to", "a \"town"].enumerated().map
    {
      Phrasebook.Phrase(words: Array($1.utf8), kind: $0.isMultiple(of: 2) ? .footer : .prompt)
    }
    let text = crowded(seed, 400)
    for books in [entries, entries.filter { $0.words.count > 8 }] {
      let book = Phrasebook(books)
      for start in text.indices {
        let rest = text[start...].map(\.folded)
        let plain = books.first {
          rest.starts(with: $0.words)
            && (!($0.words.last?.isASCIILetter ?? true) || rest.count == $0.words.count
              || !rest[$0.words.count].isASCIILetter)
        }
        #expect(book.kind(text.span, at: start, before: text.count) == plain?.kind)
      }
    }
  }

  @Test("of a word list", arguments: ["a\nthe\nofficials", "town\ntowns\nasduring\nthe ortega said"])
  func wordLists(words: String) {
    let list = WordList(Array(words.utf8))
    let text = crowded(7, 600)
    let plain = words.split(separator: "\n").map { Array($0.utf8) }
    for start in text.indices {
      for end in start...min(start + 16, text.count) {
        #expect(list.index(of: text.span, start..<end) == plain.firstIndex(of: text[start..<end].map(\.folded)))
      }
    }
  }

  /// The blocks of 64 bytes begin elsewhere in each.
  @Test("of the search for wrapped lines", arguments: 0..<66)
  func wraps(shift: Int) {
    let wrapped =
      "The council of the town voted late on Sunday\nto close the bridge, which had been damaged\nin a flood."
    let text = Array((String(repeating: "x", count: shift) + "\n\n" + wrapped).utf8)
    #expect(LineWraps(compounds: WordList([])).find(in: text.span).wraps == 2)
  }
}
