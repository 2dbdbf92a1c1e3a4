internal import Hearsay
import HearsayText

/// Goes over a text's lines: moves what is metadata to the document's, drops what belongs to the page.
struct LineFilter: Sendable {
  var lists: CleaningLists
  var boilerplate: Boilerplate
  var shareBar: ShareBar
  /// Lines of these kinds are taken out; those of others stay, and give no metadata.
  var drops: LineKinds
  /// Whether the place and agency that lead the story are copied to the metadata.
  var readsDateline: Bool
  /// Lines of metadata are looked for before the story begins, and among this many lines.
  private static let headLines = 12
  /// A line of this length or more, in bytes, is a paragraph of the story.
  private static let paragraph = 160
  /// No longer line is metadata of one kind.
  private static let longestLine = 200
  private static let longestCaption = 400
  /// How many titles a run of links to other stories may have.
  private static let longestRun = 10

  /// What was found on the way through the lines.
  private struct State {
    var found: [(key: String, value: String)] = []
    var headlines: [Headline] = []
    /// Lines before this one, those that are dropped among them.
    var number = 0
    /// Whether the story has not begun.
    var inHead = true
    /// How many titles of other stories may follow.
    var titles = 0
  }

  /// The lines to remove. What they say is added to `metadata` where it is not known yet.
  func edits(in text: Swift.Span<UInt8>, _ metadata: inout Metadata, _ counts: inout StageCounters) -> TextEdits {
    var edits = TextEdits()
    var state = State()
    if drops.contains(.headline), let title = metadata["title"]?.stringValue.map({ Array($0.utf8) }),
      let headline = Headline(title.span, 0..<title.count)
    {
      state.headlines = [headline]
    }
    TextLine.forEach(in: text) { line in
      if let kind = kind(text, line.range, &state) {
        edits.remove(Span(line.whole))
        counts.add(1, of: kind.rawValue)
      } else if state.inHead {
        enterHead(text, line.range, metadata, &state, &counts)
      }
      state.number += 1
    }
    for (key, value) in state.found { metadata.setDefault(value, forKey: key) }
    return edits
  }

  /// What a line is that is to be dropped; `nil` for a line of the story. What it says goes to `state.found`.
  private func kind(_ text: Swift.Span<UInt8>, _ line: Range<Int>, _ state: inout State) -> LineKind? {
    if line.count > Self.longestCaption { return nil }
    if state.inHead, state.number < Self.headLines, state.headlines.contains(where: { $0.isSame(text, line) }) {
      return .headline
    }
    if let kind = metadataKind(text, line, &state) { return kind }
    if let found = boilerplate.find(text, line), drops.contains(found.kind) {
      if found.kind == .readMore, found.isWhole { state.titles = Self.longestRun }
      return found.kind
    }
    if drops.contains(.share), shareBar.matches(text, line) { return .share }
    if drops.contains(.caption), let tail = Caption.tail(of: text, line), mayBeCredit(text, tail),
      let credit = Credit(text.string(tail), lists: lists)
    {
      state.found.append(("credit", credit.name))
      return .caption
    }
    if state.titles > 0, isTitle(text, line) {
      state.titles -= 1
      return .readMore
    }
    state.titles = 0
    return nil
  }

  /// Takes in a line before the story that stays: a headline, or the story's first paragraph.
  private func enterHead(
    _ text: Swift.Span<UInt8>, _ line: Range<Int>, _ metadata: Metadata, _ state: inout State,
    _ counts: inout StageCounters
  ) {
    if isStory(text, line) {
      state.inHead = false
      if readsDateline, readDateline(text, line, metadata, &state.found) { counts.add(1, of: "datelines") }
    } else if drops.contains(.headline), state.headlines.isEmpty, line.count <= Self.longestLine,
      let headline = Headline(text, line)
    {
      state.headlines = [headline]
    }
  }

  /// Whether the line is a paragraph of the story, not a title or a label.
  private func isStory(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    if line.count >= Self.paragraph { return true }
    let last = text.scalar(before: line.upperBound).value
    return line.count >= 60 && [0x2E, 0x21, 0x3F, 0x22, 0x201D].contains(last)
  }

  /// Whether a line after "Related stories" can be the title of one: a few words and no sentence.
  private func isTitle(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count <= 140 else { return false }
    if [0x2E, 0x3A, 0x22].contains(text[line.upperBound - 1]) || text.has("”", at: line.upperBound - 3) {
      return false
    }
    var blanks = 0
    for i in line where text[i] == 0x20 { blanks += 1 }
    return blanks >= 3
  }

  /// Whether the line is nothing but metadata; what it says goes to `state.found`.
  private func metadataKind(_ text: Swift.Span<UInt8>, _ line: Range<Int>, _ state: inout State) -> LineKind? {
    guard line.count <= Self.longestLine else { return nil }
    let marks = LineMarks(text, line)
    let asHead = state.inHead && state.number < Self.headLines
    // Each kind of line is known by its first word or its marks; only then is it worth a `String`.
    if drops.contains(.credit), marks.hasCreditMark || marks.hasBracket, mayBeCredit(text, line),
      let credit = Credit(text.string(line), lists: lists)
    {
      state.found.append(("credit", credit.name))
      if let date = credit.date { state.found.append(("date", date)) }
      return .credit
    }
    if drops.contains(.date), marks.hasDigit, mayBeDate(text, line, asHead: asHead),
      let date = PublicationDate(text.string(line))
    {
      record(date, &state.found)
      return .date
    }
    guard drops.contains(.byline), asHead, mayBeByline(text, line),
      let byline = Byline(text.string(line), lists: lists)
    else { return nil }
    state.found.append(("author", byline.author))
    if let agency = byline.agency { state.found.append(("source", agency)) }
    if let date = byline.date { record(date, &state.found) }
    return .byline
  }

  private func record(_ date: PublicationDate, _ found: inout [(key: String, value: String)]) {
    if let day = date.published ?? date.updated { found.append(("date", day)) }
    if let updated = date.updated { found.append(("updated", updated)) }
  }

  private func mayBeCredit(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    var hasSlash = false
    var i = line.lowerBound
    while i < line.upperBound {
      let bytes = text.eightBytes(at: i)
      var hits = bytes.equal(to: 0xC2) | bytes.equal(to: 0x28) | bytes.equal(to: 0x2F)
      while hits != 0 {
        let place = i + hits.trailingZeroBitCount / 8
        if place >= line.upperBound { break }
        if text.has("©", at: place) || text.has("(c)", at: place) || text.has("(C)", at: place) { return true }
        hasSlash = hasSlash || text[place] == 0x2F
        hits &= hits &- 1
      }
      i += 8
    }
    return hasSlash && namesAgency(text, line) || lists.photoLabels.contains(text, firstWord(text, line))
  }

  /// Whether an agency stands between slashes, in a line too short for a sentence that needs them.
  private func namesAgency(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    guard line.count <= 90 else { return false }
    let ends = [text[line.lowerBound], text[line.upperBound - 1]]
    let isInBrackets = ends == [0x28, 0x29] || ends == [0x5B, 0x5D]
    let names = isInBrackets ? line.dropFirst().dropLast() : line
    return text.pieces(of: names, partedBy: 0x2F).contains { lists.agencies.contains(text, $0) }
  }

  /// Whether the line names a year, and, after the head, begins with a label.
  private func mayBeDate(_ text: Swift.Span<UInt8>, _ line: Range<Int>, asHead: Bool) -> Bool {
    guard asHead || Self.dateLabels.contains(where: { text.has($0, at: line.lowerBound) }) else { return false }
    var digits = 0
    for i in line {
      digits = text[i].isDigit ? digits + 1 : 0
      if digits == 4 { return true }
    }
    return false
  }

  private static let dateLabels: [StaticString] = ["Published", "Updated", "Last updated", "Posted", "First published"]

  private func mayBeByline(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    lists.bylineLeads.contains(text, firstWord(text, line))
  }

  /// Without a bracket before it.
  private func firstWord(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    let start = line.lowerBound + ([0x28, 0x5B].contains(text[line.lowerBound]) ? 1 : 0)
    var end = start
    while end < line.upperBound, text[end].isASCIILetter { end += 1 }
    return start..<end
  }

  private func readDateline(
    _ text: Swift.Span<UInt8>, _ line: Range<Int>, _ metadata: Metadata,
    _ found: inout [(key: String, value: String)]
  ) -> Bool {
    guard let dateline = Dateline(text, line, lists: lists) else { return false }
    found.append(("dateline", text.string(dateline.range)))
    if let day = dateline.monthAndDay, let year = year(metadata, found) { found.append(("date", "\(year)-\(day)")) }
    return true
  }

  /// The year that the page's address or an update line names.
  private func year(_ metadata: Metadata, _ found: [(key: String, value: String)]) -> String? {
    if let updated = found.first(where: { $0.key == "updated" }) { return String(updated.value.prefix(4)) }
    for part in (metadata["url"]?.stringValue ?? "").split(whereSeparator: { $0 == "/" || $0 == "-" }) {
      if part.count == 4, let year = Int(part), (1990...2100).contains(year) { return String(part) }
    }
    return nil
  }
}
