import Foundation
import Hearsay
import HearsayCLI

/// Prints MB/s of each stage on one thread, each fed what the stages before it left.
func benchmarkStages(total: Int) throws {
  print("\n| stage | input | MB/s |\n| --- | --- | --- |")
  var documents = Corpus.articles(total: total, each: 4_000).enumerated().map { Document(id: "\($0)", text: $1) }
  var texts = documents
  for name in ["clean", "split-sentences", "extract-quotes", "score-stance", "export"] {
    let options: JSONValue? = name == "export" ? ["path": "/dev/null"] : nil
    let speed = try measure(name, options: options, &documents)
    print("| \(name) | text, 4 KB each | \(speed) |")
  }
  // What `export` does where no stage has found anything: the writing of JSON Lines alone.
  let plain = try measure("export", options: ["path": "/dev/null"], &texts)
  print("| write JSON Lines | text alone, 4 KB each | \(plain) |")
  var corpus = Corpus(seed: 2)
  var pages = (0..<max(8, total / 80_000)).map { Document(id: "\($0)", text: corpus.page(size: 4_000), content: .html) }
  print("| clean | HTML pages | \(try measure("clean", options: nil, &pages)) |")
}

/// Runs the stage over copies of the documents three times; leaves what it made in `documents`.
private func measure(_ name: String, options: JSONValue?, _ documents: inout [Document]) throws -> String {
  let place = SourcePlace(file: name)
  var diagnostics: [Diagnostic] = []
  let node = options.map { ConfigNode($0, at: place) }
  guard let stage = Catalogue.builtIn[name]?.make(node, at: place, &diagnostics) else {
    throw StageError(diagnostics.map(\.description).joined(separator: "\n"))
  }
  let bytes = documents.reduce(0) { $0 + $1.utf8.count }
  var best = Double.infinity
  var output = documents
  for _ in 0..<3 {
    output = documents
    try stage.open()
    let start = ContinuousClock.now
    for index in output.indices { try stage.process(&output[index]) }
    best = min(best, (ContinuousClock.now - start).seconds)
    try stage.close(.finished)
  }
  documents = output
  return String(format: "%.0f", Double(bytes) / 1e6 / best)
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
