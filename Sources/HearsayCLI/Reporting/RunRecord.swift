import Foundation
import Hearsay
import HearsayRunner
import HearsayStreams

/// What a run was and did, beside its outputs: enough to do it again. It says nothing of the machine.
struct RunRecord: Codable {
  struct Source: Codable {
    var path: String
    var text: String
  }

  struct Documents: Codable {
    var `in`: Int
    var out: Int
    var dropped: Int
    var failed: Int
  }

  struct Stage: Codable {
    var label: String
    var documents: Int
    var failed: Int
    var dropped: Int
    var seconds: Double
    var counts: [String: Int]
  }

  struct Input: Codable {
    var path: String
    var bytes: Int?
    var xxh64: String?
  }

  static let formatVersion = 1
  var version = RunRecord.formatVersion
  /// Names the run, as its journal did; `nil` where it had none.
  var run: String?
  /// `finished`, `interrupted`, `stopped` or `failed`.
  var ending: String
  var started: Date
  var ended: Date
  /// Time of all parts of a run that was resumed.
  var seconds: Double
  var arguments: [String]
  var identity: RunIdentity
  var pipeline: Source
  var outputs: [String]
  var quarantine: String?
  var workers: Int
  var documents: Documents
  var dropReasons: [String: Int]
  var inputBytes: Int
  /// The first 1,000 inputs; of those done before the run was resumed the journal knows only the hash over all.
  var inputs: [Input]
  /// The place after the last document: the number of inputs, and a hash over their paths, lengths and dates.
  var place: InputPosition
  var stages: [Stage]

  init(
    _ report: RunReport, _ plan: RunPlan, _ identity: RunIdentity, pipeline: Source, started: Date, arguments: [String]
  ) {
    run = report.run
    ending = report.ending.name
    self.started = started
    ended = Date()
    seconds = report.wallTime / .seconds(1)
    self.arguments = arguments
    self.identity = identity
    self.pipeline = pipeline
    outputs = plan.steps.flatMap(\.stage.sinkOutputs)
    quarantine = report.quarantinePath
    workers = report.workers
    documents = Documents(
      in: report.documentsIn, out: report.documentsOut, dropped: report.documentsDropped, failed: report.documentsFailed
    )
    dropReasons = Dictionary(report.dropReasons.map { ($0.reason, $0.documents) }, uniquingKeysWith: +)
    inputBytes = report.bytesIn
    inputs = report.inputs.map { Input(path: $0.path, bytes: $0.byteCount, xxh64: $0.hash) }
    place = report.position
    stages = report.stages.map { stage in
      Stage(
        label: stage.label, documents: stage.documents, failed: stage.failures, dropped: stage.drops,
        seconds: stage.time / .seconds(1),
        counts: Dictionary(stage.counts.entries.map { ($0.name, $0.count) }, uniquingKeysWith: +))
    }
  }

  /// - Parameter folder: The journal's, if there is one: what a kill leaves of the work goes with it.
  func write(to path: String, from folder: String?) throws(OutputError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    encoder.keyEncodingStrategy = .convertToSnakeCase
    guard let bytes = try? [UInt8](encoder.encode(self)) else { return }
    try (bytes + [UInt8(ascii: "\n")]).replaceFile(at: path, from: folder)
  }

  /// Whether a file is the record of a run, however that ended.
  static func isRecord(at path: String) -> Bool {
    guard FileStatus(at: path)?.isFile == true, let data = FileManager.default.contents(atPath: path),
      let members = (try? JSONReader.value(of: [UInt8](data)))?.objectValue
    else { return false }
    let keys = Set(members.map(\.key))
    return keys.isSuperset(of: ["ending", "identity", "pipeline"])
  }

  /// The record of a run that is finished; `nil` where there is none.
  static func finished(at path: String) -> RunRecord? {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard FileStatus(at: path)?.isFile == true, let data = FileManager.default.contents(atPath: path),
      let record = try? decoder.decode(RunRecord.self, from: data), record.version == formatVersion,
      record.ending == RunReport.Ending.finished.name
    else { return nil }
    return record
  }

  /// In what the run of this record is not the run of this plan, as clauses.
  func differences(from plan: RunPlan, _ identity: RunIdentity) -> [String] {
    var differences = identity.differences(from: self.identity)
    var reader = InputReader(plan.inputs, settings: plan.input)
    do throws(InputError) {
      try reader.resume(at: place)
      while let batch = reader.next() {
        guard batch.count > 0 else { continue }
        differences.append("there are more inputs")
        break
      }
    } catch {
      differences.append("'\(error.path)' \(error.problem)")
    }
    return differences
  }
}

extension RunReport.Ending {
  var name: String {
    switch self {
    case .finished: "finished"
    case .interrupted: "interrupted"
    case .stopped: "stopped"
    case .failed: "failed"
    }
  }
}
