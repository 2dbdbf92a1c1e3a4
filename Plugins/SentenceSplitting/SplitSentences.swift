public import Hearsay

/// A full stop ends a sentence unless an abbreviation, an initial or a number owns it.
public struct SplitSentences: Stage {
  public struct Options: StageOptions {
    public var language = Language.auto
    public var longest = 20_000
    public init() {}
    public static let fields: [Field<Self>] = [
      Field(
        "language", \.language, "Whose abbreviations to trust; `auto` is the document's `meta.language`, else English."),
      Field("longest", \.longest, in: 40...10_000_000, "Cut a longer sentence at a space; in bytes."),
    ]
  }

  public static let name = "split-sentences"
  public static let summary = "Marks where each sentence begins and ends."
  public static let reads: [any Layer.Type] = []
  public static let readsIfPresent: [any Layer.Type] = [Warnings.self]
  public static let writes: [any Layer.Type] = [Sentences.self]
  public static let examples = [
    Example("two plain sentences", "⟦It rained.⟧ ⟦She left!⟧"),
    Example("a title does not end one", "⟦Mr. Lee left.⟧ ⟦He ran.⟧"),
    Example("initials and numbers", "⟦J. K. Lee paid 3.5 million to No. 5.⟧ ⟦It was late.⟧"),
    Example("an abbreviation at the end", "⟦He lives in the U.S.⟧ ⟦The house is old.⟧"),
    Example("closing marks belong to the sentence", "⟦“We won.”⟧ ⟦(They lost.)⟧ ⟦So it goes.⟧"),
    Example("a cue behind a quotation goes on", "⟦“Did we win?” she asked.⟧ ⟦“We won!” he cried.⟧"),
    Example("a blank line ends a heading", "⟦Rain stops play⟧\n\n⟦It rained all day.⟧"),
  ]

  private let options: Options

  public init(_ options: Options) { self.options = options }

  public func process(_ document: inout Document) {
    let language = options.language == .auto ? Language(of: document) : options.language
    let scanner = SentenceScanner(
      abbreviations: .of(language), longest: options.longest)
    let sentences = scanner.sentences(in: document.bytes)
    let breaks = document[Warnings.self].flatMap { Self.breaks(at: $0, in: document.bytes) }
    document[Sentences.self] = breaks.isEmpty ? sentences : Self.split(sentences, at: breaks, in: document.bytes)
  }

  // MARK: Missing words

  /// Where words are missing, a sentence ends if what follows begins one, or if what stands before is finished.
  private static func breaks(at warning: Warning, in text: Swift.Span<UInt8>) -> [Int] {
    guard warning.kind == "missing_text" else { return [] }
    return warning.spans.flatMap { span in
      guard span.start >= 0, span.end <= text.count, !span.isEmpty else { return [Int]() }
      var next = span.end
      while next < text.count, text[next] == 0x20 { next += 1 }
      var last = span.start
      while last > 0, text[last - 1] == 0x20 { last -= 1 }
      let beginsAnew = next < text.count && text[next] >= UInt8(ascii: "A") && text[next] <= UInt8(ascii: "Z")
      let isFinished =
        last > 0
        && [UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "\"")].contains(text[last - 1])
      // "… has left. with the mayor": the words before `with` are gone, and what it begins goes on.
      let goesOn = isFinished && text[span.start] >= UInt8(ascii: "a") && text[span.start] <= UInt8(ascii: "z")
      return (isFinished ? [span.start] : []) + (beginsAnew && !goesOn ? [span.end] : [])
    }
  }

  private static func split(_ sentences: [Span], at breaks: [Int], in text: Swift.Span<UInt8>) -> [Span] {
    let breaks = breaks.sorted()
    var result: [Span] = []
    result.reserveCapacity(sentences.count + breaks.count)
    var k = 0
    for sentence in sentences {
      var start = sentence.start
      while k < breaks.count, breaks[k] < sentence.end {
        let end = breaks[k]
        k += 1
        guard end > start else { continue }
        var last = end
        while last > start, text[last - 1] == 0x20 { last -= 1 }
        if last > start { result.append(Span(start, last)) }
        start = end
        while start < sentence.end, text[start] == 0x20 { start += 1 }
      }
      if start < sentence.end { result.append(Span(start, sentence.end)) }
    }
    return result
  }
}

/// A language whose abbreviations are known.
public enum Language: String, OptionEnum {
  case auto, en, de, fr, es, it, nl, pt, ru, pl

  /// The language that the document's metadata names, else English.
  init(of document: Document) {
    let tag = document.metadata["language"]?.stringValue ?? "en"
    self = Language(rawValue: String(tag.prefix(2)).lowercased()) ?? .en
  }
}
