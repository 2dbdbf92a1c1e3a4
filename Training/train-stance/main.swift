import Foundation
import StanceScoring

// Trains the model of `score-stance` and writes its file of weights.
//
//     swift run -c release train-stance TRAIN.jsonl VECTORS.txt WEIGHTS.bin [DEV.jsonl …]
//     swift run -c release train-stance --cross-validate TRAIN.jsonl VECTORS.txt
//
// A line of TRAIN is {"text": …, "targets": [{"spans": [[s,e]], "label": "favor" | "neutral" | "against"}]}, offsets in code
// points. VECTORS is made by Training/word-vectors. Prints macro F1 on each DEV, with the weights as they are written. The same
// input gives the same weights.

/// Five times, trains on four fifths of the articles and classifies the other fifth; prints the scores.
func crossValidate(_ samples: [Sample], _ vectors: WordVectors) throws {
  let groups = Array(Set(samples.map(\.group))).sorted()
  var scores = Scores()
  for fold in 0..<5 {
    let left = Set(groups.indices.filter { $0 % 5 == fold }.map { groups[$0] })
    let weights = try Training.weightsFile(samples.filter { !left.contains($0.group) }, vectors)
    try scores.add(samples.filter { left.contains($0.group) }, by: weights)
  }
  func shown(_ number: Double) -> String { String(format: "%.3f", number) }
  print("abstain_below  macro F1  neutral targets judged")
  for bound in [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6] {
    print(bound, shown(scores.macroF1(abstainBelow: bound)), shown(scores.judgedNeutrals(abstainBelow: bound)))
  }
  print("|score|  judged  right  of the other side")
  for row in scores.reliability { print(Double(row.band) / 10, row.count, shown(row.right), shown(row.opposite)) }
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 3 else {
  print("usage: train-stance TRAIN.jsonl VECTORS.txt WEIGHTS.bin [DEV.jsonl …]")
  print("   or: train-stance --cross-validate TRAIN.jsonl VECTORS.txt")
  exit(2)
}
if arguments[0] == "--cross-validate" {
  try crossValidate(try Sample.read(arguments[1]), try WordVectors(arguments[2]))
  exit(0)
}
let samples = try Sample.read(arguments[0])
let weights = try Training.weightsFile(samples, try WordVectors(arguments[1]))
try Data(weights).write(to: URL(fileURLWithPath: arguments[2]))
print("\(samples.count) targets, \(weights.count) bytes of weights")
for path in arguments.dropFirst(3) {
  var scores = Scores()
  try scores.add(try Sample.read(path), by: weights)
  print((path as NSString).lastPathComponent, String(format: "%.3f", scores.macroF1()))
}
