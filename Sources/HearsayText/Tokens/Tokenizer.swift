import Hearsay

/// Cuts a text into words, numbers and marks, in one pass over its bytes.
///
/// A word keeps what joins its letters: hyphens, apostrophes, the stops of `U.S.`, the ampersand of `AT&T`. A
/// possessive `'s` is a token of its own, so that `Lee's` begins with the name. White space is the next token's `gap`.
///
/// - Complexity: O(n); the one allocation is the caller's array.
public struct Tokenizer: Sendable {
  public init() {}

  /// The tokens of `range` of `text`, which is valid UTF-8. Offsets count from the start of `text`.
  public func tokens(in text: Swift.Span<UInt8>, _ range: Range<Int>? = nil) -> [Token] {
    var tokens: [Token] = []
    let range = range ?? 0..<text.count
    tokens.reserveCapacity(range.count / 4 + 8)
    append(text, range, to: &tokens)
    return tokens
  }

  /// Appends the tokens of `range` of `text` to `tokens`.
  public func append(_ text: Swift.Span<UInt8>, _ range: Range<Int>, to tokens: inout [Token]) {
    let end = min(range.upperBound, text.count, Int(UInt32.max))
    var scanner = TokenScanner(text: text, position: range.lowerBound, end: end)
    var isAtEnd = false
    while !isAtEnd {
      // As many at once as there is room for: each append alone would ask who else holds the array.
      let room = max(tokens.capacity - tokens.count, tokens.count / 2, 16)
      tokens.append(addingCapacity: room) { output in
        while !output.isFull {
          // Two paths, as most tokens are plain words.
          if let token = scanner.plainWord() {
            output.append(token)
          } else if let token = scanner.next() {
            output.append(token)
          } else {
            isAtEnd = true
            return
          }
        }
      }
    }
  }
}
