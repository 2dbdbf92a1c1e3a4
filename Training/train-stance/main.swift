import Foundation
import StanceScoring

// Trains the model of `score-stance` and writes its compact weights.
//
//     swift run -c release train-stance TRAIN.jsonl WEIGHTS.bin [DEV.jsonl …]
//
// A line of TRAIN is {"text": …, "targets": [{"spans": [[s,e]], "label": "favor" | "neutral" | "against"}]}, offsets in code
// points. Prints macro F1 on each DEV, with the weights as they are written. The same input gives the same weights.

/// The probabilities of favor, against and neutral.
func probabilities(_ logits: [Float]) -> [Float] {
  let top = max(logits[0], logits[1], 0)
  let exps = [exp(logits[0] - top), exp(logits[1] - top), exp(-top)]
  let sum = exps.reduce(0, +)
  return exps.map { $0 / sum }
}

/// AdaGrad over shuffled samples, classes weighted alike, weights decayed by L2.
func train(_ samples: [Sample], _ table: Table, epochs: Int, rate: Float, decay: Float) -> Table {
  var table = table
  let learned = unsafe table.compact.withUnsafeBufferPointer { compact in
    let model = unsafe StanceModel(compact: compact)
    return samples.map { sample in
      let (slots, words) = sample.features(in: model)
      let scale = 1 / Float(words + 1).squareRoot()
      return (slots: slots + slots.compactMap { StanceTable.shared(with: $0) }, scale: scale)
    }
  }
  var squares = [Float](repeating: 1e-6, count: table.weights.count)
  var biasSquares: [Float] = [1e-6, 1e-6]
  let labels = samples.map { Sample.Label.allCases.firstIndex(of: $0.label) ?? 2 }
  let classWeights = (0..<3).map { label in Float(samples.count) / (3 * Float(max(labels.count { $0 == label }, 1))) }
  var random = SplitMix(seed: 20_240_301)
  var order = Array(samples.indices)
  for _ in 0..<epochs {
    order.shuffle(using: &random)
    for index in order {
      let (slots, scale) = learned[index]
      var logits = table.bias
      for slot in slots {
        logits[0] += table.weights[2 * slot] * scale
        logits[1] += table.weights[2 * slot + 1] * scale
      }
      let p = probabilities(logits)
      for side in 0..<2 {
        let error = (p[side] - (labels[index] == side ? 1 : 0)) * classWeights[labels[index]]
        for slot in slots {
          let i = 2 * slot + side
          let gradient = error * scale + decay * table.weights[i]
          squares[i] += gradient * gradient
          table.weights[i] -= rate * gradient / squares[i].squareRoot()
        }
        biasSquares[side] += error * error
        table.bias[side] -= rate * 0.1 * error / biasSquares[side].squareRoot()
      }
    }
  }
  return table
}

/// Macro F1 of the model as it ships, alone: without the words that judge whatever they stand beside.
func macroF1(_ compact: [UInt8], _ samples: [Sample]) -> Double {
  let guesses = unsafe compact.withUnsafeBufferPointer { compact in
    let model = unsafe StanceModel(compact: compact)
    return samples.map { sample in
      var reader = StanceReader(sample.tokens, in: sample.text.span, model: model)
      let all = 0..<sample.tokens.count
      let logits = reader.logits(all, all, mention: sample.mention).logits
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

struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else {
  print("usage: train-stance TRAIN.jsonl WEIGHTS.bin [DEV.jsonl …]")
  exit(2)
}
let training = try Sample.read(arguments[0])
let environment = ProcessInfo.processInfo.environment
let table = train(
  training, Table(training), epochs: Int(environment["EPOCHS"] ?? "") ?? 30,
  rate: Float(environment["RATE"] ?? "") ?? 0.02, decay: Float(environment["DECAY"] ?? "") ?? 0.005)
let compact = table.compact
try Data(compact).write(to: URL(fileURLWithPath: arguments[1]))
print("\(training.count) targets, \(compact.count) bytes of weights")
for path in arguments.dropFirst(2) {
  print((path as NSString).lastPathComponent, String(format: "%.3f", macroF1(compact, try Sample.read(path))))
}
