public import Hearsay

/// The tokens of the whole text, kept for the stages that follow: they are the same for all of them.
public enum Tokens: Layer {
  public typealias Element = Token
  public static let name = "tokens"
  public static let isTransient = true
}

extension Token: LayerElement {
  public mutating func visitSpans(_ visit: (inout Span) -> Void) {
    var span = span
    visit(&span)
    start = span.start
    count = UInt32(clamping: span.count)
  }
}

extension Document {
  /// The tokens of the text, found by the first stage that asks for them.
  public mutating func tokens() -> [Token] {
    if has(Tokens.self) { return self[Tokens.self] }
    let tokens = Tokenizer().tokens(in: bytes)
    self[Tokens.self] = tokens
    return tokens
  }
}
