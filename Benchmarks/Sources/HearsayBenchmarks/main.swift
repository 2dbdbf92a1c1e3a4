import Foundation
import Hearsay
import HearsayCLI

// MB/s of each stage alone on one thread, of the whole news pipeline with one worker and two, and the peak memory of a
// long stream. MB is 10^6 bytes of text. `--quick` uses small corpora; `--child …` is one measured run.

let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "--child" { exit(HearsayCommand.run(adding: [], Array(arguments.dropFirst()))) }

let isQuick = arguments.contains("--quick")
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-bench-\(getpid())")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

print(
  "machine: \(ProcessInfo.processInfo.activeProcessorCount) cores, \(ProcessInfo.processInfo.operatingSystemVersionString)"
)
try benchmarkReading(total: isQuick ? 20_000_000 : 100_000_000, folder: folder)
try benchmarkStages(total: isQuick ? 2_000_000 : 16_000_000)
try benchmarkPipeline(
  streamSize: isQuick ? 20_000_000 : 200_000_000, longSize: isQuick ? 100_000_000 : 1_000_000_000, folder: folder)
