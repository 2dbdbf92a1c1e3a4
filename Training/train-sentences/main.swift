import Foundation
import HearsayText
import SentenceSplitting

// Trains the model of `split-sentences` and writes its file of weights.
//
//     swift run -c release train-sentences WEIGHTS.bin TRAIN.jsonl …
//
// A line of TRAIN is {"text": …}: English prose in good order, without labels. One place in ten is left out of the
// training, and precision and recall on these are printed. The same input gives the same weights.

/// The model while it learns.
struct Weights {
  var values = [Float](repeating: 0, count: 1 << BeginningFeatures.bits)

  /// The file of weights, rounded to 255 steps: see `BeginningModel`.
  var file: [UInt8] {
    let largest = values.reduce(0) { max($0, abs($1)) }
    let step = largest > 0 ? largest / 127 : 1
    let stepBytes = (0..<4).map { UInt8(truncatingIfNeeded: step.bitPattern >> UInt32(8 * $0)) }
    let payload = stepBytes + values.map { UInt8(bitPattern: Int8(($0 / step).rounded())) }
    return WeightsFile.encoded(payload, BeginningModel.format.kind, version: BeginningModel.format.version)
  }

  func logit(_ sample: Sample) -> Float { sample.slots.reduce(0) { $0 + values[Int($1)] } }
}

/// AdaGrad over the samples in a scattered but fixed order, weights decayed by L2.
func train(_ samples: [Sample], epochs: Int, rate: Float, decay: Float) -> Weights {
  var model = Weights()
  var squares = [Float](repeating: 1, count: model.values.count)
  // A stride that shares no factor with the count visits each sample once.
  let stride = [1_000_003, 1_000_033, 1_000_037].first { samples.count % $0 != 0 } ?? 1
  for epoch in 0..<epochs {
    var index = epoch
    for _ in samples.indices {
      index = (index + stride) % samples.count
      let sample = samples[index]
      let error = 1 / (1 + exp(-model.logit(sample))) - (sample.isBeginning ? 1 : 0)
      for slot in sample.slots {
        let gradient = error + decay * model.values[Int(slot)]
        squares[Int(slot)] += gradient * gradient
        model.values[Int(slot)] -= rate * gradient / squares[Int(slot)].squareRoot()
      }
    }
  }
  return model
}

func report(_ model: Weights, _ samples: [Sample]) {
  for showsBefore in [true, false] {
    print(showsBefore ? "without a mark" : "behind an abbreviation")
    let scored = samples.filter { $0.showsBefore == showsBefore }.map { (model.logit($0), $0.isBeginning) }
    let wanted = scored.count { $0.1 }
    for least: Float in [-2, 0, 2, 3, 4, 5, 6] {
      let found = scored.filter { $0.0 > least }
      let hits = found.count { $0.1 }
      print(
        String(
          format: "  logit above %2.0f: precision %.3f, recall %.3f, false of all gaps %.4f", least,
          Double(hits) / Double(max(1, found.count)), Double(hits) / Double(max(1, wanted)),
          Double(found.count - hits) / Double(max(1, scored.count - wanted))))
    }
  }
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else {
  print("usage: train-sentences WEIGHTS.bin TRAIN.jsonl …")
  exit(2)
}
let places = try arguments.dropFirst().flatMap(samples)
// Places come in pairs; each tenth pair is left out.
let (seen, unseen) = (places.indices.filter { $0 / 2 % 10 != 9 }, places.indices.filter { $0 / 2 % 10 == 9 })
let model = train(seen.map { places[$0] }, epochs: 6, rate: 0.2, decay: 1e-5)
try Data(model.file).write(to: URL(fileURLWithPath: arguments[0]))
print("\(seen.count) places, \(model.file.count) bytes of weights")
report(model, unseen.map { places[$0] })
