/// Reads the place and agency that lead a story: `WASHINGTON (AP) — `, `KYIV, March 3 (Reuters) - `.
struct Dateline {
  /// What stands before the dash.
  private(set) var text: String
  /// The day it names, as `03-03`; the year is another's to know.
  private(set) var monthAndDay: String?

  /// - Parameters:
  ///   - before: What stands before the dash.
  ///   - after: What stands behind it.
  init?(_ before: Substring, _ after: Substring, lexicon: Lexicon) {
    guard after.trimmed.first.map({ !$0.isLowercase }) ?? false else { return nil }
    let line = before.trimmed
    var place = line
    var hasAgency = false
    if line.hasSuffix(")"), let open = line.lastIndex(of: "(") {
      let agency = line[line.index(after: open)..<line.index(before: line.endIndex)]
      hasAgency = agency.split(separator: "/").allSatisfy { lexicon.agencies.contains($0.trimmed) }
      guard hasAgency else { return nil }
      place = line[..<open].trimmed
    }
    let segments = place.split(separator: ",").map { $0.trimmed }
    guard let city = segments.first, segments.count <= 4, Self.isCity(city, inCapitals: !hasAgency) else { return nil }
    for segment in segments.dropFirst() where !Self.isRegion(segment) {
      guard let day = Self.day(segment) else { return nil }
      monthAndDay = day
    }
    text = String(line)
  }

  private static func isCity(_ city: Substring, inCapitals: Bool) -> Bool {
    let words = city.split(separator: " ")
    guard (1...4).contains(words.count), city.filter(\.isLetter).count > 2, !notCities.contains(city.uppercased())
    else {
      return false
    }
    return words.allSatisfy { word in
      guard word.allSatisfy({ $0.isLetter || "-'’.".contains($0) }) else { return false }
      return inCapitals ? !word.contains(where: \.isLowercase) : word.first?.isUppercase ?? false || word.count <= 3
    }
  }

  /// `N.Y.`, `Germany`, `West Bank`
  private static func isRegion(_ segment: Substring) -> Bool {
    let words = segment.split(separator: " ")
    return (1...3).contains(words.count) && day(segment) == nil
      && words.allSatisfy { ($0.first?.isUppercase ?? false) && !$0.contains(where: \.isNumber) }
  }

  /// `March 3`, `3 March` as `03-03`.
  private static func day(_ segment: Substring) -> String? {
    let words = segment.split(separator: " ").map { $0.lowercased().filter { $0 != "." } }
    guard words.count == 2 else { return nil }
    for (name, number) in [(words[0], words[1]), (words[1], words[0])] {
      guard let month = PublicationDate.month(name), let day = Int(number), (1...31).contains(day) else { continue }
      return (month < 10 ? "0" : "") + "\(month)-" + (day < 10 ? "0" : "") + "\(day)"
    }
    return nil
  }

  private static let notCities: Set<String> = [
    "BREAKING", "UPDATE", "UPDATED", "EXCLUSIVE", "WATCH", "NEW", "LIVE", "OPINION", "ANALYSIS", "VIDEO", "PHOTOS",
    "NOTE", "BREAKING NEWS", "EDITORIAL", "CORRECTION", "FACT CHECK", "EXPLAINER", "REVIEW",
  ]
}
