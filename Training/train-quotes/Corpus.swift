import Foundation
import Hearsay
import HearsayText
import QuoteExtraction
import SentenceSplitting

/// A document with the reports that annotators found in it.
struct Case {
  /// A report, in elements.
  struct Gold {
    var content: [Range<Int>]
    var speaker: Range<Int>?
    var cue: [Int]
    /// The word of the cue that reports.
    var head: Int?
  }

  var document: Document
  var reading: Reading
  var golds: [Gold]

  /// The documents of a file of JSON Lines, `attributions` in code points.
  static func read(_ path: String) throws -> [Case] {
    let splitter = try SplitSentences(.init())
    let data = try Data(contentsOf: URL(fileURLWithPath: path))
    return try Array(data).split(separator: UInt8(ascii: "\n")).map { line in
      let value = try JSONReader.value(of: Array(line))
      var document = Document(id: value["id"]?.stringValue ?? "", text: value["text"]?.stringValue ?? "")
      splitter.process(&document)
      let reading = Reading(&document)
      let offsets = CodePointOffsets(document.bytes)
      func spans(_ value: JSONValue?) -> [Span] {
        (value?.arrayValue ?? []).compactMap { pair in
          guard let pair = pair.arrayValue, pair.count == 2,
            let start = offsets.byteOffset(ofScalar: pair[0].intValue ?? -1, in: document.bytes),
            let end = offsets.byteOffset(ofScalar: pair[1].intValue ?? -1, in: document.bytes)
          else { return nil }
          return Span(start, end)
        }
      }
      let golds = (value["attributions"]?.arrayValue ?? []).map { attribution in
        let content = spans(attribution["content"]).flatMap { elements(in: $0, of: reading) }
        let speaker = spans(attribution["source"]).first.flatMap { elements(in: $0, of: reading).first }
        let cue = spans(attribution["cue"]).flatMap { elements(in: $0, of: reading).flatMap(Array.init) }
        return Gold(content: joined(content, in: reading), speaker: speaker, cue: cue)
      }
      return Case(document: document, reading: reading, golds: golds.filter { !$0.content.isEmpty })
    }
  }

  /// The elements that lie for the most part in a span, marks at the ends left out.
  private static func elements(in span: Span, of reading: Reading) -> [Range<Int>] {
    let all = reading.elements.all
    func end(_ i: Int) -> Int { reading.span(ofToken: Int(all[i].end) - 1).end }
    func start(_ i: Int) -> Int { reading.span(ofToken: Int(all[i].first)).start }
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if end(middle) > span.start { high = middle } else { low = middle + 1 }
    }
    var range = low..<low
    var i = low
    while i < all.count, start(i) < span.end {
      let shared = min(end(i), span.end) - max(start(i), span.start)
      if 2 * shared >= end(i) - start(i) {
        if range.isEmpty { range = i..<i }
        range = range.lowerBound..<i + 1
      }
      i += 1
    }
    while let last = range.last, all[last].kind.endsNoPiece, range.count > 1 { range = range.dropLast() }
    while let first = range.first, all[first].kind.endsNoPiece, range.count > 1 { range = range.dropFirst() }
    return range.isEmpty ? [] : [range]
  }

  /// Pieces with nothing but marks between them as one.
  private static func joined(_ pieces: [Range<Int>], in reading: Reading) -> [Range<Int>] {
    var joined: [Range<Int>] = []
    for piece in pieces.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, last.upperBound <= piece.lowerBound,
        (last.upperBound..<piece.lowerBound).allSatisfy({ reading.elements.all[$0].kind.isMark })
      {
        joined[joined.count - 1] = last.lowerBound..<piece.upperBound
      } else {
        joined.append(piece)
      }
    }
    return joined
  }

  /// Which word of each cue reports: the one that is most often a cue on its own.
  static func findHeads(_ cases: inout [Case]) {
    var frequency: [UInt32: Int] = [:]
    for item in cases { for element in item.reading.elements.all { frequency[element.word, default: 0] += 1 } }
    for round in 0..<2 {
      var heads: [UInt32: Int] = [:]
      for item in cases {
        for gold in item.golds {
          if round == 0, gold.cue.count != 1 { continue }
          if let head = round == 0 ? gold.cue.first : gold.head {
            heads[item.reading.elements.all[head].word, default: 0] += 1
          }
        }
      }
      for i in cases.indices {
        let all = cases[i].reading.elements.all
        for g in cases[i].golds.indices {
          cases[i].golds[g].head =
            cases[i].golds[g].cue.filter { !all[$0].isQuotation }.map { element in
              let word = all[element].word
              let rate = Double(heads[word] ?? 0) / Double((frequency[word] ?? 0) + 5)
              return (element, rate + all[element].kind.headBonus)
            }.max { $0.1 < $1.1 }?.0
        }
      }
    }
  }

  /// The true labels of a frame.
  func labels(of frame: Frame, _ gold: Gold?) -> [FrameLabel] {
    var labels = [FrameLabel](repeating: .outside, count: frame.elements.count)
    let first = frame.elements.lowerBound
    guard let gold else { return labels }
    for i in gold.cue where frame.elements.contains(i) { labels[i - first] = .cue }
    if let speaker = gold.speaker {
      mark(speaker, .speakerBegins, .speaker)
    }
    for piece in gold.content { mark(piece, .contentBegins, .content) }
    func mark(_ range: Range<Int>, _ begins: FrameLabel, _ goesOn: FrameLabel) {
      var isFirst = true
      for i in range where frame.elements.contains(i) && i != frame.cue {
        labels[i - first] = isFirst ? begins : goesOn
        isFirst = false
      }
    }
    labels[frame.cue - first] = .cue
    // Where a piece was cut in two by what stands in it, it begins anew.
    for k in labels.indices {
      let before = k > 0 ? labels[k - 1] : .outside
      if !labels[k].mayFollow(before) { labels[k] = labels[k] == .content ? .contentBegins : .speakerBegins }
    }
    return labels
  }
}

extension PartOfSpeech {
  /// Whether the annotators leave such a mark out at the ends of content.
  var endsNoPiece: Bool {
    switch self {
    case .comma, .stop, .question, .colon, .semicolon, .dash: true
    default: false
    }
  }
}

extension PartOfSpeech {
  /// What speaks for such a word as the head of a cue, as a rate: of "went on to detail" and "has been touted as" the verb
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
