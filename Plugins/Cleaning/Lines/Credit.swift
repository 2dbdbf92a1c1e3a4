import HearsayText

/// Reads a line that credits a picture: `© Ann Lee/Agency`, `Photo: Ann Lee`, `(Photo by Ann Lee/AFP)`.
struct Credit {
  private(set) var name: String
  /// A date that stands before the credit.
  private(set) var date: String?

  /// `nil` where the line is anything else, a copyright notice among it.
  init?(_ line: String, lists: CleaningLists) {
    guard line.utf8.count <= 200 else { return nil }
    var line = Substring(line)
    if line.hasPrefix("("), line.hasSuffix(")") { line = line.dropFirst().dropLast() }
    if line.hasPrefix("["), line.hasSuffix("]") { line = line.dropFirst().dropLast() }
    for mark in ["©", "(c)", "(C)"] where line.utf8.contains(mark == "©" ? 0xA9 : 0x29) {
      guard let (before, after) = line.cut(at: mark) else { continue }
      guard Self.isName(after, words: 12, mayBeginSmall: true) else { return nil }
      // `© 2024 The Paper` is the page's copyright.
      if after.prefix(4).allSatisfy(\.isNumber) { return nil }
      name = String(after)
      if before.isEmpty || lists.photoLabels.contains(before.trimmedLabel) { return }
      guard let line = PublicationDate(before) else { return nil }
      date = line.published ?? line.updated
      return
    }
    if let after = Self.behindLabel(of: line, lists), Self.isName(after, words: 9, mayBeginSmall: false) {
      name = String(after)
      return
    }
    // `Ann Lee/AFP/Northlight Images`
    guard line.utf8.contains(0x2F), line.utf8.count <= 90 else { return nil }
    let pieces = line.split(separator: "/", omittingEmptySubsequences: false).map { $0.trimmed }
    guard pieces.count > 1, pieces.count < 6,
      pieces.contains(where: { lists.agencies.contains($0) }),
      pieces.allSatisfy({ Self.isName($0, words: 5, mayBeginSmall: false) })
    else { return nil }
    name = String(line)
  }

  /// What stands after a label and its colon, or after a label that ends in `by`.
  private static func behindLabel(of line: Substring, _ lists: CleaningLists) -> Substring? {
    guard lists.photoLabels.contains(line.prefix(while: \.isLetter)) else { return nil }
    if let (label, rest) = line.cut(at: ":"), lists.photoLabels.contains(label) {
      return rest
    }
    if let (label, rest) = line.cut(at: " by "), lists.photoLabels.contains(label + " by") { return rest }
    return nil
  }

  /// Whether the words could be names: few, with no sentence among them.
  private static func isName(_ text: Substring, words limit: Int, mayBeginSmall: Bool) -> Bool {
    guard !text.isEmpty, !text.contains(". "), text.utf8.count <= 120 else { return false }
    let lowered = text.lowercased()
    if lowered.contains("rights reserved") || lowered.contains("copyright") { return false }
    let words = text.split(whereSeparator: { $0 == " " || $0 == "/" })
    guard !words.isEmpty, words.count <= limit else { return false }
    if mayBeginSmall { return true }
    return words.allSatisfy { word in
      guard let first = word.first(where: { $0.isLetter || $0.isNumber }) else { return true }
      return first.isUppercase || first.isNumber || nameParticles.contains(word.lowercased())
    }
  }

  private static let nameParticles: Set<String> = [
    "and", "de", "van", "von", "der", "den", "al", "el", "bin", "ibn", "for", "of", "the", "via", "by", "la", "le",
    "da",
    "di", "du", "dos", "in", "courtesy", "file", "pool", "handout", "via",
  ]
}

extension Substring {
  var trimmed: Substring {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return self[first...last]
  }

  /// Without the colon and blanks around a label.
  fileprivate var trimmedLabel: Substring {
    var label = trimmed
    while let last = label.last, last == ":" || last == "-" || last == "|" { label = label.dropLast().trimmed }
    return label
  }

  /// What stands before and after the first `mark`, without outer blanks.
  func cut(at mark: String) -> (Substring, Substring)? {
    guard let place = firstRange(of: mark) else { return nil }
    return (self[..<place.lowerBound].trimmed, self[place.upperBound...].trimmed)
  }
}
