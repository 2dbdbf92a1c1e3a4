import Foundation
import QuoteExtraction

/// The weights of a model before they are made compact.
struct Trained {
  var prior: [UInt8]
  var cues: CueRegression
  var field: ChainField
  var confidence: [Float] = []

  init(_ cases: [Case], _ documents: [Int]) {
    prior = priors(documents.map { cases[$0] })
    let samples = cueSamples(cases, documents, prior)
    cues = CueRegression(samples)
    // Words that a model takes for cues though it has not learned from them show the field what is no report.
    let halves = (0..<2).map { half in
      CueRegression(samples.filter { $0.document % 2 == half })
    }
    var frames: [FrameSample] = []
    for sample in samples {
      let unseen = halves[1 - sample.document % 2].logit(sample)
      guard sample.isCue || unseen >= ReportFinder.leastCueLogit else { continue }
      let item = cases[sample.document]
      let frame = Frame(cue: sample.element, inSentence: sample.sentence, of: item.reading.elements)
      let gold = item.golds.first { $0.head == sample.element }
      frames.append(FrameSample(frame, item.labels(of: frame, gold), in: item.reading))
    }
    field = ChainField(frames, epochs: 8)
  }

  /// The compact form: see `QuoteModel`.
  var compact: [UInt8] {
    func step(_ values: [Float], _ most: Float) -> Float {
      let largest = values.reduce(0) { $1 == ChainField.forbidden ? $0 : max($0, abs($1)) }
      return largest > 0 ? largest / most : 1
    }
    let cueStep = step(cues.weights, 127)
    let frameStep = step(field.rows, 127)
    var head = [cueStep, frameStep] + confidence
    head += Array(repeating: 0, count: QuoteModel.headFloats - head.count)
    var bytes = head.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) } }
    bytes += prior
    bytes += cues.weights.map { UInt8(bitPattern: Int8(($0 / cueStep).rounded())) }
    for value in field.steps {
      let steps = Int16(max(-30_000, min(30_000, (value / frameStep).rounded())))
      bytes += [UInt8(truncatingIfNeeded: steps), UInt8(truncatingIfNeeded: steps >> 8)]
    }
    bytes += field.rows.map { UInt8(Int(($0 / frameStep).rounded()) + 128) }
    return bytes
  }
}

/// Whether the report shares half or more of its content with a gold one: what the confidence is the likelihood of.
func isFound(_ report: Report, _ item: Case) -> Bool {
  func size(_ i: Int) -> Int { Int(item.reading.elements.all[i].end - item.reading.elements.all[i].first) }
  let content = Set(report.pieces.flatMap(Array.init))
  return item.golds.contains { gold in
    let truth = Set(gold.content.flatMap(Array.init))
    let shared = content.intersection(truth).reduce(0) { $0 + size($1) }
    return shared > 0 && 2 * shared >= content.union(truth).reduce(0) { $0 + size($1) }
  }
}

/// The weights of the confidence, by logistic regression on reports of documents that their model has not learned from.
func calibrate(_ samples: [(features: [Float], isFound: Bool)]) -> [Float] {
  var weights = [Float](repeating: 0, count: Report.confidenceFeatures)
  var squares = [Float](repeating: 1e-3, count: weights.count)
  for epoch in 0..<20 {
    for index in scattered(samples.count, epoch) {
      let sample = samples[index]
      let sum = zip(weights, sample.features).reduce(0) { $0 + $1.0 * $1.1 }
      let error = 1 / (1 + exp(-sum)) - (sample.isFound ? 1 : 0)
      for feature in weights.indices {
        let gradient = error * sample.features[feature]
        squares[feature] += gradient * gradient
        weights[feature] -= 0.1 * gradient / squares[feature].squareRoot()
      }
    }
  }
  return weights
}
