internal import Foundation
internal import Hearsay

extension RunReport {
  /// The report in the text format of Prometheus (version 0.0.4).
  ///
  /// | metric | labels |
  /// | --- | --- |
  /// | `hearsay_documents_total` | `outcome`: `out`, `dropped`, `failed`, `abandoned` |
  /// | `hearsay_drops_total` | `reason` |
  /// | `hearsay_input_bytes_total`, `hearsay_run_seconds`, `hearsay_workers`, `hearsay_run_finished` | |
  /// | `hearsay_stage_documents_total`, `…_failures_total`, `…_drops_total`, `…_bytes_total`, `…_seconds_total` | `stage` |
  /// | `hearsay_stage_counts_total` | `stage`, `kind`: what the stage reports of its work |
  public var metrics: String {
    var text = MetricsText()
    text.add(
      "documents_total", "counter", "Documents that are done, by what became of them.",
      [
        ([("outcome", "out")], Double(documentsOut)), ([("outcome", "dropped")], Double(documentsDropped)),
        ([("outcome", "failed")], Double(documentsFailed)), ([("outcome", "abandoned")], Double(documentsAbandoned)),
      ])
    text.add(
      "drops_total", "counter", "Documents that were dropped, by reason.",
      dropReasons.map { ([("reason", $0.reason)], Double($0.documents)) })
    text.add("input_bytes_total", "counter", "Length of the documents that are done.", [([], Double(bytesIn))])
    text.add("run_seconds", "gauge", "Time that the run has taken so far.", [([], wallTime / .seconds(1))])
    text.add("workers", "gauge", "Documents that are worked on at once.", [([], Double(workers))])
    text.add("run_finished", "gauge", "1 once the whole input is done.", [([], isOver ? 1 : 0)])
    let all = [reading] + stages
    func stage(_ name: String, _ help: String, _ value: (StageReport) -> Double) {
      text.add("stage_\(name)_total", "counter", help, all.map { ([("stage", $0.label)], value($0)) })
    }
    stage("documents", "Documents that came to the stage.") { Double($0.documents) }
    stage("failures", "Documents that failed there.") { Double($0.failures) }
    stage("drops", "Documents that were dropped there.") { Double($0.drops) }
    stage("bytes", "Length of the texts that came to the stage.") { Double($0.bytes) }
    stage("seconds", "Time spent, summed over the workers.") { $0.time / .seconds(1) }
    text.add(
      "stage_counts_total", "counter", "What the stage reports of its work.",
      all.flatMap { stage in
        stage.counts.entries.map { ([("stage", stage.label), ("kind", $0.name)], Double($0.count)) }
      })
    return text.text
  }
}

private struct MetricsText {
  var text = ""

  mutating func add(
    _ name: String, _ kind: String, _ help: String, _ samples: [(labels: [(String, String)], value: Double)]
  ) {
    guard !samples.isEmpty else { return }
    text += "# HELP hearsay_\(name) \(help)\n# TYPE hearsay_\(name) \(kind)\n"
    for (labels, value) in samples {
      let shown = labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",")
      text += "hearsay_\(name)\(shown.isEmpty ? "" : "{\(shown)}") \(number(value))\n"
    }
  }

  private func escaped(_ value: String) -> String {
    value.replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
      .replacingOccurrences(of: "\n", with: "\\n")
  }

  private func number(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "\(value)" }
}
