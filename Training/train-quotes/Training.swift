import Foundation
import QuoteExtraction

/// The weights of a model before they are made compact.
struct Trained {
  var prior: [UInt8]
  var cues: CueRegression
  var field: ChainField
  var reports = ReportRegression([])
  var speakers = SpeakerRegression([])

  init(_ cases: [Case], _ documents: [Int]) {
    prior = priors(documents.map { cases[$0] })
    let samples = cueSamples(cases, documents)
    cues = CueRegression(samples)
    // The field learns from true cues alone, what is reported and by whom: shown words that report nothing, it would come
    // to leave out what true cues report. Whether the word is a cue is told elsewhere.
    var frames: [FrameSample] = []
    for sample in samples where sample.isCue {
      let item = cases[sample.document]
      let frame = Frame(cue: sample.element, inSentence: sample.sentence, of: item.reading.elements)
      let gold = item.golds.first { $0.head == sample.element }
      frames.append(FrameSample(frame, item.labels(of: frame, gold), in: item.reading))
    }
    field = ChainField.mean((0..<4).map { ChainField(frames, epochs: 8, order: $0) })
  }

  /// The compact form: see `QuoteModel`.
  var compact: [UInt8] {
    func step(_ values: [Float], _ most: Float) -> Float {
      let largest = values.reduce(0) { $1 == ChainField.forbidden ? $0 : max($0, abs($1)) }
      return largest > 0 ? largest / most : 1
    }
    let cueStep = step(cues.weights, 127)
    let frameStep = step(field.rows, 127)
    let reportStep = step(reports.weights, 127)
    let speakerStep = step(speakers.weights, 127)
    var head = [cueStep, frameStep, reportStep] + reports.lanes
    head += [speakerStep] + speakers.lanes
    head += Array(repeating: 0, count: QuoteModel.headFloats - head.count)
    var bytes = head.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) } }
    bytes += prior
    bytes += cues.weights.map { UInt8(bitPattern: Int8(($0 / cueStep).rounded())) }
    for value in field.steps {
      let steps = Int16(max(-30_000, min(30_000, (value / frameStep).rounded())))
      bytes += [UInt8(truncatingIfNeeded: steps), UInt8(truncatingIfNeeded: steps >> 8)]
    }
    bytes += field.rows.map { UInt8(Int(($0 / frameStep).rounded()) + 128) }
    bytes += reports.weights.map { UInt8(bitPattern: Int8(($0 / reportStep).rounded())) }
    bytes += speakers.weights.map { UInt8(bitPattern: Int8(($0 / speakerStep).rounded())) }
    return bytes
  }
}
