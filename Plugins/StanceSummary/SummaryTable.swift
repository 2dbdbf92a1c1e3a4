import HearsayText

/// Counted stances as a table: a row for each key, by falling number of judgements.
struct SummaryTable {
  private let keys: [StanceCounts.GroupingKey]
  private let rows: [(key: [String], counts: StanceCounts.LabelCounts)]

  init(_ counts: StanceCounts, minimumCount: Int) {
    keys = counts.keys
    var rows = counts.sorted.filter { $0.counts.count >= minimumCount }
    if counts.others.count > 0 {
      rows.append((["(others)"] + Array(repeating: "", count: keys.count - 1), counts.others))
    }
    self.rows = rows
  }

  private static let figures = ["count", "mean", "favor", "neutral", "against"]

  /// The table as CSV (RFC 4180); an empty holder is the author.
  var csv: [UInt8] {
    var bytes: [UInt8] = []
    for cells in [keys.map(\.rawValue) + Self.figures] + rows.map({ $0.key + Self.figures(of: $0.counts) }) {
      for (index, cell) in cells.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(csv: cell)
      }
      bytes.append(contentsOf: "\r\n".utf8)
    }
    return bytes
  }

  /// The table in aligned columns, long cells cut.
  var text: [UInt8] {
    let head = keys.map(\.rawValue) + Self.figures
    let body = rows.map { row in zip(keys, row.key).map(Self.shown) + Self.figures(of: row.counts) }
    let widths = head.indices.map { column in ([head] + body).map { $0[column].unicodeScalars.count }.max() ?? 0 }
    var lines = ""
    for cells in [head] + body {
      let padded = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
        return column < keys.count ? cell + space : space + cell
      }
      lines += padded.joined(separator: "  ") + "\n"
    }
    return Array(lines.utf8)
  }

  /// The longest cell of a key, in code points.
  private static let maximumWidth = 40

  private static func shown(_ key: StanceCounts.GroupingKey, _ cell: String) -> String {
    if cell.isEmpty { return key == .holder ? "(the article)" : "–" }
    let line = cell.onOneLine
    return line.unicodeScalars.count <= maximumWidth
      ? line : String(String.UnicodeScalarView(line.unicodeScalars.prefix(maximumWidth - 1))) + "…"
  }

  private static func figures(of counts: StanceCounts.LabelCounts) -> [String] {
    let thousandths = Int((abs(counts.mean) * 1000).rounded())
    let decimals = String(1000 + thousandths % 1000).dropFirst()
    let mean = (counts.mean < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1000)." + decimals
    return [String(counts.count), mean, String(counts.favor), String(counts.neutral), String(counts.against)]
  }
}
