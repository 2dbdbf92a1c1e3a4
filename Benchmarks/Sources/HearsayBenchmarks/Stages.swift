import Foundation
import Hearsay
import HearsayCLI

/// The stages of a run over news, in its order.
let allStages = ["clean", "split-sentences", "extract-quotes", "score-stance", "export"]

/// Prints MB/s of each stage on one thread, each fed what the stages before it left.
func benchmarkStages(_ names: [String], over documents: [Document]) throws {
  print("\n| stage, text | MB/s |\n| --- | --- |")
  var documents = documents
  for name in names {
    let options: JSONValue? = name == "export" ? ["path": "/dev/null"] : nil
    print("| \(name) | \(try measure(name, options: options, &documents)) |")
  }
}

/// Prints MB/s of `export` where no stage has found anything: the writing of JSON Lines alone.
func benchmarkWriting(_ documents: [Document]) throws {
  var documents = documents
  print("| write JSON Lines, text alone | \(try measure("export", options: ["path": "/dev/null"], &documents)) |")
}

/// Prints MB/s of HTML that `clean` reduces to its text.
func benchmarkPages(count: Int) throws {
  var corpus = Corpus(seed: 2)
  var pages = (0..<count).map { Document(id: "\($0)", text: corpus.page(size: 4_000), content: .html) }
  print("| clean, HTML pages | \(try measure("clean", options: nil, &pages)) |")
}

/// Runs the stage over copies of the documents five times; leaves what it made in `documents`. The processor's time of the
/// best run counts: other work on the machine only ever adds to it.
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
  for _ in 0..<5 {
    output = documents
    try stage.open()
    let start = clock()
    for index in output.indices { try stage.process(&output[index]) }
    best = min(best, Double(clock() - start) / Double(CLOCKS_PER_SEC))
    try stage.close(.finished)
  }
  documents = output
  return String(format: "%.0f", Double(bytes) / 1e6 / best)
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
