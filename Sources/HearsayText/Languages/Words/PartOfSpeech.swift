/// What a word or mark is: a part of speech as far as a short list and an ending determine it.
public enum PartOfSpeech: UInt8, Sendable {
  case noun, name, acronym, number, possessiveMarker
  case comma, stop, question, colon, semicolon, dash, openBracket, closeBracket, singleMark, doubleMark, mark
  case quotation
  case that, to, determiner, preposition, `in`, `for`, of, by, `as`, conjunction, subordinator, interrogative
  case subjectPronoun, objectPronoun, possessive, be, have, `do`, modal, negation, adverb, time, title, person,
    organizationNoun
  case speech, thought, evaluativeVerb
  case endingIng, endingEd, endingS, endingLy

  /// The classes that the file of words names.
  static let named: [Substring: Self] = [
    "that": .that, "to": .to, "determiner": .determiner, "preposition": .preposition, "in": .in, "for": .for, "of": .of,
    "by": .by, "as": .as, "conjunction": .conjunction, "subordinator": .subordinator, "question": .interrogative,
    "subject": .subjectPronoun, "object": .objectPronoun, "possessive": .possessive, "be": .be, "have": .have,
    "do": .do,
    "modal": .modal, "negation": .negation, "adverb": .adverb, "time": .time, "title": .title, "person": .person,
    "body": .organizationNoun, "speech": .speech, "thought": .thought, "judgement": .evaluativeVerb,
  ]

  /// The class that the form of a token determines, for a word that is on no list.
  init(ofForm token: Token, in text: Swift.Span<UInt8>) {
    switch token.kind {
    case .possessive: self = .possessiveMarker
    case .number: self = .number
    case .mark: self = .of(token.mark)
    case .word: self = .ofForm(token, in: text)
    }
  }

  private static func ofForm(_ token: Token, in text: Swift.Span<UInt8>) -> Self {
    switch token.shape {
    case .capitalised, .initial: return .name
    case .upper: return .acronym
    case .none, .lower, .mixed: break
    }
    guard token.count > 3 else { return .noun }
    let last = text[token.end - 1]
    let before = text[token.end - 2]
    if last == UInt8(ascii: "s") { return .endingS }
    if last == UInt8(ascii: "d"), before == UInt8(ascii: "e") { return .endingEd }
    if last == UInt8(ascii: "y"), before == UInt8(ascii: "l") { return .endingLy }
    if last == UInt8(ascii: "g"), before == UInt8(ascii: "n"), text[token.end - 3] == UInt8(ascii: "i") {
      return .endingIng
    }
    return .noun
  }

  private static func of(_ mark: Punctuation) -> Self {
    switch mark {
    case .comma: .comma
    case .stop, .ellipsis: .stop
    case .question, .exclamation: .question
    case .colon: .colon
    case .semicolon: .semicolon
    case .dash: .dash
    case .openBracket: .openBracket
    case .closeBracket: .closeBracket
    case .straightSingle, .curlySingleLeft, .curlySingleRight: .singleMark
    case .straightDouble, .curlyDoubleLeft, .curlyDoubleRight, .lowDouble, .guillemetLeft, .guillemetRight: .doubleMark
    case .none, .other: .mark
    }
  }

  /// Whether it is a mark, other than a quotation taken as one.
  @inlinable public var isMark: Bool { rawValue >= Self.comma.rawValue && rawValue <= Self.mark.rawValue }
  /// Whether the word can report, according to the list of cues.
  @inlinable public var isReporting: Bool { self == .speech || self == .thought || self == .evaluativeVerb }
  /// Whether the word is a preposition, `to` and `as` included.
  @inlinable public var isPreposition: Bool {
    switch self {
    case .to, .as, .of, .in, .for, .by, .preposition: true
    default: false
    }
  }
  /// Whether what follows is no finite verb: `the secretary of state`.
  @inlinable public var precedesNoun: Bool {
    self == .determiner || self == .possessive || isPreposition && self != .to && self != .as
  }
  /// Whether the word alone is nothing that was said: `he`, `here`, `Friday`.
  @inlinable public var saysNothing: Bool {
    self == .adverb || self == .endingLy || self == .negation || self == .time || self == .subjectPronoun
  }
  /// Whether the word stands for somebody or something: `she`, `him`, `their`, `nobody`.
  @inlinable public var isPronoun: Bool { self == .subjectPronoun || self == .objectPronoun || self == .possessive }
  /// Whether the word is a title or a role that stands before a name.
  @inlinable public var isRole: Bool { self == .title || self == .person }
  /// Whether the class is one of nouns and names, not of letters, numbers and participles, which can be nouns as well.
  @inlinable public var isNoun: Bool {
    switch self {
    case .noun, .name, .title, .person, .organizationNoun, .endingS: true
    default: false
    }
  }
  /// Whether a name before the word may belong to it: `the Trump campaign`.
  @inlinable public var isNominal: Bool {
    switch self {
    case .acronym, .number, .endingIng, .mark: true
    default: isNoun || isReporting
    }
  }
  /// Whether the word can be a sentence's verb, as far as its class determines.
  @inlinable public var isVerbal: Bool {
    switch self {
    case .be, .have, .do, .modal, .speech, .thought, .evaluativeVerb, .endingEd: true
    default: false
    }
  }
}
