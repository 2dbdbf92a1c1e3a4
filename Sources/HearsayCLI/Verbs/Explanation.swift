import Hearsay

/// What one stage changed in a document and added to it, as lines for a terminal.
///
/// Edits are shown at their places with a little context; a layer as the text with `⟦ ⟧` around what was found.
struct Explanation {
  let style: ANSIStyle
  /// At most this many edits are shown one by one.
  var mostEdits = 200

  /// - Parameters:
  ///   - before: The document as the stage got it, its text taken as source.
  ///   - after: The document as the stage left it.
  func lines(before: Document, after: Document) throws -> [TerminalText] {
    var lines = metadata(before, after)
    if before.utf8 != after.utf8 || before.content != after.content { lines += edits(before, after) }
    for layer in after.layerTypes where !layer.isTransient {
      let isNew = !before.has(layer)
      if isNew { lines += try found(layer, in: after) } else { lines += try changed(layer, before, after) }
    }
    return lines.isEmpty ? ["  nothing changed"] : lines
  }

  // MARK: Metadata

  private func metadata(_ before: Document, _ after: Document) -> [TerminalText] {
    after.metadata.compactMap { member in
      guard before.metadata[member.key] != member.value else { return nil }
      return "  \(style.paint("+ meta.\(line: member.key)", .green)) = \(member.value.json)"
    }
  }

  // MARK: Edits

  private func edits(_ before: Document, _ after: Document) -> [TerminalText] {
    let places = Self.gaps(of: after.offsetMap)
    var lines: [TerminalText] = ["  \(places.count) edits, \(before.utf8.count) → \(after.utf8.count) bytes"]
    guard after.content == before.content else { return lines }
    for place in places.prefix(mostEdits) {
      let left = before.text(in: Span(before.utf8.scalarBoundary(place.input.start - 24), place.input.start))
      let right = before.text(in: Span(place.input.end, before.utf8.scalarBoundary(place.input.end + 24)))
      let removed = before.text(in: place.input)
      let added = after.text(in: place.output)
      var line: TerminalText = "  …\(line: left)"
      if !removed.isEmpty { line += mark("[-", "\(line: removed)", "-]", .removed) }
      if !added.isEmpty { line += mark("{+", "\(line: added)", "+}", .added) }
      lines.append(line + "\(line: right)…")
    }
    if places.count > mostEdits { lines.append("  … and \(places.count - mostEdits) more") }
    return lines
  }

  private func mark(
    _ open: TerminalText, _ text: TerminalText, _ close: TerminalText, _ code: ANSIStyle.Code
  ) -> TerminalText {
    style.isOn ? style.paint(text, code) : open + text + close
  }

  /// What lies between the kept runs: the replaced span and what stands in its place.
  private static func gaps(of map: OffsetMap) -> [(input: Span, output: Span)] {
    var gaps: [(Span, Span)] = []
    var input = 0
    var output = 0
    for run in map.runs {
      if run.input > input || run.output > output { gaps.append((Span(input, run.input), Span(output, run.output))) }
      input = run.input + run.count
      output = run.output + run.count
    }
    if input < map.inputCount || output < map.outputCount {
      gaps.append((Span(input, map.inputCount), Span(output, map.outputCount)))
    }
    return gaps
  }

  // MARK: Layers

  private func found(_ layer: any Layer.Type, in document: Document) throws -> [TerminalText] {
    try elements(of: layer, in: document)
      + document[Reasons.self].filter { $0.layer == layer.name }.flatMap(\.lines).map { "    \($0)" }
  }

  private func elements(of layer: any Layer.Type, in document: Document) throws -> [TerminalText] {
    switch ObjectIdentifier(layer) {
    case ObjectIdentifier(Sentences.self):
      let spans = document[Sentences.self]
      return [heading(layer, spans.count)] + marked(spans.map { (SpanList($0), "") }, in: document)
    case ObjectIdentifier(Quotes.self):
      let quotes = document[Quotes.self]
      return [heading(layer, quotes.count)] + marked(quotes.map { ($0.spans, label($0, in: document)) }, in: document)
    case ObjectIdentifier(Stances.self):
      let stances = document[Stances.self]
      return [heading(layer, stances.count)] + stances.map { line($0, in: document) }
    case ObjectIdentifier(Warnings.self):
      let warnings = document[Warnings.self]
      return [heading(layer, warnings.count)]
        + warnings.map { "    \(style.paint("! ", .yellow))\($0.message)" }
    default:
      let value = try DocumentEncoder().value(of: document)[layer.name]?.arrayValue ?? []
      return [heading(layer, value.count)] + value.map { "    \($0.json)" }
    }
  }

  private func changed(_ layer: any Layer.Type, _ before: Document, _ after: Document) throws -> [TerminalText] {
    let old = try DocumentEncoder().value(of: before)[layer.name]
    let new = try DocumentEncoder().value(of: after)[layer.name]
    guard old != new, before.utf8 == after.utf8 else { return [] }
    return try found(layer, in: after)
  }

  private func heading(_ layer: any Layer.Type, _ count: Int) -> TerminalText {
    "  \(style.paint("+ \(line: layer.name)", .green)): \(count)"
  }

  private func label(_ quote: Quote, in document: Document) -> String {
    let speaker = quote.speaker.map { $0.name ?? document.text(in: $0.spans) } ?? "–"
    let cue = quote.cue.map { " · " + document.text(in: $0) } ?? ""
    return "\(quote.id) \(quote.kind.rawValue) · \(speaker)\(cue) · \(JSONValue.number("\(quote.confidence)").json)"
  }

  private func line(_ stance: Stance, in document: Document) -> TerminalText {
    let code: ANSIStyle.Code = stance.label == .favor ? .green : stance.label == .against ? .red : .dim
    let evidence = stance.evidence.map { document.text(in: $0) }.joined(separator: ", ")
    let holder = stance.holder ?? "the article"
    let judgement = style.paint("\(stance.label.rawValue) \(stance.target)", code)
    return "    \(holder) \(judgement) \(stance.score) (\(evidence))"
  }

  /// The text with marks around the spans and a label before each first span.
  private func marked(_ elements: [(spans: SpanList, label: String)], in document: Document) -> [TerminalText] {
    var inserts: [(offset: Int, order: Int, text: TerminalText)] = []
    for element in elements {
      for (index, span) in element.spans.enumerated() where !span.isEmpty {
        let hasLabel = !element.label.isEmpty && index == 0
        let label = hasLabel ? style.paint("⟨\(line: element.label)⟩ ", .dim) : ""
        inserts.append((span.start, 1, label + style.paint("⟦", .cyan)))
        inserts.append((span.end, 0, style.paint("⟧", .cyan)))
      }
    }
    inserts.sort { ($0.offset, $0.order) < ($1.offset, $1.order) }
    var text: TerminalText = ""
    var position = 0
    for insert in inserts {
      text += "\(document.text(in: Span(position, insert.offset)))\(insert.text)"
      position = max(position, insert.offset)
    }
    text += "\(document.text(in: Span(position, document.utf8.count)))"
    return text.indentedLines(by: 4)
  }
}

extension [UInt8] {
  /// The nearest offset at or before `offset` where a scalar begins, within the text.
  fileprivate func scalarBoundary(_ offset: Int) -> Int {
    var offset = Swift.min(Swift.max(offset, 0), count)
    while offset > 0, offset < count, self[offset].isUTF8Continuation { offset -= 1 }
    return offset
  }
}
