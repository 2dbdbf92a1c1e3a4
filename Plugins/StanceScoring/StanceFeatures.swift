import Hearsay
package import HearsayText

/// What a sentence shows about a target in it: hashed words, pairs and triples, by side and distance of the mention.
///
/// After the n-gram baselines of target-dependent sentiment classification (Hamborg and Donnay, EACL 2021, compare some).
package struct StanceFeatures {
  /// The weights' table has `1 << bits` slots.
  package static let bits = 18

  /// The slots, and for each the token that it stands on.
  package private(set) var slots: [(slot: Int, token: Int)] = []

  static let negations = Lexicon(wordsIn: PackageResources.negations_txt)
  private static let clauseDistance = (near: 2, middle: 5, far: 10)

  package init() {}

  /// - Parameters:
  ///   - sentence: The sentence's tokens.
  ///   - mention: The target's tokens; empty for the sentence's leaning whatever the target.
  package mutating func collect(
    _ tokens: [Token], _ sentence: Range<Int>, mention: Range<Int>, in text: Swift.Span<UInt8>
  ) {
    slots.removeAll(keepingCapacity: true)
    let isAimed = !mention.isEmpty
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
      let word = token.hash
      let side: UInt32 = i < mention.lowerBound ? 3 : 5
      let distance = i < mention.lowerBound ? mention.lowerBound - i : i - mention.upperBound + 1
      let bucket: UInt32 =
        distance <= Self.clauseDistance.near
        ? 0 : distance <= Self.clauseDistance.middle ? 1 : distance <= Self.clauseDistance.far ? 2 : 3
      let turned: UInt32 = negated > 0 ? 7 : 0
      add(mix(word, 11 &+ turned), i)
      let pair = mix(word, before &* 31)
      if before != 1 { add(pair, i) }
      if isAimed {
        add(mix(word, 13 &+ side &+ turned), i)
        add(mix(word, 101 &+ side &* 16 &+ bucket), i)
        if before != 1 { add(mix(pair, 17 &+ side), i) }
        if before != 1, beforeThat != 1, bucket < 3 { add(mix(pair, (beforeThat &* 37) ^ side), i) }
      }
      if Self.negations.contains(token, in: text) { negated = 4 } else { negated -= 1 }
      beforeThat = before
      before = word
    }
  }

  private mutating func add(_ hash: UInt32, _ token: Int) {
    slots.append((Int(hash >> UInt32(32 - Self.bits)), token))
  }

  /// A finalised mix of two hashes, its high bits as good as its low ones.
  @inline(__always)
  private func mix(_ a: UInt32, _ b: UInt32) -> UInt32 {
    var h = a ^ (b &* 0x9E37_79B1)
    h = (h ^ h >> 16) &* 0x85EB_CA6B
    h = (h ^ h >> 13) &* 0xC2B2_AE35
    return h ^ h >> 16
  }
}
