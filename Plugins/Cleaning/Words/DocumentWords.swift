/// The words of one text, as they are spelled: evidence that half of a doubtful join is a word here.
struct DocumentWords {
  /// 64-bit hashes: two words of one hash would only make the evidence a little weaker.
  private var hashes: Set<UInt64> = []
  /// Whether the text is English prose: only there the rules on English function words hold.
  private(set) var isEnglish = false

  init(_ text: Swift.Span<UInt8>) {
    var i = 0
    // A word behind a stop or a sign may be half of a join, and is no evidence for its own.
    var standsAlone = true
    while i < text.count {
      let isQuote = text[i] == 0xE2 && text.byte(i + 1) == 0x80
      guard text[i].isASCIILetter || (text[i].isHigh && !isQuote) else {
        standsAlone = isQuote || text[i].isBlank || [0x22, 0x27, 0x28].contains(text[i])
        i += isQuote ? 3 : 1
        continue
      }
      let start = i
      while i < text.count, text[i].isASCIILetter || (text[i].isHigh && !(text[i] == 0xE2 && text.byte(i + 1) == 0x80))
      {
        i += 1
      }
      if i - start > 1, standsAlone { hashes.insert(Self.hash(text, start..<i)) }
      standsAlone = false
    }
    let the = Array("theofandto".utf8)
    isEnglish =
      contains(the.span, 0..<3)
      && (contains(the.span, 3..<5) || contains(the.span, 5..<8) || contains(the.span, 8..<10))
  }

  func contains(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> Bool {
    hashes.contains(Self.hash(text, range))
  }

  private static func hash(_ text: Swift.Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for i in range { hash = (hash ^ UInt64(text[i])) &* 1_099_511_628_211 }
    return hash
  }
}
