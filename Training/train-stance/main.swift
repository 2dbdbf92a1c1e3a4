import Foundation
import StanceScoring

// Trains the model of `score-stance` and writes its compact weights.
//
//     swift run -c release train-stance TRAIN.jsonl WEIGHTS.bin [DEV.jsonl …]
//     swift run -c release train-stance --cross-validate TRAIN.jsonl
//
// A line of TRAIN is {"text": …, "targets": [{"spans": [[s,e]], "label": "favor" | "neutral" | "against"}]}, offsets in code
// points. Prints macro F1 on each DEV, with the weights as they are written. The same input gives the same weights.

/// The compact weights that the samples teach.
func train(_ samples: [Sample]) -> [UInt8] {
  let table = Table(samples)
  let empty = table.compact(bias: [0, 0]) { _, _ in 0 }
  // A column for each weight that occurs.
  var columns: [Int: Int32] = [:]
  func column(_ weight: Int) -> Int32 {
    if let column = columns[weight] { return column }
    columns[weight] = Int32(columns.count)
    return Int32(columns.count - 1)
  }
  let rows = unsafe empty.withUnsafeBufferPointer { compact in
    let model = unsafe StanceModel(compact: compact)
    return samples.map { sample in
      var row = Regression.Row(columns: [], values: [], label: Sample.Label.allCases.firstIndex(of: sample.label) ?? 2)
      for (slot, value) in sample.features(in: model) {
        let lesson = StanceTable.lesson(of: slot)
        for weight in [slot] + lesson.shared {
          row.columns.append(column(weight))
          row.values.append(value * lesson.scale)
        }
      }
      return row
    }
  }
  let learned = Regression(rows, columns: columns.count).fit()
  // What neutral has is taken from the other two.
  func weight(_ column: Int, _ side: Int) -> Float { Float(learned[3 * column + side] - learned[3 * column + 2]) }
  return table.compact(bias: [weight(columns.count, 0), weight(columns.count, 1)]) { slot, side in
    let slot = StanceTable.learned(slot)
    let lesson = StanceTable.lesson(of: slot)
    let known = ([slot] + lesson.shared).compactMap { columns[$0] }
    return known.reduce(0) { $0 + weight(Int($1), side) } * lesson.scale
  }
}

/// Trains on all but a fifth of the articles and judges that, five times over, and prints what came of it.
func crossValidate(_ samples: [Sample]) {
  let groups = Array(Set(samples.map(\.group))).sorted()
  var scores = Scores()
  for fold in 0..<5 {
    let left = Set(groups.indices.filter { $0 % 5 == fold }.map { groups[$0] })
    scores.add(samples.filter { left.contains($0.group) }, by: train(samples.filter { !left.contains($0.group) }))
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
guard arguments.count >= 2 else {
  print("usage: train-stance TRAIN.jsonl WEIGHTS.bin [DEV.jsonl …], or: train-stance --cross-validate TRAIN.jsonl")
  exit(2)
}
if arguments[0] == "--cross-validate" {
  crossValidate(try Sample.read(arguments[1]))
  exit(0)
}
let training = try Sample.read(arguments[0])
let compact = train(training)
try Data(compact).write(to: URL(fileURLWithPath: arguments[1]))
print("\(training.count) targets, \(compact.count) bytes of weights")
for path in arguments.dropFirst(2) {
  var scores = Scores()
  scores.add(try Sample.read(path), by: compact)
  print((path as NSString).lastPathComponent, String(format: "%.3f", scores.macroF1()))
}
