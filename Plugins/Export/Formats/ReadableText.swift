import Hearsay

/// A document's findings as text for a person: who said what, with the stances under each quote.
struct ReadableText {
  let isColored: Bool
  private static let width = 96

  func render(_ document: Document) -> String {
    var lines: [String] = [heading(of: document), ""]
    let stances = Dictionary(grouping: document[Stances.self]) { $0.quote }
    for quote in document[Quotes.self] {
      lines.append(credit(of: quote, in: document))
      lines += wrapped(quotation(quote, in: document), indent: 4)
      lines += stances[quote.id, default: []].map { stance($0, in: document) }
      lines.append("")
    }
    let own = stances[nil, default: []]
    if !own.isEmpty {
      lines.append(paint("Outside quotes", .bold))
      for judgement in own {
        lines.append(stance(judgement, in: document))
        if let sentence = sentence(of: judgement, in: document) {
          lines += wrapped(sentence, indent: 6).map { paint($0, .dim) }
        }
      }
      lines.append("")
    }
    for warning in document[Warnings.self] { lines.append(paint("  ! ", .yellow) + warning.message.onOneLine) }
    if !document[Warnings.self].isEmpty { lines.append("") }
    return lines.joined(separator: "\n") + "\n"
  }

  private func heading(of document: Document) -> String {
    var parts = [paint(document.id.onOneLine, .bold)]
    for key in ["date", "title", "author", "credit", "source"] {
      if let value = document.metadata[key] { parts.append("\(key): \((value.stringValue ?? value.json).onOneLine)") }
    }
    return parts.joined(separator: "  ")
  }

  private func credit(of quote: Quote, in document: Document) -> String {
    var line = paint("[\(quote.id)] ", .dim)
    if let speaker = quote.speaker {
      let mention = document.text(in: speaker.spans).onOneLine
      let name = speaker.name ?? mention
      line += paint(name, .cyan)
      if name != mention { line += " (\(mention))" }
    } else {
      line += paint(quote.kind == .scare ? "marked words" : "nobody named", .dim)
    }
    if let cue = quote.cue { line += " · \(document.text(in: cue).onOneLine)" }
    let percent = Int((quote.confidence * 100).rounded())
    return line + paint(" · \(quote.kind.rawValue) · \(percent) %", .dim)
  }

  private func quotation(_ quote: Quote, in document: Document) -> String {
    let text = quote.spans.map { document.text(in: $0).onOneLine }.joined(separator: " … ")
    return quote.kind == .direct || quote.kind == .scare ? "“\(text)”" : text
  }

  private func stance(_ stance: Stance, in document: Document) -> String {
    let sign = stance.score > 0 ? "+" : stance.score < 0 ? "−" : ""
    let score = JSONValue.number("\((abs(stance.score) * 100).rounded() / 100)").json
    let color: Paint = stance.label == .favor ? .green : stance.label == .against ? .red : .dim
    let holder = stance.quote == nil ? stance.holder.map { "\($0) " } ?? "" : ""
    let evidence = stance.evidence.map { document.text(in: $0).onOneLine }.joined(separator: ", ")
    return "    → " + holder + paint("\(stance.label.rawValue) \(stance.target) \(sign)\(score)", color)
      + (evidence.isEmpty ? "" : "  (\(evidence))")
  }

  private func sentence(of stance: Stance, in document: Document) -> String? {
    let sentences = document[Sentences.self]
    guard let index = stance.sentence, sentences.indices.contains(index) else { return nil }
    return document.text(in: sentences[index]).onOneLine
  }

  /// The text in lines of at most `width` code points.
  private func wrapped(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    var length = 0
    for word in text.split(separator: " ") {
      let count = word.unicodeScalars.count
      if length > 0, length + 1 + count > Self.width - indent {
        lines.append(margin + line)
        line = ""
        length = 0
      }
      if length > 0 { line += " " }
      line += word
      length += count + (length > 0 ? 1 : 0)
    }
    if !line.isEmpty { lines.append(margin + line) }
    return lines
  }

  private enum Paint: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  private func paint(_ text: String, _ paint: Paint) -> String {
    isColored ? "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m" : text
  }
}

extension String {
  /// White space, line breaks included, folded to one space, and control characters left out: text from the web must
  /// not steer a terminal.
  var onOneLine: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if scalar.properties.isWhitespace {
        if result.last != " " { result.append(" ") }
      } else if scalar.properties.generalCategory != .control {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
