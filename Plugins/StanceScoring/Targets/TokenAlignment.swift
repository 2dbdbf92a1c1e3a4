import HearsayText

/// Maps tokens of an analysis to those of the text; queries are in rising order.
///
/// The two differ: an analysis joins doubled quotation marks, and reads single ones that quote as double ones. The model was
/// trained on the tokens of the text.
struct TokenAlignment {
  private let analysis: AnalyzedText
  private let tokens: [Token]
  private var next = 0

  init(_ analysis: AnalyzedText, _ tokens: [Token]) {
    self.analysis = analysis
    self.tokens = tokens
  }

  /// The tokens with the start and the end of those of the analysis; `nil` where there are none.
  mutating func tokens(of range: Range<Int>) -> Range<Int>? {
    guard let first = range.first, let last = range.last else { return nil }
    let (start, end) = (analysis.tokens[first].start, analysis.tokens[last].end)
    while next < tokens.count, tokens[next].start < start { next += 1 }
    guard next < tokens.count, tokens[next].start == start else { return nil }
    var i = next
    while i < tokens.count, tokens[i].end < end { i += 1 }
    return i < tokens.count && tokens[i].end == end ? next..<i + 1 : nil
  }
}
