public import Hearsay
import HearsayText

/// Keeps the quotes that are wanted, by speaker, kind and confidence, and drops the stances of the others.
public struct SelectQuotes: Stage {
  public struct Options: StageOptions {
    public var speakers: [String] = []
    public var kinds = Quote.Kind.allCases
    public var minimumConfidence = 0.0
    public init() {}
    public static let fields: [Field<Self>] = [
      Field("speakers", \.speakers, "Names to keep, whole or in part (`Lee` keeps `Ann Lee`); none keeps everybody."),
      Field("kinds", \.kinds, "Kinds to keep."),
      Field("minimum_confidence", \.minimumConfidence, in: 0...1, "Drop quotes that are less certain."),
    ]
  }

  public static let name = "select-quotes"
  public static let summary = "Keeps the quotes of the speakers and kinds that are wanted."
  public static let layers = LayerUse(reads: [Quotes.self], optionalReads: [Stances.self], writes: [Quotes.self])
  public static let examples = [
    Example(
      "one speaker's words", "\"We won,\" said Ann Lee. \"We lost,\" said Bo Ray.",
      expect: ["quotes": [["text": "We lost,", "speaker": "Bo Ray"]]], options: ["speakers": ["ray"]]),
    Example(
      "a part of a word is no name", "\"We won,\" said Ann Lee.", expect: ["quotes": []],
      options: ["speakers": ["Le"]]),
  ]

  private let options: Options
  private let speakers: [[UInt8]]

  public init(_ options: Options) {
    self.options = options
    speakers = options.speakers.map { folded($0) }.filter { $0.count > 1 }
  }

  @discardableResult
  public func process(_ document: inout Document) -> Disposition {
    let kept = document[Quotes.self].filter { quote in
      options.kinds.contains(quote.kind) && quote.confidence >= options.minimumConfidence
        && isWanted(quote.speaker, in: document)
    }
    let ids = Set(kept.map(\.id))
    document[Quotes.self] = kept
    if document.has(Stances.self) {
      document[Stances.self].removeAll { $0.quote.map { !ids.contains($0) } ?? false }
    }
    return .keep
  }

  private func isWanted(_ speaker: Quote.Speaker?, in document: Document) -> Bool {
    guard !speakers.isEmpty else { return true }
    guard let speaker else { return false }
    let names = [speaker.name, document.text(in: speaker.spans)].compactMap { $0.map(folded) }
    return speakers.contains { wanted in names.contains { $0.holdsWords(wanted) } }
  }
}

/// The words of a name in lower case, each with a space on both sides.
private func folded(_ name: String) -> [UInt8] {
  let bytes = Array(name.lowercased().utf8)
  var folded: [UInt8] = [0x20]
  for token in Tokenizer().tokens(in: bytes.span) where token.kind != .mark {
    folded.append(contentsOf: bytes[token.start..<token.end])
    folded.append(0x20)
  }
  return folded
}

extension [UInt8] {
  fileprivate func holdsWords(_ words: [UInt8]) -> Bool {
    count >= words.count
      && (0...(count - words.count)).contains { self[$0..<$0 + words.count].elementsEqual(words) }
  }
}
