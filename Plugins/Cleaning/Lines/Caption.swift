/// Reads the caption of a picture that ends in its credit: `The bridge in March. (AP Photo/Ann Lee)`,
/// `A view of the bridge, March 3. Photograph: Ann Lee/Reuters`.
struct Caption {
  private(set) var credit: Credit

  /// `nil` where no credit stands at the end.
  init?(_ line: String, lexicon: Lexicon) {
    guard let tail = Self.tail(of: Substring(line)), let credit = Credit(String(tail), lexicon: lexicon) else {
      return nil
    }
    self.credit = credit
  }

  /// What stands in brackets at the end, behind the last bar, or behind the last full stop that has a blank behind it.
  private static func tail(of line: Substring) -> Substring? {
    let line = line.trimmed
    for (open, close) in [("(", ")"), ("[", "]")] where line.hasSuffix(close) || line.hasSuffix(close + ".") {
      guard let start = line.lastIndex(of: open.first ?? " "), start > line.startIndex else { return nil }
      let end = line.lastIndex(of: close.first ?? " ") ?? line.endIndex
      return start < end ? line[start...end] : nil
    }
    for mark in [" | ", ". ", ".” ", ".\" "] {
      guard let place = line.ranges(of: mark).last else { continue }
      return line[place.upperBound...].trimmed
    }
    return nil
  }
}
