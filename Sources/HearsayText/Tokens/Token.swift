public import Hearsay

/// A word, number or mark of a text. Offsets are bytes.
public struct Token: Sendable, Hashable, Codable {
  /// What a token is.
  public enum Kind: UInt8, Codable, Sendable {
    /// Letters, with what joins them: `don't`, `Afro-Caribbean`, `U.S.`, `AT&T`, `G20`.
    case word
    /// `'s`, or the `'` of a plural possessive: `Lee's` is `Lee` and `'s`.
    case possessive
    /// Digits, with what joins them: `1,200`, `3.5`, `10:30`, `2nd`.
    case number
    /// One mark: see `mark`.
    case mark
  }

  /// How the letters of a word are cased.
  public enum Shape: UInt8, Codable, Sendable {
    /// No letter with case.
    case none
    case lower
    /// An upper-case letter first and a lower-case one after it: `Lee`, `McDonald`.
    case capitalised
    /// Two or more letters, all upper-case: `NATO`, `U.S.`
    case upper
    /// One upper-case letter: `J`, `A`.
    case initial
    /// Lower-case first, upper-case later: `iPhone`.
    case mixed
  }

  /// What stands between a token and the one before it.
  public enum PrecedingWhitespace: UInt8, Codable, Sendable, Comparable {
    case none
    case space
    case line
    /// A blank line, or the text's beginning.
    case paragraph

    @inlinable public static func < (a: PrecedingWhitespace, b: PrecedingWhitespace) -> Bool { a.rawValue < b.rawValue }
  }

  // Four bytes in place of eight: a text has many tokens, and none has 4 GB.
  @usableFromInline var offset: UInt32
  /// Length in bytes.
  public var count: UInt32
  /// A hash of the word in lower case (ASCII letters), apostrophes made straight: what a `Lexicon` looks up. 0 for marks.
  public var hash: UInt32
  public var kind: Kind
  public var shape: Shape
  public var mark: Punctuation
  public var gap: PrecedingWhitespace

  @inlinable public init(
    start: Int, count: UInt32, hash: UInt32 = 0, kind: Kind, shape: Shape = .none, mark: Punctuation = .none,
    gap: PrecedingWhitespace
  ) {
    offset = UInt32(clamping: start)
    self.count = count
    self.hash = hash
    self.kind = kind
    self.shape = shape
    self.mark = mark
    self.gap = gap
  }

  /// Where the token begins.
  @inlinable public var start: Int {
    get { Int(offset) }
    set { offset = UInt32(clamping: newValue) }
  }
  @inlinable public var end: Int { start + Int(count) }
  @inlinable public var span: Span { Span(start, end) }
  /// Whether a word begins with an upper-case letter.
  @inlinable public var isCapitalised: Bool {
    shape.rawValue >= Shape.capitalised.rawValue && shape.rawValue <= Shape.initial.rawValue
  }
}

/// Which mark a token of kind `.mark` is.
public enum Punctuation: UInt8, Codable, Sendable {
  /// The token is no mark.
  case none
  case comma, stop, question, exclamation, colon, semicolon, ellipsis
  /// An em or en dash, or a hyphen that stands free.
  case dash
  /// A straight double quotation mark: opening or closing, as the context has it.
  case straightDouble
  /// `“` opens in English and closes in German.
  case curlyDoubleLeft
  /// `”`
  case curlyDoubleRight
  /// `„`
  case lowDouble
  /// `«`
  case guillemetLeft
  /// `»`
  case guillemetRight
  /// A straight single mark that is no apostrophe.
  case straightSingle
  /// `‘`
  case curlySingleLeft
  /// `’` that is no apostrophe inside a word.
  case curlySingleRight
  /// `(`, `[`, `{`
  case openBracket
  /// `)`, `]`, `}`
  case closeBracket
  case other

  /// Whether this is a double quotation mark of any language.
  @inlinable public var isDoubleQuote: Bool {
    rawValue >= Self.straightDouble.rawValue && rawValue <= Self.guillemetRight.rawValue
  }
  /// Whether this is a single quotation mark.
  @inlinable public var isSingleQuote: Bool {
    rawValue >= Self.straightSingle.rawValue && rawValue <= Self.curlySingleRight.rawValue
  }
  /// Whether the mark ends a sentence.
  @inlinable public var endsSentence: Bool {
    self == .stop || self == .question || self == .exclamation || self == .ellipsis
  }
}

extension Swift.Span<Token> {
  /// Whether a sentence begins with the token, or a quotation, as far as what stands directly before it determines.
  public func beginsSentence(_ index: Int) -> Bool {
    guard index > 0, self[index].gap < .line else { return true }
    let before = self[index - 1].mark
    return before.endsSentence || before.isDoubleQuote
  }
}
