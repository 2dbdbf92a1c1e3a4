import Foundation
import HearsayText
import QuoteExtraction

/// The weights of a model before they are made compact.
struct TrainedWeights {
  var prior: [UInt8]
  var cues: CueRegression
  var field: LinearChainCRF
  var attributions = AttributionRegression([])
  var speakers = SpeakerRegression([])

  init(_ cases: [AnnotatedDocument], _ documents: [Int]) {
    prior = priors(documents.map { cases[$0] })
    let samples = cueSamples(cases, documents)
    cues = CueRegression(samples)
    // The field learns from true cues only what is reported and by whom: from words that report nothing it would learn to
    // leave out what true cues report. `cues` decides whether a word is a cue.
    var windows: [WindowSample] = []
    for sample in samples where sample.isCue {
      let item = cases[sample.document]
      let window = CueWindow(cue: sample.token, inSentence: sample.sentence, of: item.input.tokens)
      let annotation = item.annotations.first { $0.head == sample.token }
      windows.append(WindowSample(window, item.labels(of: window, annotation), in: item.input))
    }
    field = LinearChainCRF.mean((0..<4).map { LinearChainCRF(windows, epochs: 8, order: $0) })
  }

  /// The file of weights, its header included: see `QuoteModel`.
  var file: [UInt8] { WeightsFile.encoded(payload, QuoteModel.format.kind, version: QuoteModel.format.version) }

  private var payload: [UInt8] {
    func scale(_ values: [Float], _ most: Float) -> Float {
      let largest = values.reduce(0) { $1 == LinearChainCRF.forbidden ? $0 : max($0, abs($1)) }
      return largest > 0 ? largest / most : 1
    }
    let cueScale = scale(cues.weights, 127)
    let windowScale = scale(field.rows, 127)
    let attributionScale = scale(attributions.weights, 127)
    let speakerScale = scale(speakers.weights, 127)
    var head = [cueScale, windowScale, attributionScale] + attributions.lanes
    head += [speakerScale] + speakers.lanes
    head += Array(repeating: 0, count: QuoteModel.headFloats - head.count)
    var bytes = head.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) } }
    bytes += prior
    bytes += cues.weights.map { UInt8(bitPattern: Int8(($0 / cueScale).rounded())) }
    for value in field.transitions {
      let steps = Int16(max(-30_000, min(30_000, (value / windowScale).rounded())))
      bytes += [UInt8(truncatingIfNeeded: steps), UInt8(truncatingIfNeeded: steps >> 8)]
    }
    bytes += field.rows.map { UInt8(Int(($0 / windowScale).rounded()) + 128) }
    bytes += attributions.weights.map { UInt8(bitPattern: Int8(($0 / attributionScale).rounded())) }
    bytes += speakers.weights.map { UInt8(bitPattern: Int8(($0 / speakerScale).rounded())) }
    return bytes
  }
}
