import HearsayText

/// Reads a line that says who wrote a story: `By Ann Lee`, `By Ann Lee and Bo Ray, Reuters | 3 March 2024`.
struct Byline {
  /// The people's names, as they are written.
  private(set) var author: String
  /// The agency that they write for.
  private(set) var agency: String?
  private(set) var date: PublicationDate?

  init?(_ line: String, lists: CleaningLists) {
    guard line.utf8.count <= 140, let rest = Self.rest(of: line) else { return nil }
    var parts = rest.split(whereSeparator: { $0 == "|" || $0 == "•" || $0 == "·" || $0 == "—" || $0 == "–" })
      .map { $0.trimmed }
    if parts.count == 1, let (first, second) = rest.cut(at: " - ") { parts = [first, second] }
    guard let first = parts.first, !first.isEmpty else { return nil }
    for part in parts.dropFirst() where !part.isEmpty {
      if let date = PublicationDate(part) {
        self.date = date
      } else if lists.agencies.contains(part) {
        agency = String(part)
      } else if !Self.isRole(part) {
        return nil
      }
    }
    var names: [Substring] = []
    for segment in first.split(separator: ",").map({ $0.trimmed }) {
      if lists.agencies.contains(segment) {
        agency = agency ?? String(segment)
      } else if !names.isEmpty, Self.isRole(segment) {
        continue
      } else if let people = Self.people(segment) {
        names.append(people)
      } else if let date = PublicationDate(segment), !names.isEmpty {
        self.date = self.date ?? date
      } else {
        return nil
      }
    }
    if names.isEmpty, let agency {
      author = agency
    } else if names.isEmpty {
      return nil
    } else {
      author = names.joined(separator: ", ")
    }
  }

  /// What stands after the word that makes a byline.
  private static func rest(of line: String) -> Substring? {
    for lead in ["by ", "by: ", "written by ", "reported by ", "story by ", "words by ", "author: ", "authors: "] {
      guard line.lowercased().hasPrefix(lead), line.first?.isUppercase == true || lead != "by " else { continue }
      return Substring(line).dropFirst(lead.count).trimmed
    }
    return nil
  }

  /// `Ann Lee and Bo Ray`, without the place or paper that follows.
  private static func people(_ segment: Substring) -> Substring? {
    var segment = segment
    for place in [" in ", " for ", " at "] {
      if let (before, after) = segment.cut(at: place), after.first?.isUppercase == true { segment = before }
    }
    for name in segment.replacing(" & ", with: " and ").split(separator: " and ") {
      let words = name.split(separator: " ")
      guard (2...5).contains(words.count), words.first?.first?.isUppercase == true,
        words.last?.first?.isUppercase == true
      else { return nil }
      for word in words {
        let small = word.lowercased()
        guard word.first?.isUppercase == true || particles.contains(small) else { return nil }
        guard word.allSatisfy({ $0.isLetter || "-'’.".contains($0) }), !PublicationDate.isCalendarWord(small) else {
          return nil
        }
        // A full stop stands after an initial or `Jr`; elsewhere it ends a sentence.
        if word.hasSuffix("."), word.count > 3, !word.dropLast().contains(".") { return nil }
        if notNames.contains(small) { return nil }
      }
    }
    return segment
  }

  /// `Political Editor`, `BBC News`, `Staff Writer`
  private static func isRole(_ segment: Substring) -> Bool {
    let words = segment.lowercased().split(whereSeparator: { $0 == " " || $0 == "-" })
    return words.count <= 7 && words.contains { roles.contains(String($0)) }
  }

  private static let particles: Set<String> = [
    "de", "van", "von", "der", "den", "al", "el", "bin", "ibn", "la", "le", "da", "di", "du", "dos", "del", "ten",
    "ter",
  ]
  private static let notNames: Set<String> = [
    "the", "this", "that", "any", "all", "popular", "means", "demand", "its", "his", "her", "their", "our", "contrast",
    "comparison", "then", "now", "law", "default", "design", "far", "sea", "land", "air", "night", "day",
  ]
  private static let roles: Set<String> = [
    "agencies", "analyst", "bureau", "chief", "columnist", "contributor", "correspondent", "editor", "journalist",
    "news",
    "newsroom", "press", "producer", "reporter", "reporting", "service", "staff", "writer", "writers", "read", "times",
    "post", "reporters", "editors", "correspondents", "live", "local",
  ]
}
