/// The words of an article as names are read from them, without a reference to count.
public struct NameWords: ~Escapable {
  /// The article's tokens.
  public let tokens: Swift.Span<Token>
  /// The part of speech of each.
  public let classes: Swift.Span<PartOfSpeech>
  /// What each does around a quote.
  public let roles: Swift.Span<AttributionRole>
  /// The bytes of the whole text.
  public let text: Swift.Span<UInt8>
  /// What the grammar of their language lets the rules rely on.
  public let traits: GrammarTraits

  /// The words of an article, whose text is `text`.
  @_lifetime(borrow analysis, copy text)
  public init(_ analysis: borrowing AnalyzedText, in text: Swift.Span<UInt8>) {
    tokens = analysis.tokens.span
    classes = analysis.classes.span
    roles = analysis.roles.span
    self.text = text
    traits = analysis.language.traits
  }

  func hint(_ i: Int) -> NameHint? { .of(tokens[i], in: text) }

  func isContraction(_ i: Int) -> Bool {
    // Most words have no apostrophe there, and need no lookup.
    let end = tokens[i].end
    guard tokens[i].count > 2, isApostrophe(end - 2) || isApostrophe(end - 3) else { return false }
    return if case .contraction = hint(i) { true } else { false }
  }

  /// Whether the byte is a straight apostrophe, or may be the last of a curly one.
  private func isApostrophe(_ at: Int) -> Bool { text[at] == UInt8(ascii: "'") || text[at] == 0x99 }

  func isFirstName(_ i: Int) -> Bool { if case .first = hint(i) { true } else { false } }
  func isTitle(_ i: Int) -> Bool { if case .title = hint(i) { true } else { false } }
  func isBody(_ i: Int) -> Bool { if case .organizationWord = hint(i) { true } else { false } }
  func isDirection(_ i: Int) -> Bool { if case .direction = hint(i) { true } else { false } }

  /// Whether the word is a title or a role that stands before a name.
  public func isRole(_ i: Int) -> Bool {
    if classes[i].isRole { return true }
    return if case .role = hint(i) { true } else { false }
  }

  /// Whether an article or the like stands directly before the tokens.
  func isBehindDeterminer(_ name: Range<Int>) -> Bool {
    name.lowerBound > 0 && classes[name.lowerBound - 1] == .determiner
  }

  /// A pronoun is searched no farther than this after a name.
  private static let pronounReach = 6

  /// The gender of a pronoun after a name in its clause, where it can refer to nobody between: `Lee defended his
  /// plan`.
  func genderBehind(_ name: Range<Int>) -> Gender {
    for i in name.upperBound..<min(name.upperBound + Self.pronounReach, tokens.count) {
      if tokens[i].kind != .word || tokens[i].isCapitalised || roles[i].isReporting { return .unknown }
      switch classes[i] {
      case .conjunction, .person, .title, .subjectPronoun: return .unknown
      case .possessive, .objectPronoun:
        if isWord(i, "his") || isWord(i, "himself") { return .male }
        if isWord(i, "herself") || isWord(i, "her") && isBeforeNoun(i..<i + 1) { return .female }
      default: break
      }
    }
    return .unknown
  }

  /// Whether a noun in small letters stands directly after the tokens.
  public func isBeforeNoun(_ name: Range<Int>) -> Bool {
    let next = name.upperBound
    guard next < tokens.count, tokens[next].kind == .word, tokens[next].shape == .lower else { return false }
    return classes[next].isNoun
  }

  /// Whether the token is the ASCII word, in any case; `word` is in lower case.
  public func isWord(_ i: Int, _ word: StaticString) -> Bool {
    tokens[i].isWord(word, in: text)
  }
}
