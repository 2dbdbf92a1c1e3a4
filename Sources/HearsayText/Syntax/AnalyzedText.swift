public import Hearsay

/// A text's tokens, with what is known of each, as the steps of `extract-quotes` and `score-stance` need them.
public struct AnalyzedText: Sendable {
  /// The tokens, with quotation marks and line breaks normalized: see `DoubledQuoteNormalizer`, `SingleQuoteNormalizer` and
  /// `ParagraphNormalizer`.
  public let tokens: [Token]
  /// The language whose words are known.
  public let language: Language
  /// The cue verbs that a user added to those of the language.
  let cueVerbs: [CueVerb]
  /// The spans of its sentences, which with the language and the verbs are the key of `Document.analysis(in:)`.
  let sentenceSpans: [Span]
  /// What is known of the language's words.
  @usableFromInline let words: LayeredLexicon
  /// The token range of each sentence.
  public let sentences: [Range<Int>]
  /// For each token what its word does around a quote.
  public let roles: [AttributionRole]
  /// For each token its part of speech.
  public let classes: [PartOfSpeech]
  /// The tokens that report or judge by their role, and those that name a source.
  public let cues: [Int]
  /// The quotation marks, double and single, and the tokens that stand first on their line.
  public let marksAndLines: [Int]

  /// - Parameters:
  ///   - tokens: Those of the whole text.
  ///   - spans: The sentences, in bytes; they need not cover the text.
  ///   - cueVerbs: Verbs that report speech besides those of the language.
  public init(
    _ tokens: [Token], text: Swift.Span<UInt8>, sentences spans: [Span], language: Language = .english,
    cueVerbs: [CueVerb] = []
  ) {
    let words = LayeredLexicon(language.lexicon, adding: cueVerbs)
    var tokens = Elisions.cut(tokens, language, words, in: text)
    var marksAndLines = Self.marksAndLines(of: tokens.span)
    if let joined = DoubledQuoteNormalizer.joined(tokens, marksAndLines, language.traits) {
      tokens = joined
      marksAndLines = Self.marksAndLines(of: tokens.span)
    }
    tokens = ParagraphNormalizer.readAsParagraphs(tokens, marksAndLines)
    tokens = SingleQuoteNormalizer.normalize(tokens, marksAndLines, in: text)
    var sentences = tokens.ranges(of: spans)
    sentences.removeAll { $0.isEmpty }
    self.tokens = tokens
    self.language = language
    self.cueVerbs = cueVerbs
    self.words = words
    self.sentences = sentences
    sentenceSpans = spans
    var roles = [AttributionRole](repeating: .none, count: tokens.count)
    var classes = [PartOfSpeech](repeating: .noun, count: tokens.count)
    var cues: [Int] = []
    do {
      let base = words.base
      let tokens = tokens.span
      var roleSpan = roles.mutableSpan
      var classSpan = classes.mutableSpan
      for i in tokens.indices {
        let known = tokens[i].kind == .word ? base.value(of: tokens[i], in: text) : nil
        if let known {
          roleSpan[i] = known.role
          if known.role.isReporting { cues.append(i) }
        }
        classSpan[i] = known?.partOfSpeech ?? PartOfSpeech(ofForm: tokens[i], in: text)
      }
    }
    if let added = words.added?.lexicon {
      for i in tokens.indices where tokens[i].kind == .word {
        guard let entry = added.value(of: tokens[i], in: text) else { continue }
        roles[i] = entry.role
        classes[i] = entry.partOfSpeech ?? classes[i]
      }
      cues = roles.indices.filter { roles[$0].isReporting }
    }
    self.roles = roles
    self.classes = classes
    self.cues = cues
    self.marksAndLines = marksAndLines
  }

  private static func marksAndLines(of tokens: Swift.Span<Token>) -> [Int] {
    var found: [Int] = []
    var i = 0
    while i < tokens.count {
      let token = tokens[i]
      if token.gap >= .line || token.mark.isDoubleQuote || token.mark.isSingleQuote || i == 0 { found.append(i) }
      i += 1
    }
    return found
  }

  /// Whether it is the analysis of these sentences in this language with these verbs, of the same text.
  func isOf(_ sentences: [Span], in language: Language, _ cueVerbs: [CueVerb]) -> Bool {
    self.language == language && self.cueVerbs == cueVerbs && sentenceSpans == sentences
  }

  /// What the lists say of a token; `nil` where it is on none.
  @inlinable public func known(_ index: Int, in text: Swift.Span<UInt8>) -> LexiconEntry? {
    words.value(of: tokens[index], in: text)
  }

  /// Whether the token is the ASCII word, in any case; `word` is in lower case.
  @inlinable public func isWord(_ index: Int, _ word: StaticString, in text: Swift.Span<UInt8>) -> Bool {
    tokens.indices.contains(index) && tokens[index].isWord(word, in: text)
  }

  /// No dateline is longer, in tokens.
  private static let longestDateline = 12

  /// The dash of a dateline that a paragraph begins with: `LONDON (AP) — The mayor said`.
  public func dash(ofDatelineFrom start: Int) -> Int? {
    guard tokens.indices.contains(start), tokens[start].gap >= .line else { return nil }
    for i in start..<min(tokens.count, start + Self.longestDateline) {
      if tokens[i].mark == .dash {
        return i > start && i + 1 < tokens.count && tokens[i + 1].shape != .lower ? i : nil
      }
      if tokens[i].shape == .lower || tokens[i].mark.isDoubleQuote || tokens[i].mark.isSingleQuote { return nil }
    }
    return nil
  }

  /// The sentence without a dateline that it begins with.
  public func withoutDateline(_ sentence: Range<Int>) -> Range<Int> {
    guard let dash = dash(ofDatelineFrom: sentence.lowerBound), dash + 1 < sentence.upperBound else { return sentence }
    return dash + 1..<sentence.upperBound
  }

  /// The tokens up to the last one that is no mark.
  public func withoutMarksAtEnd(_ range: Range<Int>) -> Range<Int> {
    var range = range
    while let last = range.last, tokens[last].kind == .mark { range = range.dropLast() }
    return range
  }

  /// The index of the first token that begins at or after the byte.
  public func firstToken(from byte: Int) -> Int { tokens.partitioningIndex { $0.start >= byte } }

  /// From the start of the first token to the end of the last.
  public func span(_ range: Range<Int>) -> Span {
    guard let first = range.first, let last = range.last, tokens.indices.contains(last) else { return Span(0, 0) }
    return Span(tokens[first].start, tokens[last].end)
  }
}

extension Token {
  /// Whether this is the ASCII word, in any case; `word` is in lower case.
  @inlinable public func isWord(_ word: StaticString, in text: Swift.Span<UInt8>) -> Bool {
    guard Int(count) == word.utf8CodeUnitCount else { return false }
    for k in 0..<word.utf8CodeUnitCount where unsafe text[start + k] | 0x20 != word.utf8Start[k] { return false }
    return true
  }

  /// Whether the word has more than four bytes and ends as a participle does: `saying`.
  @inlinable public func endsInIng(in text: Swift.Span<UInt8>) -> Bool {
    count > 4 && text[end - 1] == UInt8(ascii: "g") && text[end - 2] == UInt8(ascii: "n")
      && text[end - 3] == UInt8(ascii: "i")
  }
}
