import Hearsay
import HearsayText

/// The turns of an interview or a debate that an article prints as a transcript: paragraphs that begin with the speaker's name.
///
/// `WALLACE: Do you regret it?`, `Q: How did it go?`, with or without quotation marks.
struct Transcript {
  /// What one speaker says, in tokens.
  struct Turn {
    var speaker: Range<Int>
    /// From after the colon to the end of the paragraph, marks included.
    var content: Range<Int>
  }

  private(set) var turns: [Turn] = []

  /// No name before a colon has more words.
  private static let longestName = 4
  /// Turns further from each other, in tokens, belong to no conversation.
  private static let furthest = 600

  init(in analysis: AnalyzedText) {
    let tokens = analysis.tokens
    var found: [(turn: Turn, isCapital: Bool)] = []
    for i in analysis.marksAndLines where i == 0 || tokens[i].gap >= .line {
      if let label = Self.label(at: i, in: analysis) { found.append(label) }
    }
    guard found.count > 2 else { return }
    // A speaker is named elsewhere in the article, or speaks again.
    let names = found.map { tokens[$0.turn.speaker.upperBound - 1].hash }
    var labels: [UInt32: Int] = [:]
    var speeches: [UInt32: Int] = [:]
    for k in found.indices {
      labels[names[k], default: 0] += 1
      if Self.isSpeech(found[k].turn, in: analysis) { speeches[names[k], default: 0] += 1 }
    }
    let isNamed = Self.named(Set(names), excluding: Set(found.map { $0.turn.speaker.upperBound - 1 }), in: analysis)
    let isSpeaker = found.indices.map { isNamed.contains(names[$0]) || found[$0].isCapital && labels[names[$0]] != 1 }
    // In a conversation somebody answers, and somebody speaks again; a list of names and figures is no conversation.
    guard found.indices.contains(where: { isSpeaker[$0] && speeches[names[$0]] ?? 0 > 1 }) else { return }
    /// Whether somebody else speaks near by, on one side.
    func answers(_ k: Int, step: Int) -> Bool {
      let start = found[k].turn.speaker.lowerBound
      var other = k + step
      while found.indices.contains(other), abs(found[other].turn.speaker.lowerBound - start) < Self.furthest {
        if isSpeaker[other], names[other] != names[k] { return true }
        other += step
      }
      return false
    }
    for k in found.indices where isSpeaker[k] && (answers(k, step: -1) || answers(k, step: 1)) {
      turns.append(found[k].turn)
    }
  }

  /// Whether the turn has words enough to be a sentence.
  private static func isSpeech(_ turn: Turn, in analysis: AnalyzedText) -> Bool {
    turn.content.count { analysis.tokens[$0].kind == .word && analysis.tokens[$0].shape == .lower } > 2
  }

  /// A name and a colon at the start of a line.
  private static func label(at start: Int, in analysis: AnalyzedText) -> (turn: Turn, isCapital: Bool)? {
    let tokens = analysis.tokens
    var i = start
    if tokens[i].mark.isDoubleQuote { i += 1 }
    let first = i
    var isCapital = true
    while i < tokens.count, i < first + 2 * longestName {
      let token = tokens[i]
      if token.mark == .stop, i > first, token.gap == .none { i += 1; continue }
      guard token.kind == .word, token.isCapitalised, i == first || token.gap <= .space else { break }
      switch analysis.classes[i] {
      case .name, .acronym, .title, .person: break
      // `Q:` and `A:`
      case .determiner where token.count == 1: break
      default: return nil
      }
      if token.shape == .capitalised { isCapital = false }
      i += 1
    }
    guard i > first, i + 1 < tokens.count, tokens[i].mark == .colon, tokens[i].gap == .none,
      tokens[i + 1].gap == .space, tokens[i - 1].kind == .word, i - first <= longestName
    else { return nil }
    var end = i + 1
    while end < tokens.count, tokens[end].gap < .line { end += 1 }
    guard end - i > 2 else { return nil }
    return (Turn(speaker: first..<i, content: i + 1..<end), isCapital)
  }

  /// Those of the words that the article has within a sentence, as a name.
  private static func named(_ words: Set<UInt32>, excluding labels: Set<Int>, in analysis: AnalyzedText) -> Set<UInt32>
  {
    let tokens = analysis.tokens
    var named: Set<UInt32> = []
    for i in tokens.indices.dropFirst() where tokens[i].isCapitalised && tokens[i - 1].kind == .word {
      if words.contains(tokens[i].hash), !labels.contains(i) { named.insert(tokens[i].hash) }
    }
    return named
  }
}
