import Hearsay
import HearsayText

/// Double quotation marks that are written as two single ones: `''We won,''` of typewriters and old news wires, `’’` of
/// what made them curly.
enum DoubledMarks {
  /// The tokens, two such marks as one token; `nil` where there are none.
  ///
  /// - Parameter marks: The quotation marks, and the tokens that stand first on their line.
  static func joined(_ tokens: [Token], _ marks: [Int]) -> [Token]? {
    guard let first = marks.first(where: { mark(at: $0, in: tokens.span) != nil }) else { return nil }
    var joined = Array(tokens[..<first])
    joined.reserveCapacity(tokens.count)
    var i = first
    while i < tokens.count {
      var token = tokens[i]
      if let mark = mark(at: i, in: tokens.span) {
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
  private static func mark(at i: Int, in tokens: Swift.Span<Token>) -> Mark? {
    let mark = tokens[i].mark
    guard mark.isSingleQuote, i + 1 < tokens.count, case let next = tokens[i + 1], next.mark == mark, next.gap == .none
    else { return nil }
    return switch mark {
    case .curlySingleLeft: .curlyDoubleLeft
    case .curlySingleRight: .curlyDoubleRight
    default: .straightDouble
    }
  }
}

extension Token {
  /// Whether this is a double quotation mark written as two single ones.
  var isDoubledMark: Bool { mark == .straightDouble && count == 2 || mark.isDoubleQuote && count == 6 }
}
