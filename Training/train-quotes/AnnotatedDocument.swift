import Foundation
import Hearsay
import HearsayText
import QuoteExtraction
import SentenceSplitting

/// A document with the attributions that annotators found in it.
struct AnnotatedDocument {
  /// An attribution, in model tokens.
  struct Annotation {
    var content: [Range<ModelTokenIndex>]
    var speaker: Range<ModelTokenIndex>?
    var cue: [ModelTokenIndex]
    /// The word of the cue that reports.
    var head: ModelTokenIndex?
  }

  var document: Document
  var input: ModelInput
  var annotations: [Annotation]

  /// The documents of a file of JSON Lines, `attributions` in code points.
  static func read(_ path: String) throws -> [AnnotatedDocument] {
    let splitter = try SplitSentences(.init())
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try Array(data).split(separator: UInt8(ascii: "\n")).map { line in
      let value = try JSONReader.value(of: Array(line))
      var document = Document(id: value["id"]?.stringValue ?? "", text: value["text"]?.stringValue ?? "")
      splitter.process(&document)
      let input = ModelInput(&document)
      let offsets = CodePointOffsets(document.bytes)
      func spans(_ value: JSONValue?) -> [Span] {
        (value?.arrayValue ?? []).compactMap { pair in
          guard let pair = pair.arrayValue, pair.count == 2,
            let start = offsets.byteOffset(ofCodePoint: pair[0].intValue ?? -1, in: document.bytes),
            let end = offsets.byteOffset(ofCodePoint: pair[1].intValue ?? -1, in: document.bytes)
          else { return nil }
          return Span(start, end)
        }
      }
      let annotations = (value["attributions"]?.arrayValue ?? []).map { attribution in
        let content = spans(attribution["content"]).flatMap { tokens(in: $0, of: input) }
        let speaker = spans(attribution["source"]).first.flatMap { tokens(in: $0, of: input).first }
        let cue = spans(attribution["cue"]).flatMap { tokens(in: $0, of: input).flatMap(Array.init) }
        return Annotation(content: joined(content, in: input), speaker: speaker, cue: cue)
      }
      return AnnotatedDocument(
        document: document, input: input, annotations: annotations.filter { !$0.content.isEmpty })
    }
  }

  /// The tokens that lie mostly in a span, marks at the ends left out.
  private static func tokens(in span: Span, of input: ModelInput) -> [Range<ModelTokenIndex>] {
    let all = input.tokens.all
    func end(_ i: Int) -> Int { input.span(ofToken: Int(all[i].end) - 1).end }
    func start(_ i: Int) -> Int { input.span(ofToken: Int(all[i].first)).start }
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if end(middle) > span.start { high = middle } else { low = middle + 1 }
    }
    var range = ModelTokenIndex(low)..<ModelTokenIndex(low)
    var i = low
    while i < all.count, start(i) < span.end {
      let shared = min(end(i), span.end) - max(start(i), span.start)
      if 2 * shared >= end(i) - start(i) {
        range = (range.isEmpty ? ModelTokenIndex(i) : range.lowerBound)..<ModelTokenIndex(i + 1)
      }
      i += 1
    }
    while let last = range.last, all[last].kind.isTrimmedFromContent, range.count > 1 { range = range.dropLast() }
    while let first = range.first, all[first].kind.isTrimmedFromContent, range.count > 1 { range = range.dropFirst() }
    return range.isEmpty ? [] : [range]
  }

  /// Pieces with nothing but marks between them as one.
  private static func joined(_ pieces: [Range<ModelTokenIndex>], in input: ModelInput) -> [Range<ModelTokenIndex>] {
    var joined: [Range<ModelTokenIndex>] = []
    for piece in pieces.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, last.upperBound <= piece.lowerBound,
        (last.upperBound..<piece.lowerBound).allSatisfy({ input.tokens.all[$0].kind.isMark })
      {
        joined[joined.count - 1] = last.lowerBound..<piece.upperBound
      } else {
        joined.append(piece)
      }
    }
    return joined
  }

  /// Finds the word of each cue that reports: the one that is most often a cue on its own.
  static func findHeads(_ cases: inout [AnnotatedDocument]) {
    var frequency: [UInt32: Int] = [:]
    for item in cases { for token in item.input.tokens.all { frequency[token.word, default: 0] += 1 } }
    for round in 0..<2 {
      var heads: [UInt32: Int] = [:]
      for item in cases {
        for annotation in item.annotations {
          if round == 0, annotation.cue.count != 1 { continue }
          if let head = round == 0 ? annotation.cue.first : annotation.head {
            heads[item.input.tokens.all[head].word, default: 0] += 1
          }
        }
      }
      for i in cases.indices {
        let all = cases[i].input.tokens.all
        for g in cases[i].annotations.indices {
          cases[i].annotations[g].head =
            cases[i].annotations[g].cue.filter { !all[$0].isQuotation }.map { token in
              let word = all[token].word
              let rate = Double(heads[word] ?? 0) / Double((frequency[word] ?? 0) + 5)
              return (token, rate + all[token].kind.headBonus)
            }.max { $0.1 < $1.1 }?.0
        }
      }
    }
  }

  /// The true labels of a window.
  func labels(of window: CueWindow, _ annotation: Annotation?) -> [WindowLabel] {
    var labels = [WindowLabel](repeating: .outside, count: window.tokens.count)
    let first = window.tokens.lowerBound
    guard let annotation else { return labels }
    for i in annotation.cue where window.tokens.contains(i) { labels[i - first] = .cue }
    if let speaker = annotation.speaker {
      mark(speaker, .speakerBegins, .speaker)
    }
    for piece in annotation.content { mark(piece, .contentBegins, .content) }
    func mark(_ range: Range<ModelTokenIndex>, _ begins: WindowLabel, _ goesOn: WindowLabel) {
      var isFirst = true
      for i in range where window.tokens.contains(i) && i != window.cue {
        labels[i - first] = isFirst ? begins : goesOn
        isFirst = false
      }
    }
    labels[window.cue - first] = .cue
    // A piece that something else cuts in two begins again after it.
    for k in labels.indices {
      let before = k > 0 ? labels[k - 1] : .outside
      if !labels[k].mayFollow(before) { labels[k] = labels[k] == .content ? .contentBegins : .speakerBegins }
    }
    return labels
  }
}

extension PartOfSpeech {
  /// Whether annotators leave such a mark out at the ends of content.
  var isTrimmedFromContent: Bool {
    switch self {
    case .comma, .stop, .question, .colon, .semicolon, .dash: true
    default: false
    }
  }
}

extension PartOfSpeech {
  /// How much such a word is favored as the head of a cue, as a rate: of "went on to detail" and "has been touted as" the verb
  /// reports, though it may be rare.
  fileprivate var headBonus: Double {
    switch self {
    case .speech, .thought, .evaluativeVerb: 0.1
    case .to, .have, .be, .do, .modal, .preposition, .in, .for, .of, .by, .as, .adverb, .endingLy, .negation,
      .determiner, .objectPronoun, .subjectPronoun, .possessive, .that, .conjunction, .subordinator:
      -0.1
    default: 0
    }
  }
}
