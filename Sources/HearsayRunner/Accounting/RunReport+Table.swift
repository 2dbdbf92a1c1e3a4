internal import Foundation
internal import Hearsay

extension RunReport {
  /// The report as an aligned table for people:
  ///
  ///     stage            documents  failed  dropped      time      rate
  ///     input                1,200       0        0     0.1 s  812 MB/s
  ///     clean                1,200       0        0     0.1 s  740 MB/s
  ///       adverts 214, glue 1,031, mojibake 12
  ///     split-sentences      1,200       3        0     0.8 s   96 MB/s
  ///     1,200 documents in, 1,197 out, 0 dropped, 3 failed in 0.5 s (2 workers, 160 MB/s)
  public var table: String {
    let header = ["stage", "documents", "failed", "dropped", "time", "rate"]
    let reports = [reading] + stages
    let rows = reports.map { stage in
      [
        stage.label, stage.documents.grouped, stage.failures.grouped, stage.drops.grouped, seconds(stage.time),
        rate(stage.bytesPerSecond),
      ]
    }
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].unicodeScalars.count }.max() ?? 0
    }
    func line(_ row: [String]) -> String {
      zip(row, widths).enumerated().map { column, cell in
        let space = String(repeating: " ", count: cell.1 - cell.0.unicodeScalars.count)
        return column == 0 ? cell.0 + space : space + cell.0
      }.joined(separator: "  ")
    }
    let lines = [line(header)] + zip(reports, rows).flatMap { [line($1)] + countLines($0.counts) }
    return (lines + dropReasons.map { "dropped \($0.documents.grouped): \($0.reason)" } + [summary])
      .joined(separator: "\n")
  }

  /// The outcome in one line.
  public var summary: String {
    var parts = [
      "\(documentsIn.grouped) documents in", "\(documentsOut.grouped) out", "\(documentsDropped.grouped) dropped",
      "\(documentsFailed.grouped) failed",
    ]
    if documentsAdded > 0 { parts.insert("\(documentsAdded.grouped) added by stages", at: 1) }
    if documentsAbandoned > 0 { parts.append("\(documentsAbandoned.grouped) not finished") }
    let team = workers == 1 ? "1 worker" : "\(workers) workers"
    let rate = rate(StageReport.rate(bytesIn, wallTime))
    return parts.joined(separator: ", ") + " in \(seconds(wallTime)) (\(team), \(rate))"
  }
}

/// What a stage reports of its work, indented under its row.
private func countLines(_ counts: StageCounters) -> [String] {
  let width = 80
  var lines: [String] = []
  for (index, entry) in counts.entries.enumerated() {
    let isLast = index == counts.entries.count - 1
    let item = "\(entry.name) \(entry.count.grouped)" + (isLast ? "" : ",")
    if let line = lines.last, line.utf8.count + 1 + item.utf8.count <= width {
      lines[lines.count - 1] = line + " " + item
    } else {
      lines.append("  " + item)
    }
  }
  return lines
}

extension Int {
  /// `1,234,567`
  package var grouped: String {
    var digits = Array(String(magnitude))
    var position = digits.count - 3
    while position > 0 {
      digits.insert(",", at: position)
      position -= 3
    }
    return (self < 0 ? "-" : "") + String(digits)
  }
}

private func seconds(_ time: Duration) -> String { String(format: "%.1f s", time / .seconds(1)) }

private func rate(_ bytesPerSecond: Double) -> String {
  let units = ["B/s", "kB/s", "MB/s", "GB/s"]
  var value = bytesPerSecond
  var unit = 0
  while value >= 999.5, unit + 1 < units.count {
    value /= 1000
    unit += 1
  }
  return String(format: value < 9.95 && unit > 0 ? "%.1f " : "%.0f ", value) + units[unit]
}
