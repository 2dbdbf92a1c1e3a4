import Hearsay
import HearsayText

/// The elements around a cue among which its content and its speaker are sought: the cue's sentence, and the quotations
/// beside it that are sentences of their own.
package struct CueWindow {
  package var tokens: Range<Int>
  /// The cue's element.
  package var cue: Int
  /// The sentence of the cue.
  var sentence: Range<Int>

  /// One value for each element of a frame.
  typealias Values<Value> = InlineArray<128, Value>
  /// No frame has more elements, so that damaged text costs no more than its length.
  static let longest = 128
  /// A frame reaches no further than so many elements from its cue.
  private static let reach = longest / 2
  /// At most so many quotations of their own sentence belong to a frame on either side.
  private static let sentencesBeside = 3

  /// - Parameters:
  ///   - cue: An element.
  ///   - index: The number of its sentence.
  package init(cue: Int, inSentence index: Int, of all: borrowing ModelTokens) {
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
}

extension ModelTokens {
  /// Whether the sentence holds a quotation, or one stands right beside it.
  func isBesideQuotation(_ sentence: Range<Int>) -> Bool {
    (max(sentence.lowerBound - 1, 0)..<min(sentence.upperBound + 1, all.count)).contains { all[$0].isQuotation }
  }

  /// Whether the sentence is a quotation and nothing more.
  func isQuotation(_ sentence: Range<Int>) -> Bool {
    sentence.count <= 3 && all[sentence.lowerBound].isQuotation
      && sentence.dropFirst().allSatisfy { all[$0].kind.isMark || all[$0].isQuotation }
  }
}

/// What an element is to a cue. The raw value is the label's lane in a row of weights.
package enum WindowLabel: Int, CaseIterable {
  case outside, contentBegins, content, speakerBegins, speaker, cue

  /// The number of labels, a constant that loops over lanes are unrolled by.
  package static let count = 6

  /// Whether the label may stand behind another: nothing goes on that has not begun.
  package func mayFollow(_ other: Self) -> Bool {
    switch self {
    case .content: other == .content || other == .contentBegins
    case .speaker: other == .speaker || other == .speakerBegins
    default: true
    }
  }
}
