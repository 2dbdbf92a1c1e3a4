import Hearsay
import HearsayText

/// Finds the mentions of configured targets.
struct ConfiguredTargets: Sendable {
  /// The targets' names, in their order.
  let names: [String]
  private let lexicon: Lexicon<Entry>

  private struct Entry: Sendable {
    var target: Int
    /// Whether all its letters are upper-case, as in `US` and `WHO`: `us` and `who` are other words.
    var isUpper: Bool
  }

  init(_ rules: [TargetRule]) {
    names = rules.map(\.name)
    var phrases: [(phrase: String, value: Entry)] = []
    let mentions = rules.enumerated().flatMap { index, rule in rule.mentions.map { (text: $0, index: index) } }
    let spelled = Set(mentions.map { $0.text.lowercased() })
    for (text, index) in mentions {
      let isUpper = Self.isUpper(text)
      phrases.append((text, Entry(target: index, isUpper: isUpper)))
      let plural = Self.plural(of: text)
      if !isUpper, !spelled.contains(plural.lowercased()) {
        phrases.append((plural, Entry(target: index, isUpper: false)))
      }
    }
    lexicon = Lexicon(phrases: phrases)
  }

  /// The longest mention that begins at a token.
  func match(in tokens: [Token], at index: Int, of text: Swift.Span<UInt8>) -> (target: Int, count: Int)? {
    guard let match = lexicon.longestMatch(in: tokens, at: index, of: text) else { return nil }
    if match.value.isUpper {
      let words = tokens[index..<index + match.count]
      guard words.allSatisfy({ $0.kind != .word || Self.isUpper($0) }) else { return nil }
    }
    return (match.value.target, match.count)
  }

  /// Whether a word can be a mention in upper-case letters: `Nato` can, but `Who` is another word.
  private static func isUpper(_ word: Token) -> Bool {
    word.shape != .lower && (word.shape != .capitalised || word.count > 3)
  }

  /// Whether a mention has letters, none of them lower-case.
  private static func isUpper(_ text: String) -> Bool { text.uppercased() == text && text.lowercased() != text }

  /// The regular plural of a mention's last word: `Democrats`, `authorities`, `churches`.
  private static func plural(of text: String) -> String {
    if text.hasSuffix("y"), let before = text.dropLast().last, !"aeiou".contains(before) {
      return text.dropLast() + "ies"
    }
    return text + (["s", "x", "z", "ch", "sh"].contains { text.hasSuffix($0) } ? "es" : "s")
  }
}

extension TargetMentions {
  /// The mentions of configured targets.
  init(of configured: ConfiguredTargets, in tokens: [Token], _ text: Swift.Span<UInt8>) {
    names = configured.names
    var found: [Mention] = []
    var i = 0
    while i < tokens.count {
      if let match = configured.match(in: tokens, at: i, of: text) {
        found.append(Mention(tokens: i..<i + match.count, target: match.target))
        i += match.count
      } else {
        i += 1
      }
    }
    add(found)
  }
}
