import Foundation
import StanceScoring

// Trains the model of `score-stance` and writes its compact weights.
//
//     swift run -c release train-stance TRAIN.jsonl WEIGHTS.bin [DEV.jsonl …]
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

/// Macro F1 of the model as it ships.
func macroF1(_ compact: [UInt8], _ samples: [Sample]) -> Double {
  let guesses = unsafe compact.withUnsafeBufferPointer { compact in
    let model = unsafe StanceModel(compact: compact)
    return samples.map { sample in
      var reader = StanceReader(sample.tokens, model: model)
      let all = 0..<sample.tokens.count
      let logits = reader.logits(all, all, mention: sample.mention)
      if max(logits.favor, logits.against) < 0 { return Sample.Label.neutral }
      return logits.favor > logits.against ? .favor : .against
    }
  }
  return Sample.Label.allCases.map { label in
    let hits = zip(samples, guesses).count { $0.label == label && $1 == label }
    let both = samples.count { $0.label == label } + guesses.count { $0 == label }
    return both == 0 ? 0 : 2 * Double(hits) / Double(both)
  }.reduce(0, +) / 3
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else {
  print("usage: train-stance TRAIN.jsonl WEIGHTS.bin [DEV.jsonl …]")
  exit(2)
}
let training = try Sample.read(arguments[0])
let compact = train(training)
try Data(compact).write(to: URL(fileURLWithPath: arguments[1]))
print("\(training.count) targets, \(compact.count) bytes of weights")
for path in arguments.dropFirst(2) {
  print((path as NSString).lastPathComponent, String(format: "%.3f", macroF1(compact, try Sample.read(path))))
}
