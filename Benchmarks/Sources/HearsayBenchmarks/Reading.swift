import Foundation
import Hearsay
import HearsayStreams

/// Prints how fast one thread makes documents of JSON Lines, and cuts them only.
func benchmarkReading(total: Int, folder: URL) throws {
  let path = folder.appendingPathComponent("reading.jsonl").path
  try Corpus.write(total: total, each: 4_000, to: path)
  defer { try? FileManager.default.removeItem(atPath: path) }
  print("\n| read JSON Lines | MB/s |\n| --- | --- |")
  for (name, makesDocuments) in [("documents", true), ("records only, cut and hashed", false)] {
    var best = Double.infinity
    for _ in 0..<5 {
      var reader = InputReader([path])
      var bytes = 0
      let start = clock()
      while let batch = reader.next() {
        guard makesDocuments else { continue }
        for index in 0..<batch.count { bytes += try batch.document(at: index).utf8.count }
      }
      best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC))
      guard !makesDocuments || bytes > total / 2 else { throw ChildFailure(status: 1) }
    }
    print("| \(name) | " + String(format: "%.0f |", Double(total) / 1e6 / best))
  }
}

/// All documents of a file.
func readDocuments(_ path: String) throws -> [Document] {
  var reader = InputReader([path])
  var documents: [Document] = []
  while let batch = reader.next() {
    for index in 0..<batch.count { documents.append(try batch.document(at: index)) }
  }
  return documents
}
