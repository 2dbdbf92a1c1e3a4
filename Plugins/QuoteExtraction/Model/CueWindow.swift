import Hearsay
import HearsayText

/// The tokens around a cue among which its content and its speaker are sought: the cue's sentence, and the quotations
/// beside it that are sentences of their own.
package struct CueWindow {
  package var tokens: Range<ModelTokenIndex>
  package var cue: ModelTokenIndex
  /// The sentence of the cue.
  var sentence: Range<ModelTokenIndex>

  /// One value for each token of a window.
  typealias Values<Value> = InlineArray<128, Value>
  /// No window has more tokens, so that damaged text costs no more than its length.
  static let longest = 128
  /// No window reaches further from its cue, in tokens.
  private static let reach = longest / 2
  /// No more quotations that are sentences of their own belong to a window on either side.
  private static let sentencesBeside = 3

  /// - Parameter index: The number of the cue's sentence.
  package init(cue: ModelTokenIndex, inSentence index: Int, of all: borrowing ModelTokens) {
    let sentence = all.sentences[index]
    self.cue = cue
    self.sentence = sentence
    var lower = sentence.lowerBound
    var upper = sentence.upperBound
    var next = index + 1
    while next < all.sentences.count, next <= index + Self.sentencesBeside, all.all[upper].gap < .paragraph,
      all.isQuotation(all.sentences[next])
    {
      upper = all.sentences[next].upperBound
      next += 1
    }
    // "He said:", and what he said is a paragraph of its own.
    if next == index + 1, next < all.sentences.count, all.all[upper - 1].kind == .colon {
      let quotation = all.sentences[next].prefix(1)
      if quotation.allSatisfy({ all.all[$0].isQuotation }) { upper = quotation.upperBound }
    }
    var before = index - 1
    while before >= 0, before >= index - Self.sentencesBeside, all.all[lower].gap < .paragraph,
      all.isQuotation(all.sentences[before])
    {
      lower = all.sentences[before].lowerBound
      before -= 1
    }
    tokens = max(lower, cue - Self.reach)..<min(upper, cue + Self.reach)
  }

  @inline(__always)
  package func offset(of token: ModelTokenIndex) -> WindowOffset { WindowOffset(token - tokens.lowerBound) }
}

extension ModelTokens {
  /// Whether the sentence holds a quotation, or one stands directly beside it.
  func isBesideQuotation(_ sentence: Range<ModelTokenIndex>) -> Bool {
    let lower = max(sentence.lowerBound.value - 1, 0)
    return (lower..<min(sentence.upperBound.value + 1, all.count)).contains { all[$0].isQuotation }
  }

  /// Whether the sentence is a quotation and nothing more.
  func isQuotation(_ sentence: Range<ModelTokenIndex>) -> Bool {
    sentence.count <= 3 && all[sentence.lowerBound].isQuotation
      && sentence.dropFirst().allSatisfy { all[$0].kind.isMark || all[$0].isQuotation }
  }
}

/// What a token is to a cue. The raw value is the label's lane in a row of weights.
package enum WindowLabel: Int, CaseIterable {
  case outside, contentBegins, content, speakerBegins, speaker, cue

  /// The number of labels, a constant that loops over lanes are unrolled by.
  package static let count = 6

  /// Whether the label may directly follow another: an inside label needs a begin label (BIO constraint).
  package func mayFollow(_ other: Self) -> Bool {
    switch self {
    case .content: other == .content || other == .contentBegins
    case .speaker: other == .speaker || other == .speakerBegins
    default: true
    }
  }
}
