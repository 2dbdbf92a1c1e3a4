package import HearsayText

/// What a sentence shows about a target in it: hashed words, pairs and triples, by side and distance of the mention.
///
/// After the n-gram baselines of target-dependent sentiment classification (Hamborg and Donnay, EACL 2021, compare some).
package enum StanceFeatures {
  /// The weights' table has `1 << bits` slots.
  package static let bits = 18

  /// Calls `body` with the slot of each feature and the token that it stands on.
  ///
  /// - Parameters:
  ///   - words: What each token of the text is: see `WordValues`.
  ///   - sentence: The sentence's tokens.
  ///   - mention: The target's tokens.
  @inline(__always)
  package static func visit(
    _ tokens: [Token], _ words: WordValues, _ sentence: Range<Int>, mention: Range<Int>,
    _ body: (_ slot: Int, _ token: Int) -> Void
  ) {
    var negated = 0
    // Hashes of the word before and the one before that; the target is a word of its own.
    var before: UInt32 = 1
    var beforeThat: UInt32 = 1
    for i in sentence {
      let token = tokens[i]
      guard token.kind == .word || token.kind == .possessive else { continue }
      if mention.contains(i) {
        if i == mention.lowerBound {
          beforeThat = before
          before = 2
        }
        continue
      }
      if words.isSkipped(i) {
        negated -= 1
        continue
      }
      let word = token.hash
      let isBefore = i < mention.lowerBound
      let side: UInt32 = isBefore ? 3 : 5
      let distance = isBefore ? mention.lowerBound - i : i - mention.upperBound + 1
      let bucket: UInt32 = distance <= 2 ? 0 : distance <= 5 ? 1 : distance <= 10 ? 2 : 3
      let turned: UInt32 = negated > 0 ? 7 : 0
      body(slot(mix(word, 11 &+ turned)), i)
      body(slot(mix(word, 13 &+ side &+ turned)), i)
      body(slot(mix(word, 101 &+ side &* 16 &+ bucket)), i)
      if before != 1 {
        let pair = mix(word, before &* 31)
        body(slot(pair), i)
        body(slot(mix(pair, 17 &+ side)), i)
        if beforeThat != 1, bucket < 3 { body(slot(mix(pair, (beforeThat &* 37) ^ side)), i) }
      }
      if words.isNegation(i) { negated = 4 } else { negated -= 1 }
      beforeThat = before
      before = word
    }
  }

  @inline(__always)
  private static func slot(_ hash: UInt32) -> Int { Int(hash >> UInt32(32 - bits)) }

  /// A finalised mix of two hashes, its high bits as good as its low ones.
  @inline(__always)
  private static func mix(_ a: UInt32, _ b: UInt32) -> UInt32 {
    var h = a ^ (b &* 0x9E37_79B1)
    h = (h ^ h >> 16) &* 0x85EB_CA6B
    h = (h ^ h >> 13) &* 0xC2B2_AE35
    return h ^ h >> 16
  }
}

/// What each word of a text says by itself, looked up once for the whole text.
package struct WordValues: Sendable {
  /// For each token its polarity from -3 to 3, or one of the two below.
  private let values: [Int8]
  private static let negation: Int8 = 100
  private static let skipped: Int8 = 101

  private static let lexicon: Lexicon<Int8> = {
    func lines(_ source: [UInt8], _ value: Int8) -> [UInt8] {
      let words = String(decoding: source, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
      return Array(words.map { "\($0)\t\(value)\n" }.joined().utf8)
    }
    let source =
      PackageResources.polarity_txt + [0x0A] + lines(PackageResources.negations_txt, negation)
      + lines(PackageResources.skipped_words_txt, skipped)
    return Lexicon(source) { $0.first.flatMap { Int8($0) } }
  }()

  package init(_ tokens: [Token], in text: Swift.Span<UInt8>) {
    let lexicon = Self.lexicon
    var values = [Int8](repeating: 0, count: tokens.count)
    for i in tokens.indices where tokens[i].kind == .word || tokens[i].kind == .possessive {
      if let value = lexicon.value(of: tokens[i], in: text) { values[i] = value }
    }
    self.values = values
  }

  @inline(__always)
  func isNegation(_ token: Int) -> Bool { values[token] == Self.negation }

  @inline(__always)
  func isSkipped(_ token: Int) -> Bool { values[token] == Self.skipped }

  @inline(__always)
  func polarity(_ token: Int) -> Int { abs(values[token]) > 3 ? 0 : Int(values[token]) }
}
