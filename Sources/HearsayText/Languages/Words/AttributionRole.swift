/// What a word does in the attribution of a quote.
public enum AttributionRole: UInt8, Sendable {
  case none
  /// Reports words: `said`.
  case speech
  /// Reports a thought: `believes`.
  case thought
  /// Judges, and reports what follows: `criticized`.
  case evaluativeVerb
  /// Names a source with `to` after it: `according`.
  case accordingTo
  /// Names a source directly after it: `selon`.
  case sourcePreposition
  /// Ends a noun phrase: `that`, `in`.
  case boundary
  /// Stands between subject and verb: `has`, `repeatedly`.
  case auxiliary

  /// The roles that lists of words name.
  static let named: [Substring: Self] = [
    "speech": .speech, "thought": .thought, "judgement": .evaluativeVerb, "according": .accordingTo,
    "per": .sourcePreposition, "boundary": .boundary, "auxiliary": .auxiliary,
  ]

  init?(named name: Substring) {
    guard let role = Self.named[name] else { return nil }
    self = role
  }

  @inlinable public var isCue: Bool { self == .speech || self == .thought }
  @inlinable public var isReporting: Bool { isCue || namesSource || self == .evaluativeVerb }
  @inlinable public var namesSource: Bool { self == .accordingTo || self == .sourcePreposition }
  /// Whether the word is a verb of saying, thinking or judging.
  var isVerb: Bool { isCue || self == .evaluativeVerb }
  /// Whether the word says nothing on its own.
  @inlinable public var isFunction: Bool { self == .boundary || self == .auxiliary }
}
