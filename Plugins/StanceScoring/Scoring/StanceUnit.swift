import Hearsay

/// What one holder says of one target in one quote, or in one sentence outside quotes: it has one stance.
struct StanceUnit {
  /// The index of the target's name.
  var target: Int
  /// The first mention.
  var span: Span
  var holder: String?
  /// The index of the quote.
  var quote: Int?
  var sentence: Int
  /// The target's unit before this one; -1 for none.
  var previous: Int
  /// The sums of the logits of its mentions, and their number.
  var favor: Float = 0
  var against: Float = 0
  var count: Float = 0
  /// The latest of its contexts that are kept, -1 for none, and their number.
  var context = -1
  var contexts = 0
}

/// The context in which one mention of a unit was scored: a range of tokens, the mention in it, and the sentences that it
/// refers to.
struct MentionContext {
  var range: Range<Int>
  var mention: Range<Int>
  var ngrams: ContextNgrams.Weights
  var earlier: Range<Int>
  /// The unit's context before this one; -1 for none.
  var previous: Int
}
