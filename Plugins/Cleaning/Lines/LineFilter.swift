internal import Hearsay

/// Goes over a text's lines: moves what is metadata to the document's, drops what belongs to the page.
struct LineFilter: Sendable {
  var lexicon: Lexicon
  var boilerplate: Boilerplate
  var extractsMetadata: Bool
  var dropsBoilerplate: Bool
  /// Lines of metadata are looked for before the story begins, and among this many lines.
  private static let headLines = 12
  /// A line of this length or more, in bytes, is a paragraph of the story.
  private static let paragraph = 160

  /// The lines to remove. What they say is added to `metadata` where it is not known yet.
  func edits(in text: Swift.Span<UInt8>, _ metadata: inout Metadata) -> TextEdits {
    var edits = TextEdits()
    var found: [(key: String, value: String)] = []
    let title = extractsMetadata ? metadata["title"]?.stringValue : nil
    var number = 0
    var inHead = true
    TextLine.forEach(in: text) { line in
      var isDropped = false
      if extractsMetadata, line.range.count <= 200 {
        if number == 0, let title, isSame(text, line.range, title) {
          isDropped = true
        } else {
          let asHead = inHead && number < Self.headLines
          isDropped = readMetadata(text, line.range, asHead: asHead, isFirst: number < 2, &found)
        }
      }
      if !isDropped, dropsBoilerplate { isDropped = boilerplate.matches(text, line.range) }
      if isDropped {
        edits.remove(Span(line.whole))
      } else if inHead, isStory(text, line.range) {
        inHead = false
        if extractsMetadata { readDateline(text, line.range, metadata, &found) }
      }
      number += 1
    }
    for (key, value) in found { metadata.setIfUnknown(key, value) }
    return edits
  }

  /// Whether the line is a paragraph of the story, not a title or a label.
  private func isStory(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    if line.count >= Self.paragraph { return true }
    let last = text.scalar(before: line.upperBound).value
    return line.count >= 60 && [0x2E, 0x21, 0x3F, 0x22, 0x201D].contains(last)
  }

  private func isSame(_ text: Swift.Span<UInt8>, _ line: Range<Int>, _ title: String) -> Bool {
    func words(_ text: String) -> [Substring] { text.lowercased().split(whereSeparator: \.isWhitespace) }
    return words(text.string(line)) == words(title)
  }

  /// Whether the line is nothing but metadata; what it says goes to `found`.
  private func readMetadata(
    _ text: Swift.Span<UInt8>, _ range: Range<Int>, asHead: Bool, isFirst: Bool,
    _ found: inout [(key: String, value: String)]
  ) -> Bool {
    // Each kind of line is known by its first word or its marks; only then is it worth a `String`.
    if mayBeCredit(text, range), let credit = Credit(text.string(range), lexicon: lexicon) {
      found.append(("credit", credit.name))
      if let date = credit.date { found.append(("date", date)) }
      return true
    }
    if mayBeDate(text, range, asHead: asHead), let date = PublicationDate(text.string(range)) {
      record(date, &found)
      return true
    }
    guard asHead, mayBeByline(text, range), let byline = Byline(text.string(range), lexicon: lexicon) else {
      return false
    }
    found.append(("author", byline.author))
    if let agency = byline.agency { found.append(("source", agency)) }
    if let date = byline.date { record(date, &found) }
    return true
  }

  private func record(_ date: PublicationDate, _ found: inout [(key: String, value: String)]) {
    if let day = date.published ?? date.updated { found.append(("date", day)) }
    if let updated = date.updated { found.append(("updated", updated)) }
  }

  private func mayBeCredit(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Bool {
    for i in line {
      let byte = text[i]
      // ©, (c), or a slash in a line too short for a sentence that needs one
      if byte == 0xA9 || (byte == 0x28 && text.byte(i + 1).folded == 0x63 && text.byte(i + 2) == 0x29) { return true }
      if byte == 0x2F, line.count <= 90 { return true }
    }
    return lexicon.photoLabels.contains(text, firstWord(text, line))
  }

  /// Whether the line names a year, and, behind the head, begins with a label.
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
    lexicon.bylineLeads.contains(text, firstWord(text, line))
  }

  /// Without a bracket before it.
  private func firstWord(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Range<Int> {
    let start = line.lowerBound + (text[line.lowerBound] == 0x28 ? 1 : 0)
    var end = start
    while end < line.upperBound, text[end].isASCIILetter { end += 1 }
    return start..<end
  }

  /// The dash that may part a dateline from the story: near the paragraph's start, behind capitals or an agency in
  /// brackets. What stands before the dash ends where the range begins, with a bracket or without its blank.
  private func datelineDash(_ text: Swift.Span<UInt8>, _ line: Range<Int>) -> Range<Int>? {
    var hasBracket = false
    for i in line.prefix(100) {
      let byte = text[i]
      if byte == 0x28 { hasBracket = true }
      guard byte == 0x2D || byte == 0xE2, let end = endOfDash(text, at: i) else { continue }
      return hasBracket || text.byte(line.lowerBound + 1).isUpper ? i..<end : nil
    }
    return nil
  }

  /// `—` anywhere, `–` before a blank, `-` and `--` between blanks or behind a bracket.
  private func endOfDash(_ text: Swift.Span<UInt8>, at i: Int) -> Int? {
    if text.has("—", at: i) { return i + 3 }
    if text.has("–", at: i) { return text.byte(i + 3).isBlank ? i + 3 : nil }
    guard text[i] == 0x2D else { return nil }
    let end = text.byte(i + 1) == 0x2D ? i + 2 : i + 1
    let before = text.byte(i - 1)
    if before == 0x29 || before.isBlank && text.byte(i - 2) == 0x29 { return end }
    return before.isBlank && text.byte(end).isBlank ? end : nil
  }

  private func readDateline(
    _ text: Swift.Span<UInt8>, _ line: Range<Int>, _ metadata: Metadata,
    _ found: inout [(key: String, value: String)]
  ) {
    guard let dash = datelineDash(text, line), dash.upperBound < line.upperBound else { return }
    var end = min(line.upperBound, dash.upperBound + 24)
    while end < line.upperBound, text[end].isUTF8Continuation { end -= 1 }
    let before = text.string(line.lowerBound..<dash.lowerBound)
    let after = text.string(dash.upperBound..<max(end, dash.upperBound))
    guard let dateline = Dateline(Substring(before), Substring(after), lexicon: lexicon) else { return }
    found.append(("dateline", dateline.text))
    if let day = dateline.monthAndDay, let year = year(metadata, found) { found.append(("date", "\(year)-\(day)")) }
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
