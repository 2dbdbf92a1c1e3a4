public import Hearsay

/// A form of a verb that reports speech, which a user adds to those of the language: `carped`.
public struct CueVerb: OptionValue, Hashable {
  public let form: String

  /// - Returns: `nil` where the text is not one word.
  public init?(_ form: String) {
    let bytes = Array(form.utf8)
    let tokens = Tokenizer().tokens(in: bytes.span)
    guard tokens.count == 1, let word = tokens.first, word.kind == .word, Int(word.count) == bytes.count else {
      return nil
    }
    self.form = form
  }

  public static let typeName = "one word"
  public static var schema: JSONValue { ["type": "string"] }
  public var configValue: JSONValue { .string(form) }

  public static func decode(_ node: ConfigNode, _ diagnostics: inout [Diagnostic]) -> Self? {
    guard let text = String.decode(node, &diagnostics) else { return nil }
    guard let verb = Self(text) else { return mismatch(node, &diagnostics) }
    return verb
  }
}

/// What is known of a language's words, with the cue verbs that a user adds: those count first.
public struct LayeredLexicon: Sendable {
  @usableFromInline let base: Lexicon<LexiconEntry>
  @usableFromInline let added: AddedWords?

  init(_ base: Lexicon<LexiconEntry>, adding verbs: [CueVerb] = []) {
    self.base = base
    added = verbs.isEmpty ? nil : AddedWords(verbs)
  }

  /// What is known of a single word, or `nil`.
  @inlinable
  public func value(of token: Token, in text: Swift.Span<UInt8>) -> LexiconEntry? {
    if let added, let entry = added.lexicon.value(of: token, in: text) { return entry }
    return base.value(of: token, in: text)
  }
}

/// The words that a user adds: most texts have none, so they are a reference, which costs an analysis one word.
@usableFromInline final class AddedWords: Sendable {
  @usableFromInline let lexicon: Lexicon<LexiconEntry>

  init(_ verbs: [CueVerb]) {
    lexicon = Lexicon(phrases: verbs.map { ($0.form, LexiconEntry(verb: .speech)) })
  }
}
