public import Hearsay

/// Judgements counted by holder, target, source, month, or some of them.
public struct StanceSummary: Sendable {
  /// What rows are told apart by.
  public enum Part: String, OptionEnum { case holder, target, source, month }

  /// One judgement, reduced to what is counted.
  public struct Judgement: Sendable, Hashable {
    /// A string for each part; empty where it is not known, or where the article's own voice is the holder.
    var key: [String]
    var label: Stance.Label
    /// The score in thousandths, as exact as scores are.
    var thousandths: Int
  }

  /// What is known of the judgements of one row.
  struct Tally: Sendable, Hashable {
    var favor = 0
    var neutral = 0
    var against = 0
    /// The sum of the scores.
    var thousandths = 0

    var count: Int { favor + neutral + against }
    /// From -1 to 1; 0 where there is none.
    var mean: Double { count == 0 ? 0 : Double(thousandths) / (1000 * Double(count)) }

    mutating func add(_ judgement: Judgement) {
      switch judgement.label {
      case .favor: favor += 1
      case .neutral: neutral += 1
      case .against: against += 1
      }
      thousandths += judgement.thousandths
    }
  }

  let parts: [Part]
  private(set) var rows: [[String]: Tally] = [:]
  /// The judgements of the rows that there was no room for.
  private(set) var others = Tally()
  private let most: Int

  /// - Parameter most: How many rows are kept.
  init(by parts: [Part], most: Int) {
    self.parts = parts
    self.most = most
  }

  mutating func add(_ judgement: Judgement) {
    if rows.count < most || rows[judgement.key] != nil {
      rows[judgement.key, default: Tally()].add(judgement)
    } else {
      others.add(judgement)
    }
  }

  /// Puts back what an earlier run counted.
  mutating func restore(_ rows: [[String]: Tally], others: Tally) {
    self.rows = rows
    self.others = others
  }

  /// The rows that have the most judgements first, then by their keys.
  var sorted: [(key: [String], tally: Tally)] {
    rows.map { (key: $0.key, tally: $0.value) }.sorted { a, b in
      a.tally.count != b.tally.count ? a.tally.count > b.tally.count : a.key.lexicographicallyPrecedes(b.key)
    }
  }

  // MARK: Documents

  /// The judgements of a document, in their order.
  static func judgements(of document: Document, by parts: [Part]) -> [Judgement] {
    let stances = document[Stances.self]
    guard !stances.isEmpty else { return [] }
    let (source, month) = (source(of: document.metadata), month(of: document.metadata))
    return stances.map { stance in
      let key = parts.map { part in
        switch part {
        case .holder: stance.holder ?? ""
        case .target: stance.target
        case .source: source
        case .month: month
        }
      }
      let score = stance.score.isFinite ? min(max(stance.score, -1), 1) : 0
      return Judgement(key: key, label: stance.label, thousandths: Int((score * 1000).rounded()))
    }
  }

  /// `source` where the document names one, else the host of its address, without `www.`.
  private static func source(of metadata: Metadata) -> String {
    if let source = metadata["source"]?.stringValue, !source.isEmpty { return source }
    guard let url = metadata["url"]?.stringValue else { return "" }
    var host = url[...]
    if let scheme = host.utf8.firstIndex(of: UInt8(ascii: ":")), host[scheme...].hasPrefix("://") {
      host = host[scheme...].dropFirst(3)
    }
    host = host.prefix { !"/?#".contains($0) }
    if let user = host.lastIndex(of: "@") { host = host[user...].dropFirst() }
    host = host.prefix { $0 != ":" }
    return (host.hasPrefix("www.") ? host.dropFirst(4) : host).lowercased()
  }

  /// `2024-05` of `2024-05-17T08:00:00Z`; empty where the date is no ISO date.
  private static func month(of metadata: Metadata) -> String {
    let month = Array((metadata["date"]?.stringValue ?? "").utf8.prefix(7))
    let isMonth = month.indices.allSatisfy { index in
      index == 4 ? month[index] == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(month[index])
    }
    return month.count == 7 && isMonth ? String(decoding: month, as: UTF8.self) : ""
  }
}
