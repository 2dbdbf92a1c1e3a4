import Hearsay

/// A summary of stances as a table: a row a key, the most judgements first.
struct SummaryTable {
  private let parts: [StanceSummary.Part]
  private let rows: [(key: [String], tally: StanceSummary.Tally)]

  init(_ summary: StanceSummary, minimumCount: Int) {
    parts = summary.parts
    var rows = summary.sorted.filter { $0.tally.count >= minimumCount }
    if summary.others.count > 0 {
      rows.append((["(others)"] + Array(repeating: "", count: parts.count - 1), summary.others))
    }
    self.rows = rows
  }

  private static let figures = ["count", "mean", "favor", "neutral", "against"]

  /// The table as CSV (RFC 4180); an empty holder is the article's own voice.
  var csv: [UInt8] {
    var bytes: [UInt8] = []
    for cells in [parts.map(\.rawValue) + Self.figures] + rows.map({ $0.key + Self.figures(of: $0.tally) }) {
      for (index, cell) in cells.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(csv: cell)
      }
      bytes.append(contentsOf: "\r\n".utf8)
    }
    return bytes
  }

  /// The table in columns; what is long is cut.
  var text: [UInt8] {
    let head = parts.map(\.rawValue) + Self.figures
    let body = rows.map { row in zip(parts, row.key).map(Self.shown) + Self.figures(of: row.tally) }
    let widths = head.indices.map { column in ([head] + body).map { $0[column].unicodeScalars.count }.max() ?? 0 }
    var lines = ""
    for cells in [head] + body {
      let padded = cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
        return column < parts.count ? cell + space : space + cell
      }
      lines += padded.joined(separator: "  ") + "\n"
    }
    return Array(lines.utf8)
  }

  private static let widest = 40

  private static func shown(_ part: StanceSummary.Part, _ cell: String) -> String {
    if cell.isEmpty { return part == .holder ? "(the article)" : "–" }
    let line = cell.onOneLine
    return line.unicodeScalars.count <= widest
      ? line : String(String.UnicodeScalarView(line.unicodeScalars.prefix(widest - 1))) + "…"
  }

  private static func figures(of tally: StanceSummary.Tally) -> [String] {
    let thousandths = Int((abs(tally.mean) * 1000).rounded())
    let decimals = String(1000 + thousandths % 1000).dropFirst()
    let mean = (tally.mean < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1000)." + decimals
    return [String(tally.count), mean, String(tally.favor), String(tally.neutral), String(tally.against)]
  }
}
