package import HearsayText

/// Classifies the stance toward the mentions of targets in the sentences of one text.
///
/// The features follow the n-gram baselines of target-dependent sentiment classification (Hamborg and Donnay, EACL 2021,
/// compare some): words and pairs by side, distance, negation and clause of the target, the same for all words of one
/// polarity, and the tokens directly beside the target.
///
/// A sentence is read once, into prefix sums: each further target of it takes only the words near that target. Sentences
/// without a target are not read.
package struct MentionClassifier {
  let tokens: [Token]
  let model: StanceModel
  let lexicon = StanceWords.shipped
  /// What is known of each token of the text.
  var words: [Word]

  /// The sentence that `sums`, `polarWords` and `keys` are of.
  var summed: Range<Int> = 0..<0
  /// The prefix sums: before each token of the sentence, and after the last one.
  var sums: [PrefixSums] = []
  /// The tokens of its content words with a polarity.
  var polarWords: [Int] = []
  /// The keys of its content words. The buffer is reused; its length is not that of the sentence.
  var keys: [Keys] = []

  /// The features of a token.
  struct Word {
    /// The first slot of the word's row, or of the row of zeros; -1 before the sentence is looked up.
    var row: Int32 = -1
    /// The word's own polarity, inverted where it is negated.
    var polarity: Int8 = 0
    var flags: WordFlags = []
    /// The weights of the pair of the word before it and itself, after a target.
    var pairAfter = SIMD2<Int8>()
    /// What the word adds to `favor` less what it adds to `against`, in steps, once its sentence is summed: before a
    /// target, after it, and within its clause before and after.
    var contributions = SIMD4<Int16>()

    var isContent: Bool { flags.contains(.content) }
  }

  struct PrefixSums {
    /// The weights of the first four lanes, `favor` and `against` of each.
    var weights = SIMD8<Int32>()
    /// The number of content words.
    var words: Int32 = 0
  }

  struct Keys {
    var word: StanceTable.Key
    var pair: StanceTable.Key
    var token: Int32
  }

  typealias Lane = StanceTable.WordLane

  /// - Parameter model: The empty model is enough for `keys(of:mention:)`.
  package init(_ tokens: [Token], model: StanceModel = .empty) {
    self.tokens = tokens
    self.model = model
    words = Array(repeating: Word(), count: tokens.count)
  }

  /// Whether a token has a flag, whether or not its sentence was looked up.
  func has(_ flag: WordFlags, _ token: Int) -> Bool {
    let isKnown = words[token].row >= 0 || tokens[token].kind != .word
    return (isKnown ? words[token].flags : lexicon.entry(of: tokens[token]).flags).contains(flag)
  }

  /// The polarity of a word of a sentence that was looked up.
  func polarity(of token: Int) -> Int { Int(words[token].polarity) }

  /// The sum of the polarities of all words of a sentence.
  mutating func polarity(of sentence: Range<Int>) -> Int {
    lookUp(sentence)
    return sentence.reduce(0) { $0 + Int(words[$1].polarity) }
  }

  /// The tokens of the clause of a mention: up to the next mark on either side.
  func clause(of mention: Range<Int>, in range: Range<Int>) -> Range<Int> {
    var start = mention.lowerBound
    while start > range.lowerBound, tokens[start - 1].kind != .mark { start -= 1 }
    var end = mention.upperBound
    while end < range.upperBound, tokens[end].kind != .mark { end += 1 }
    return start..<end
  }

  /// The first content word after a mention: the first word of its pair may be in the mention.
  func wordAfter(_ mention: Range<Int>, in range: Range<Int>) -> Int? {
    (mention.upperBound..<max(range.upperBound, mention.upperBound)).first { words[$0].isContent }
  }
}
