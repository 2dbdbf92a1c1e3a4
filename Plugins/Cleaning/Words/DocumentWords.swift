/// The words of one text, as they are spelled: evidence that half of a doubtful join is a word here.
struct DocumentWords {
  /// 64-bit hashes: two words of one hash would only make the evidence a little weaker.
  private var hashes: Set<UInt64> = []
  /// Whether the text is English prose: only there the rules on English function words hold.
  private(set) var isEnglish = false

  init(_ text: Swift.Span<UInt8>) {
    var i = 0
    while i < text.count {
      guard text[i].isLetter || text[i].isHigh else {
        i += 1
        continue
      }
      let start = i
      while i < text.count, text[i].isLetter || text[i].isHigh { i += 1 }
      if i - start > 1 { hashes.insert(Self.hash(text, start..<i)) }
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
