import Foundation
import Hearsay
import HearsayText
import StanceScoring

// Trains the model of `score-stance` and writes its compact weights.
//
//     swift run -c release train-stance TRAIN.jsonl WEIGHTS.bin [DEV.jsonl …]
//
// A line of TRAIN is {"text": …, "targets": [{"spans": [[s,e]], "label": "favor" | "neutral" | "against"}]}, offsets in code
// points. Prints macro F1 on each DEV, with the weights as they are written. The same input gives the same weights.

struct Sample {
  var slots: [Int]
  /// 0 favor, 1 against, 2 neutral.
  var label: Int
}

func samples(_ path: String) throws -> [Sample] {
  let data = try Data(contentsOf: URL(fileURLWithPath: path))
  var samples: [Sample] = []
  for line in Array(data).split(separator: UInt8(ascii: "\n")) {
    let value = try JSONReader.value(of: Array(line))
    let text = Array((value["text"]?.stringValue ?? "").utf8)
    let tokens = Tokenizer().tokens(in: text.span)
    let words = WordValues(tokens, in: text.span)
    let offsets = ScalarOffsets(text.span)
    for target in value["targets"]?.arrayValue ?? [] {
      guard let label = ["favor", "against", "neutral"].firstIndex(of: target["label"]?.stringValue ?? ""),
        let span = target["spans"]?.arrayValue?.first?.arrayValue, span.count == 2,
        let start = offsets.byteOffset(ofScalar: span[0].intValue ?? -1, in: text.span),
        let end = offsets.byteOffset(ofScalar: span[1].intValue ?? -1, in: text.span)
      else { continue }
      let mention = tokens.indices.filter { tokens[$0].start < end && tokens[$0].end > start }
      guard let first = mention.first, let last = mention.last else { continue }
      var slots: [Int] = []
      StanceFeatures.visit(tokens, words, 0..<tokens.count, mention: first..<last + 1) { slot, _ in slots.append(slot) }
      samples.append(Sample(slots: slots, label: label))
    }
  }
  return samples
}

/// The model while it learns: two weights a slot, and two biases.
struct Weights {
  var weights = [Float](repeating: 0, count: 2 << StanceFeatures.bits)
  var bias: (favor: Float, against: Float) = (0, 0)

  /// Reads the compact form back, so that what is measured is what ships.
  init(compact bytes: [UInt8]) {
    func float(_ at: Int) -> Float {
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) })
    }
    bias = (float(4), float(8))
    for i in weights.indices { weights[i] = Float(Int8(bitPattern: bytes[12 + i])) * float(0) }
  }

  init() {}

  /// The compact form, weights rounded to 255 steps: see `StanceModel`.
  var compact: [UInt8] {
    let largest = weights.reduce(0) { max($0, abs($1)) }
    let step = largest > 0 ? largest / 127 : 1
    var bytes: [UInt8] = []
    for value in [step, bias.favor, bias.against] {
      for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * shift))) }
    }
    for weight in weights { bytes.append(UInt8(bitPattern: Int8((weight / step).rounded()))) }
    return bytes
  }
}

func logits(_ model: Weights, _ sample: Sample) -> [Float] {
  var sums: [Float] = [0, 0]
  for slot in sample.slots {
    sums[0] += model.weights[2 * slot]
    sums[1] += model.weights[2 * slot + 1]
  }
  let scale = 1 / Float(sample.slots.count + 1).squareRoot()
  return [sums[0] * scale + model.bias.favor, sums[1] * scale + model.bias.against, 0]
}

func probabilities(_ logits: [Float]) -> [Float] {
  let top = logits.max() ?? 0
  let exps = logits.map { exp($0 - top) }
  let sum = exps.reduce(0, +)
  return exps.map { $0 / sum }
}

/// AdaGrad over shuffled samples, classes weighted alike, weights decayed by L2.
func train(_ samples: [Sample], epochs: Int, rate: Float, decay: Float) -> Weights {
  var model = Weights()
  var squares = [Float](repeating: 1e-6, count: model.weights.count)
  var biasSquares: [Float] = [1e-6, 1e-6]
  let counts = (0..<3).map { label in Float(samples.count { $0.label == label }) }
  let classWeights = counts.map { Float(samples.count) / (3 * max($0, 1)) }
  var random = SplitMix(seed: 20_240_301)
  var order = Array(samples.indices)
  for _ in 0..<epochs {
    order.shuffle(using: &random)
    for index in order {
      let sample = samples[index]
      let p = probabilities(logits(model, sample))
      let scale = 1 / Float(sample.slots.count + 1).squareRoot()
      for k in 0..<2 {
        let error = (p[k] - (sample.label == k ? 1 : 0)) * classWeights[sample.label]
        for slot in sample.slots {
          let i = 2 * slot + k
          let gradient = error * scale + decay * model.weights[i]
          squares[i] += gradient * gradient
          model.weights[i] -= rate * gradient / squares[i].squareRoot()
        }
        biasSquares[k] += error * error
        let step = rate * 0.1 * error / biasSquares[k].squareRoot()
        if k == 0 { model.bias.favor -= step } else { model.bias.against -= step }
      }
    }
  }
  return model
}

func macroF1(_ model: Weights, _ samples: [Sample]) -> Double {
  let guesses = samples.map { sample in
    let values = logits(model, sample)
    return values.indices.max { values[$0] < values[$1] } ?? 2
  }
  return (0..<3).map { label in
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
let training = try samples(arguments[0])
let environment = ProcessInfo.processInfo.environment
let model = train(
  training, epochs: Int(environment["EPOCHS"] ?? "") ?? 20, rate: Float(environment["RATE"] ?? "") ?? 0.05,
  decay: Float(environment["DECAY"] ?? "") ?? 0.002)
try Data(model.compact).write(to: URL(fileURLWithPath: arguments[1]))
print("\(training.count) targets, \(model.compact.count) bytes of weights")
for path in arguments.dropFirst(2) {
  print(
    (path as NSString).lastPathComponent,
    String(format: "%.3f", macroF1(Weights(compact: model.compact), try samples(path))))
}
