import TestSupport

/// A clean news text made from a seed: a headline, perhaps, and paragraphs of sentences with names, quotations, numbers,
/// abbreviations and letters of several languages.
struct NewsText {
  var headline: String?
  var paragraphs: [[String]]

  var text: String {
    ((headline.map { [$0] } ?? []) + paragraphs.map { $0.joined(separator: " ") }).joined(separator: "\n\n")
  }

  init(paragraphs: [[String]]) { self.paragraphs = paragraphs }

  init(seed: UInt64, hasHeadline: Bool? = nil) {
    var words = NewsWords(random: SplitMix(seed: seed &* 0x9E37_79B9 &+ 17))
    headline = hasHeadline ?? words.chance(2) ? words.headline() : nil
    paragraphs = (0..<words.number(2...5)).map { _ in (0..<words.number(2...4)).map { _ in words.sentence() } }
  }
}

/// Makes the sentences, names and titles of news.
struct NewsWords {
  var random: SplitMix

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func chance(_ sides: Int) -> Bool { number(1...sides) == 1 }
  mutating func pick<Element>(_ list: [Element]) -> Element { list[number(0...list.count - 1)] }

  mutating func person() -> String { "\(pick(Self.firstNames)) \(pick(Self.lastNames))" }
  mutating func month() -> String { pick(Self.months) }

  mutating func headline() -> String {
    switch number(0...3) {
    case 0:
      "\(pick(Self.places)) \(pick(["closes", "opens", "rejects", "delays"])) \(pick(Self.things)) after \(pick(Self.things)) row"
    case 1:
      "\(pick(Self.lastNames)) \(pick(["warns of", "promises", "defends"])) ‘\(pick(Self.qualities)) \(pick(Self.things))’ in \(pick(Self.places))"
    case 2: "What the \(pick(Self.things)) means for \(pick(Self.places)) and the \(pick(Self.bodies))"
    default: "\(pick(Self.bodies).capitalizedFirst) to vote on \(pick(Self.qualities)) \(pick(Self.things))"
    }
  }

  mutating func sentence() -> String {
    switch number(0...13) {
    case 0: "“\(clause().capitalizedFirst),” \(person()) \(pick(Self.cues))."
    case 1:
      "\"\(clause().capitalizedFirst),\" \(pick(Self.cues)) \(title()) \(pick(Self.lastNames)), \(pick(Self.roles))."
    case 2:
      "“It’s a \(pick(Self.qualities)) \(pick(Self.things)),” he \(pick(Self.cues)). “\(clause().capitalizedFirst).”"
    case 3: "\(person()) \(pick(Self.cues)) that \(clause()), and that \(clause())."
    case 4: "According to the \(pick(Self.bodies)), \(clause()) in \(number(1990...2024))."
    case 5:
      "The cost rose by \(number(2...80)).\(number(1...9))% to €\(number(2...90)).\(number(1...9)) million — more than in \(pick(Self.places))."
    case 6: "On \(pick(Self.days)), \(month()) \(number(1...28)), \(clause())."
    case 7:
      "\(title()) \(pick(Self.lastNames)) met U.S. officials at \(number(1...11)).30 p.m. in \(pick(Self.places))."
    case 8: "Why did the \(pick(Self.bodies)) wait so long?"
    case 9:
      "The \(pick(Self.qualities)) \(pick(Self.things)) (see the report of \(number(2001...2023))) was not \(pick(["sold", "built", "shown", "paid"]))."
    case 12: "\(person()), who lives near the café “\(pick(Self.places))”, didn’t vote; her son’s friends did."
    case 10 where chance(4): "“Привет, мир 😀 — it costs £5½ or 20 °C,” the sign of the \(pick(Self.things)) read."
    case 11:
      "\(pick(Self.lastNames))’s \(pick(Self.things)) – the third this year – \(pick(Self.verbs)) the \(pick(Self.bodies))’s \(pick(Self.things))."
    default: "\(clause().capitalizedFirst), but \(clause()) in \(pick(Self.places))."
    }
  }

  mutating func clause() -> String {
    "the \(pick(Self.qualities)) \(pick(Self.things)) \(pick(Self.verbs)) the \(pick(Self.things)) of the \(pick(Self.bodies))"
  }

  mutating func title() -> String { pick(["Dr.", "Mr.", "Mrs.", "Mayor", "Prime Minister", "Sen.", "Gov."]) }

  static let firstNames = [
    "Ann", "José", "Zoë", "Bo", "Maryam", "Łukasz", "Siobhán", "Karl", "Ingrid", "Chloé", "Tom", "Fatima", "Jürgen",
  ]
  static let lastNames = [
    "Lee", "Ortega", "Müller", "O’Neill", "Novák", "Kowalski", "Brandt", "Okafor", "García", "van Dijk", "Sørensen",
    "McDonald", "Yılmaz", "Petrović",
  ]
  static let places = [
    "Northport", "São Paulo", "Kraków", "Lima", "New York", "Malmö", "Lisbon", "St. Gallen", "Córdoba", "Geneva",
  ]
  static let bodies = [
    "city council", "harbour authority", "Transport Ministry", "teachers’ union", "EU", "audit office", "police",
    "Red Cross", "NATO command", "court of appeal",
  ]
  static let roles = ["the town’s mayor", "a spokesman for the port", "who led the inquiry", "the union’s chair"]
  static let qualities = [
    "long-delayed", "costly", "new", "public", "controversial", "so-called", "state-owned", "ambitious", "popular",
    "temporary",
  ]
  static let things = [
    "bridge", "budget", "settlement", "election", "railway", "agreement", "investigation", "hospital", "programme",
    "newspaper", "development", "coalition",
  ]
  static let verbs = [
    "threatened", "improved", "changed", "delayed", "strengthened", "ruined", "supported", "followed",
  ]
  static let cues = ["said", "told reporters", "warned", "insisted", "added", "explained", "admitted"]
  static let days = ["Monday", "Tuesday", "Wednesday", "Friday", "Sunday"]
  static let months = ["January", "March", "April", "May", "September", "December"]
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
