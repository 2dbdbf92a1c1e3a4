import Hearsay
import HearsayText

/// Writes the findings of one document as text for a person.
struct ReadableTextWriter {
  private let document: Document
  private let sentences: [Span]
  private let stances: [Stance]
  private let isColored: Bool
  private var bytes: [UInt8] = []
  /// The text to be wrapped next; the buffer is reused.
  private var paragraph: [UInt8] = []

  /// The longest wrapped line, in code points.
  private static let maximumWidth = 96

  /// The findings of `document`, each followed by an empty line.
  ///
  /// - Parameter isColored: Whether the text has terminal colours.
  static func render(_ document: Document, isColored: Bool) -> [UInt8] {
    var text = ReadableTextWriter(document, isColored: isColored)
    text.render()
    return text.bytes
  }

  private init(_ document: Document, isColored: Bool) {
    self.document = document
    self.isColored = isColored
    sentences = document[Sentences.self]
    stances = document[Stances.self]
  }

  private mutating func render() {
    addHeading()
    let judgements = Dictionary(grouping: stances.indices) { stances[$0].quote }
    for quote in document[Quotes.self] {
      addCredit(of: quote)
      addContent(of: quote)
      for index in judgements[quote.id, default: []] { add(stances[index]) }
      add("\n")
    }
    if let own = judgements[nil] {
      paint(.bold) { $0.add("Outside quotes") }
      add("\n")
      for index in own {
        add(stances[index])
        addSentence(of: stances[index])
      }
      add("\n")
    }
    let warnings = document[Warnings.self]
    for warning in warnings {
      paint(.yellow) { $0.add("  ! ") }
      add(onOneLine: warning.message)
      add("\n")
    }
    if !warnings.isEmpty { add("\n") }
  }

  private mutating func addHeading() {
    paint(.bold) { $0.add(onOneLine: $0.document.id) }
    for key in ["date", "title", "author", "credit", "source"] {
      guard let value = document.metadata[key] else { continue }
      add("  \(key): ")
      add(onOneLine: value.stringValue ?? value.json)
    }
    add("\n\n")
  }

  private mutating func addCredit(of quote: Quote) {
    paint(.dim) { $0.add("[\(quote.id)] ") }
    if let speaker = quote.speaker {
      fill(with: speaker.spans, between: " ")
      let mention = paragraph
      if let name = speaker.name, !name.utf8.elementsEqual(mention) {
        paint(.cyan) { $0.add(onOneLine: name) }
        add(" (")
        bytes += mention
        add(")")
      } else {
        paint(.cyan) { $0.bytes += mention }
      }
    } else {
      paint(.dim) { $0.add(quote.kind == .scare ? "marked words" : "nobody named") }
    }
    if let cue = quote.cue {
      add(" · ")
      fill(with: cue, between: " ")
      bytes += paragraph
    }
    paint(.dim) {
      $0.add(" · ")
      $0.add(quote.kind.rawValue)
      // The confidence of a quote that came with the document can be any number.
      $0.add(" · \(quote.confidence >= 0 ? Int((min(quote.confidence, 1) * 100).rounded()) : 0) %")
    }
    add("\n")
  }

  private mutating func addContent(of quote: Quote) {
    let hasMarks = quote.kind == .direct || quote.kind == .scare
    paragraph.removeAll(keepingCapacity: true)
    if hasMarks { paragraph += "“".utf8 }
    fill(with: quote.spans, between: " … ", replaces: false)
    if hasMarks { paragraph += "”".utf8 }
    addParagraph(indent: 4)
  }

  private mutating func add(_ stance: Stance) {
    add("    → ")
    if stance.quote == nil, let holder = stance.holder {
      add(onOneLine: holder)
      add(" ")
    }
    let color: Paint = stance.label == .favor ? .green : stance.label == .against ? .red : .dim
    paint(color) {
      $0.add(stance.label.rawValue)
      $0.add(" ")
      $0.add(onOneLine: stance.target)
      $0.add(stance.score > 0 ? " +" : stance.score < 0 ? " −" : " ")
      $0.add(score: abs(stance.score))
    }
    if !stance.evidence.isEmpty {
      add("  (")
      fill(with: stance.evidence, between: ", ")
      bytes += paragraph
      add(")")
    }
    add("\n")
  }

  /// Adds the sentence of a stance.
  private mutating func addSentence(of stance: Stance) {
    guard let index = stance.sentence, sentences.indices.contains(index) else { return }
    fill(with: SpanList(sentences[index]), between: "")
    addParagraph(indent: 6, .dim)
  }

  /// Puts the document's text in `spans` into `paragraph`, without line breaks.
  private mutating func fill(with spans: SpanList, between: String, replaces: Bool = true) {
    if replaces { paragraph.removeAll(keepingCapacity: true) }
    let text = document.utf8
    for index in spans.indices {
      if index > 0 { paragraph += between.utf8 }
      paragraph.append(onOneLine: text.span.extracting(spans[index].range.clamped(to: 0..<text.count)))
    }
  }

  // MARK: Bytes

  private mutating func add(_ text: String) { bytes += text.utf8 }

  private mutating func add(onOneLine text: String) { bytes.append(onOneLine: text.utf8.span) }

  /// Adds a score of 0 or more with one or two decimals. The score of a stance that came with the document can be any
  /// number.
  private mutating func add(score: Double) {
    let hundredths = score >= 0 ? Int((min(score, 1000) * 100).rounded()) : 0
    add(String(hundredths / 100))
    bytes += [UInt8(ascii: "."), UInt8(ascii: "0") + UInt8(hundredths / 10 % 10)]
    if hundredths % 10 > 0 { bytes.append(UInt8(ascii: "0") + UInt8(hundredths % 10)) }
  }

  /// Adds `paragraph`, wrapped.
  private mutating func addParagraph(indent: Int, _ paint: Paint? = nil) {
    let isPainted = isColored && paint != nil
    let paragraph = paragraph
    bytes.append(
      wrapping: paragraph.span, width: Self.maximumWidth, indent: indent, prefix: isPainted ? paint?.start ?? "" : "",
      suffix: isPainted ? Paint.end : "")
  }

  private enum Paint: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"

    var start: String { "\u{1B}[\(rawValue)m" }
    static let end = "\u{1B}[0m"
  }

  private mutating func paint(_ paint: Paint, _ body: (inout ReadableTextWriter) -> Void) {
    if isColored { add(paint.start) }
    body(&self)
    if isColored { add(Paint.end) }
  }
}
