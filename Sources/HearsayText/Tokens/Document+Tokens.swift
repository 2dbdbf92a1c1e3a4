public import Hearsay

extension Document {
  /// The tokens of the whole text, found by the first stage that asks for them: they are the same for all.
  public mutating func tokens() -> [Token] {
    if let tokens = kept([Token].self) { return tokens }
    let tokens = Tokenizer().tokens(in: bytes)
    keep(tokens)
    return tokens
  }
}
