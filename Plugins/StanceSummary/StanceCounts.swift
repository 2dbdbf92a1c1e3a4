public import Hearsay

/// Counts judgements by holder, target, source, month, or several of them.
public struct StanceCounts: Sendable {
  /// What judgements are grouped by.
  public enum GroupingKey: String, OptionEnum { case holder, target, source, month }

  /// The counted parts of one judgement.
  public struct Judgement: Sendable, Hashable {
    /// The value of each grouping key; empty where it is unknown, or where the author is the holder.
    var key: [String]
    var label: Stance.Label
    /// The score in thousandths: scores have three decimals.
    var thousandths: Int
  }

  /// The counts of one row.
  struct LabelCounts: Sendable, Hashable {
    var favor = 0
    var neutral = 0
    var against = 0
    /// The sum of the scores in thousandths.
    var thousandths = 0

    var count: Int { favor + neutral + against }
    /// The mean score, from -1 to 1; 0 without judgements.
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

  let keys: [GroupingKey]
  private(set) var rows: [[String]: LabelCounts] = [:]
  /// The judgements that would have needed a row beyond `maximumRows`.
  private(set) var others = LabelCounts()
  private let maximumRows: Int

  init(by keys: [GroupingKey], maximumRows: Int) {
    self.keys = keys
    self.maximumRows = maximumRows
  }

  mutating func add(_ judgement: Judgement) {
    if rows.count < maximumRows || rows[judgement.key] != nil {
      rows[judgement.key, default: LabelCounts()].add(judgement)
    } else {
      others.add(judgement)
    }
  }

  /// Replaces the counts with those of a checkpoint.
  mutating func restore(_ rows: [[String]: LabelCounts], others: LabelCounts) {
    self.rows = rows
    self.others = others
  }

  /// The rows by falling number of judgements, then by key.
  var sorted: [(key: [String], counts: LabelCounts)] {
    rows.map { (key: $0.key, counts: $0.value) }.sorted { a, b in
      a.counts.count != b.counts.count ? a.counts.count > b.counts.count : a.key.lexicographicallyPrecedes(b.key)
    }
  }

  // MARK: Documents

  /// The judgements of a document, in order.
  static func judgements(of document: Document, by keys: [GroupingKey]) -> [Judgement] {
    let stances = document[Stances.self]
    guard !stances.isEmpty else { return [] }
    let (source, month) = (source(of: document.metadata), month(of: document.metadata))
    return stances.map { stance in
      let key = keys.map { key in
        switch key {
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

  /// The metadata `source`, or else the host of `url` without `www.`.
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

  /// `2024-05` of `2024-05-17T08:00:00Z`; empty where the date is not an ISO 8601 date.
  private static func month(of metadata: Metadata) -> String {
    let month = Array((metadata["date"]?.stringValue ?? "").utf8.prefix(7))
    let isMonth = month.indices.allSatisfy { index in
      index == 4 ? month[index] == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(month[index])
    }
    return month.count == 7 && isMonth ? String(decoding: month, as: UTF8.self) : ""
  }
}
