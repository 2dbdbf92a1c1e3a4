import HearsayText

/// A mention of a target, in tokens.
struct Mention {
  var tokens: Range<Int>
  /// The index of the target's name in `TargetMentions.names`.
  var target: Int
}

/// The targets that a text mentions, and where, in order.
struct TargetMentions {
  var names: [String] = []
  private(set) var mentions: [Mention] = []

  /// Adds mentions, which are in order, to those that there are.
  mutating func add(_ more: [Mention]) {
    guard !mentions.isEmpty, !more.isEmpty else {
      mentions += more
      return
    }
    var merged: [Mention] = []
    merged.reserveCapacity(mentions.count + more.count)
    var next = 0
    for mention in mentions {
      while next < more.count, more[next].tokens.lowerBound < mention.tokens.lowerBound {
        merged.append(more[next])
        next += 1
      }
      merged.append(mention)
    }
    mentions = merged + more[next...]
  }
}

/// Finds the tokens of the text that an article's tokens are, asked in rising order: where marks are joined the two differ.
struct TokenPlaces {
  private let analysis: AnalyzedText
  private let tokens: [Token]
  private var next = 0

  init(_ analysis: AnalyzedText, _ tokens: [Token]) {
    self.analysis = analysis
    self.tokens = tokens
  }

  /// The tokens that begin and end where those of the article do; `nil` where none do.
  mutating func place(of range: Range<Int>) -> Range<Int>? {
    guard let first = range.first, let last = range.last else { return nil }
    let (start, end) = (analysis.tokens[first].start, analysis.tokens[last].end)
    while next < tokens.count, tokens[next].start < start { next += 1 }
    guard next < tokens.count, tokens[next].start == start else { return nil }
    var i = next
    while i < tokens.count, tokens[i].end < end { i += 1 }
    return i < tokens.count && tokens[i].end == end ? next..<i + 1 : nil
  }
}
