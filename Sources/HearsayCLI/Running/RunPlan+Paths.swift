import Hearsay
import HearsayRunner

/// Names of the files that a run keeps beside its outputs.
///
/// An output that documents name, `out/{source}.jsonl`, has its files in the folder before the first brace, and the brace
/// in their names: values never hold one, so no document can ask for such a name.
extension RunPlan {
  /// The files that the stages write, by their paths without links, `{…}` open.
  var outputFiles: [(path: String, step: Int)] {
    steps.indices.flatMap { index in
      steps[index].stage.sinkOutputs.compactMap { OutputPlace($0).filePath.map { (path: $0, step: index) } }
    }
  }

  /// The path beside an output that ends as `ending`.
  static func beside(_ output: String, _ ending: String) -> String {
    guard let brace = output.firstIndex(of: "{") else { return output + ending }
    let start = output[..<brace].lastIndex(of: "/").map(output.index(after:)) ?? output.startIndex
    return output[..<start] + String(output[start...].map { $0 == "/" ? "_" : $0 }) + ending
  }

  /// Where the run keeps its place unless the options say otherwise: `out.jsonl.journal`.
  var defaultJournal: String? { outputFiles.first.map { Self.beside($0.path, ".journal") } }

  /// Where the run leaves its record: `out.jsonl.run.json`.
  var recordPath: String? { outputFiles.first.map { Self.beside($0.path, ".run.json") } }

  /// Where documents that failed go unless the options say otherwise: `out.quarantine.jsonl` of `out.csv.gz`.
  var defaultQuarantine: String {
    guard var path = outputFiles.first.map({ Self.beside($0.path, "") }) else { return "quarantine.jsonl" }
    let folder = OutputFolder.path(of: path)
    let endings = [
      ".gz", ".zst", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".txt", ".sqlite", ".sqlite3", ".db", ".html",
    ]
    // No more than one for the compression and one for the format.
    for _ in 0..<2 {
      guard let ending = endings.first(where: { path.lowercased().hasSuffix($0) }) else { break }
      let shorter = String(path.dropLast(ending.count))
      guard !shorter.isEmpty, shorter != folder + "/", !shorter.hasSuffix("/") else { break }
      path = shorter
    }
    return path + ".quarantine.jsonl"
  }

  /// The file of failed documents, where they go to one.
  var quarantineFile: String? {
    guard case .quarantine(let path) = onError else { return nil }
    return OutputPlace(path).filePath
  }

  /// What a run before has begun to write and not finished, of the outputs whose names are known.
  var unfinishedOutput: String? {
    outputFiles.lazy.map(\.path).filter { !$0.contains("{") }.map(OutputFile.partPath)
      .first { FileStatus(ofLinkAt: $0) != nil }
  }

  /// The locks that a run holds of each output and of the journal.
  var locks: [(path: String, output: String)] {
    let files = outputFiles.map(\.path) + [journal?.path].compactMap(\.self)
    return files.map { (path: Self.beside($0, ".lock"), output: $0) }
  }
}
