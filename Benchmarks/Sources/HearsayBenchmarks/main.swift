import Foundation
import Hearsay
import HearsayCLI

// MB/s of each stage alone on one thread, of the whole news pipeline with one worker and two, and the peak memory of a
// long stream. MB is 10^6 bytes of text. `--quick` uses small corpora; `--stages FILE [STAGE…]` measures the stages
// alone, over the documents of a file; `--child …` is one measured run.

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "--child" { exit(HearsayCommand.run(adding: [], Array(arguments.dropFirst()))) }

do {
  if arguments.first == "--stages", arguments.count > 1 {
    let names = arguments.dropFirst(2)
    try benchmarkStages(names.isEmpty ? allStages : Array(names), over: readDocuments(arguments[1]))
  } else {
    try benchmarkAll(isQuick: arguments.contains("--quick"))
  }
} catch {
  // A stage that another has to run before, a file that is not there, a folder that is not the project's.
  FileHandle.standardError.write(Data("hearsay-benchmarks: \(error)\n".utf8))
  exit(1)
}

func benchmarkAll(isQuick: Bool) throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-bench-\(getpid())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }

  let process = ProcessInfo.processInfo
  print("machine: \(process.activeProcessorCount) cores, \(process.operatingSystemVersionString)")
  try benchmarkReading(total: isQuick ? 20_000_000 : 100_000_000, folder: folder)
  let stagesSize = isQuick ? 2_000_000 : 16_000_000
  let articles = Corpus.articles(total: stagesSize, each: 4_000).enumerated().map { Document(id: "\($0)", text: $1) }
  try benchmarkStages(allStages, over: articles)
  try benchmarkWriting(articles)
  try benchmarkPages(count: max(8, stagesSize / 80_000))
  try benchmarkPipeline(
    streamSize: isQuick ? 20_000_000 : 200_000_000, longSize: isQuick ? 100_000_000 : 1_000_000_000, folder: folder)
}
