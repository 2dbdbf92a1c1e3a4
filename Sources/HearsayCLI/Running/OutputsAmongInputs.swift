import ArgumentParser
import Foundation
import Hearsay
import HearsayRunner
import HearsayStreams

/// What a run would write over is refused before it begins.
extension RunSession {
  /// Gives each file that the run reads and writes its one purpose, by name and by link.
  func takeFiles(of plan: RunPlan) throws {
    for input in plan.inputs where input != "-" { plan.files.protect(input, as: "an input ('\(input)')") }
    for source in sources { plan.files.protect(source, as: "what the run is made of: a pipeline or a plugin") }
    do throws(OutputError) {
      let quarantine: [String] = if case .quarantine(let path) = plan.onError { [path] } else { [] }
      for path in plan.steps.flatMap(\.stage.sinkOutputs) + quarantine + [watch.metrics].compactMap(\.self)
      where OutputPlace(path) == .folder {
        throw OutputError(path: path, action: "write", code: EISDIR)
      }
      for path in plan.steps.flatMap(\.stage.sinkOutputs) + quarantine + [watch.metrics].compactMap(\.self) {
        try refuseOwnName(path)
      }
      for (path, step) in plan.outputFiles where !path.contains("{") {
        let part = OutputFile.partPath(of: path)
        if FileStatus(ofLinkAt: part)?.isFile == false {
          throw OutputError(path: part, action: "write", code: EEXIST, detail: "it is no regular file; move it away")
        }
        try plan.files.reserve(path, step: step, label: plan.steps[step].label)
      }
      for (path, purpose, hasPart) in filesBeside(plan) { try plan.files.take(path, as: purpose, hasPart: hasPart) }
    } catch {
      throw ValidationError("\(error)")
    }
    if isQuarantineUnnamed, let path = plan.quarantineFile, FileStatus(at: path) != nil, !Self.isQuarantine(path) {
      throw ValidationError(
        "'\(path)' is where failed documents would go, and holds something else; move it away, or name another by --set "
          + "quarantine=FILE")
    }
    if keeping != nil, let record = plan.recordPath, FileStatus(at: record) != nil, !RunRecord.isRecord(at: record) {
      throw ValidationError("'\(record)' is where the run leaves its record, and is none; move it away")
    }
  }

  /// What the run itself writes, and whether it is written as `PATH.part` first.
  private func filesBeside(_ plan: RunPlan) -> [(path: String, purpose: String, hasPart: Bool)] {
    var files: [(path: String, purpose: String, hasPart: Bool)] = []
    if let path = plan.quarantineFile {
      files.append((path, "the file of failed documents", true))
      files.append((RunPlan.beside(path, ".lock"), "the lock of '\(path)'", false))
    }
    if let path = watch.metrics.flatMap({ OutputPlace($0).filePath }) { files.append((path, "the metrics", false)) }
    if keeping != nil, let path = plan.recordPath { files.append((path, "the record of the run", false)) }
    if let path = plan.journal?.path { files.append((path, "the journal", false)) }
    for lock in plan.locks { files.append((lock.path, "the lock of '\(lock.output)'", false)) }
    return files
  }

  /// Refuses a run that writes a file which the next run over the same inputs would read.
  func refuseOutputsAmongInputs(of plan: RunPlan) throws {
    let outputs = plan.steps.flatMap(\.stage.sinkOutputs) + [watch.metrics].compactMap(\.self)
    var written = outputs.filter { OutputPlace($0).filePath != nil }.map { ($0, "write it elsewhere") }
    if keeping != nil {
      for path in [plan.recordPath, plan.journal?.path] {
        if let path { written.append((path, "write the outputs elsewhere")) }
      }
    }
    if case .quarantine(let path) = plan.onError, OutputPlace(path).filePath != nil {
      written.append((path, "name another by --set quarantine=FILE"))
    }
    for (path, hint) in written {
      guard let input = InputSettings.input(among: plan.inputs, leadingTo: path) else { continue }
      throw ValidationError("'\(path)' lies in the input '\(input)', and the next run would read it; \(hint)")
    }
  }

  /// Whether a file is empty, or begins as a file of failed documents does.
  private static func isQuarantine(_ path: String) -> Bool {
    guard FileStatus(at: path)?.isFile == true, let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    let head = (try? file.read(upToCount: 4)) ?? Data()
    return head.isEmpty || head.starts(with: Data("{\"id".utf8))
  }

  /// Refuses a name that a run gives to the files beside its outputs: it may be that of a run that is going on.
  private func refuseOwnName(_ path: String) throws(OutputError) {
    guard let file = OutputPlace(path).filePath?.lowercased() else { return }
    let names = file.split(separator: "/")
    let isOwn =
      [".part", ".lock", ".run.json"].contains { file.hasSuffix($0) }
      || names.dropLast().contains { $0.hasSuffix(".journal") }
    guard isOwn else { return }
    throw OutputError(
      path: path, action: "write", code: EEXIST, detail: "runs give such names to files of their own; choose another")
  }
}
