import Testing

@testable import SentenceSplitting

@Suite("A word's shape is what its letters show")
struct WordTests {
  func word(_ text: String) -> BoundaryWord {
    let bytes = Array(text.utf8)
    return BoundaryWord(bytes.span, 0..<bytes.count)
  }

  @Test func caseMakesNoDifferenceToTheHash() {
    for (a, b) in [("The", "the"), ("ÉTÉ", "été"), ("Ул", "ул"), ("ՀԱՅ", "հայ"), ("Łódź", "łódź"), ("ΑΘΉΝΑ", "αθήνα")] {
      #expect(word(a).hash == word(b).hash, "\(a)")
    }
    #expect(word("the").hash != word("tho").hash)
  }

  @Test func shapes() {
    #expect(word("U.S").isAcronym && word("a.m").isAcronym && !word("etc").isAcronym && !word("St.Paul").isAcronym)
    #expect(word("J").isInitial && word("И").isInitial && !word("5").isInitial)
    #expect(word("1805").isNumber && !word("5th").isNumber)
    #expect(word("XIV").isRomanNumeral && !word("XIt").isRomanNumeral)
    #expect(word("a@b.c").isAddress && word("über").isLower && !word("Über").isLower)
  }

  @Test(arguments: [
    ("didn't", "didn't"), ("say \"word", "word"), ("l'Ing", "Ing"), ("in the U.S", "U.S"), ("well-known", "known"),
    ("they’re", "they’re"), ("«mot", "mot"), ("", ""),
  ])
  func theWordBeforeAMark(_ text: String, _ expected: String) {
    let bytes = Array(text.utf8)
    let word = bytes.span.word(endingAt: bytes.count, notBefore: 0)
    #expect(String(decoding: bytes[word.start..<word.end], as: UTF8.self) == expected)
  }
}
