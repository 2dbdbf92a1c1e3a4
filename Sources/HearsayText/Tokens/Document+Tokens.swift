public import Hearsay

extension Document {
  /// The tokens of the whole text, found by the first stage that asks for them: they are the same for all.
  public mutating func tokens() -> [Token] {
    if let kept = cached(KeptTokens.self) { return kept.tokens }
    let tokens = Tokenizer().tokens(in: bytes)
    cache(KeptTokens(tokens: tokens))
    return tokens
  }
}

/// What is kept has a type of its own, so that nobody else's is taken for it.
struct KeptTokens: Sendable {
  let tokens: [Token]
}
