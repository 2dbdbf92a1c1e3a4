/// Double quotation marks that are written as two single ones: `''We won,''` of typewriters and old news wires, `’’` of
/// converters to curly marks, `,,` of low ones.
enum DoubledQuoteNormalizer {
  /// The tokens, two such marks as one token; `nil` where there are none.
  ///
  /// - Parameter marks: The quotation marks, and the tokens that stand first on their line.
  static func joined(_ tokens: [Token], _ marks: [Int], _ traits: GrammarTraits) -> [Token]? {
    let first =
      traits.contains(.lowMarks)
      ? tokens.indices.first { mark(at: $0, in: tokens.span, traits) != nil }
      : marks.first { mark(at: $0, in: tokens.span, traits) != nil }
    guard let first else { return nil }
    var joined = Array(tokens[..<first])
    joined.reserveCapacity(tokens.count)
    var i = first
    while i < tokens.count {
      var token = tokens[i]
      if let mark = mark(at: i, in: tokens.span, traits) {
        token.mark = mark
        token.count += tokens[i + 1].count
        i += 1
      }
      joined.append(token)
      i += 1
    }
    return joined
  }

  /// The double mark that the token and the next one are.
  @inline(__always)
  private static func mark(at i: Int, in tokens: Swift.Span<Token>, _ traits: GrammarTraits) -> Punctuation? {
    let token = tokens[i]
    guard token.mark.isSingleQuote || token.mark == .comma, i + 1 < tokens.count else { return nil }
    let next = tokens[i + 1]
    guard next.mark == token.mark, next.gap == .none else { return nil }
    switch token.mark {
    case .curlySingleLeft: return .curlyDoubleLeft
    case .curlySingleRight: return .curlyDoubleRight
    case .comma:
      guard traits.contains(.lowMarks), i + 2 < tokens.count, token.gap != .none else { return nil }
      let word = tokens[i + 2]
      return word.gap == .none ? .lowDouble : nil
    default: return .straightDouble
    }
  }
}

extension Token {
  /// Whether this is a double quotation mark written as two single ones.
  @inlinable public var isDoubledMark: Bool {
    mark == .straightDouble && count == 2 || mark.isDoubleQuote && count == 6
  }
}
