import Foundation
import Hearsay
import QuoteExtraction

// Trains the model of `extract-quotes` and writes its compact weights.
//
//     swift run -c release train-quotes TRAIN.jsonl WEIGHTS.bin [FOLDS.jsonl]
//
// A line of TRAIN is {"text": …, "attributions": [{"content", "source", "cue": [[s,e],…]}]}, offsets in code points. FOLDS
// gets the quotes of each document of TRAIN by a model that has not learned from it. The same input gives the same
// weights.

let folds = 4
let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else {
  print("usage: train-quotes TRAIN.jsonl WEIGHTS.bin [FOLDS.jsonl]")
  exit(2)
}
var cases = try Case.read(arguments[0])
Case.findHeads(&cases)

/// Calls `body` with the model of compact weights.
func withModel<T>(_ compact: [UInt8], _ body: (QuoteModel) throws -> T) rethrows -> T? {
  try unsafe compact.withUnsafeBufferPointer { compact in
    try unsafe QuoteModel(compact: compact).map(body)
  }
}

var unseen: [(features: [Float], isFound: Bool)] = []
var halfway: [Trained] = []
for fold in 0..<folds {
  let trained = Trained(cases, cases.indices.filter { $0 % folds != fold })
  halfway.append(trained)
  _ = withModel(trained.compact) { model in
    for index in cases.indices where index % folds == fold {
      for report in ReportFinder(model).candidates(in: cases[index].reading) {
        var features = [Float](repeating: 0, count: Report.confidenceFeatures)
        report.visitConfidence(cases[index].reading.elements) { features[$0] = $1 }
        unseen.append((features, isFound(report, cases[index])))
      }
    }
  }
}
let confidence = calibrate(unseen)
print("\(unseen.count) reports of unseen documents, \(unseen.count { $0.isFound }) right, confidence \(confidence)")

if arguments.count > 2 {
  var lines: [UInt8] = []
  for index in cases.indices {
    var trained = halfway[index % folds]
    trained.confidence = confidence
    var document = cases[index].document
    try withModel(trained.compact) { model in
      var options = ExtractQuotes.Options()
      options.conventions = .corpus
      try ExtractQuotes(options, model: model).process(&document)
    }
    lines += Array(try DocumentEncoder().value(of: document).json.utf8) + [0x0A]
  }
  try Data(lines).write(to: URL(fileURLWithPath: arguments[2]))
}
if ProcessInfo.processInfo.environment["FOLDS_ONLY"] != nil { exit(0) }
var trained = Trained(cases, Array(cases.indices))
trained.confidence = confidence
let compact = trained.compact
try Data(compact).write(to: URL(fileURLWithPath: arguments[1]))
print("\(cases.count) documents, \(compact.count) bytes of weights")
