import CStanceWeights
import Foundation

/// A linear model of three classes over hashed features: multinomial logistic regression.
package struct StanceModel: Sendable {
  /// Two weights a slot, against `neutral`: `favor` at `2 * slot`, `against` behind it.
  package var weights: [Float]
  /// The same for an empty sentence.
  package var bias: (favor: Float, against: Float)

  package init() {
    weights = Array(repeating: 0, count: 2 << StanceFeatures.bits)
    bias = (0, 0)
  }

  /// The model that ships: see `Training/train-stance`.
  static let trained = unsafe StanceModel(
    compact: Array(UnsafeBufferPointer(start: hearsay_stance_weights(), count: hearsay_stance_weights_count())))

  /// How far a sentence leans either way.
  package struct Judgement: Sendable {
    package var favor: Double
    package var neutral: Double
    package var against: Double
    /// From -1 to 1.
    package var score: Double { favor - against }
  }

  package func logits(_ features: StanceFeatures) -> (favor: Float, against: Float) {
    var favor: Float = 0
    var against: Float = 0
    for (slot, _) in features.slots {
      favor += weights[2 * slot]
      against += weights[2 * slot + 1]
    }
    let scale = 1 / Float(features.slots.count + 1).squareRoot()
    return (favor * scale + bias.favor, against * scale + bias.against)
  }

  package func judge(_ logits: (favor: Float, against: Float)) -> Judgement {
    let top = max(logits.favor, logits.against, 0)
    let favor = exp(Double(logits.favor - top))
    let against = exp(Double(logits.against - top))
    let neutral = exp(Double(-top))
    let sum = favor + against + neutral
    return Judgement(favor: favor / sum, neutral: neutral / sum, against: against / sum)
  }

  /// What a feature adds to `favor` less what it adds to `against`.
  func lean(_ slot: Int) -> Float { weights[2 * slot] - weights[2 * slot + 1] }

  // MARK: Compact form

  /// The bytes are three little-endian `Float`s (the step of a weight, the two biases), then a signed byte a weight.
  package init(compact bytes: [UInt8]) {
    self.init()
    guard bytes.count == 12 + weights.count else { return }
    func float(_ at: Int) -> Float {
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) })
    }
    let step = float(0)
    bias = (float(4), float(8))
    for i in weights.indices { weights[i] = Float(Int8(bitPattern: bytes[12 + i])) * step }
  }

  /// The compact form, weights rounded to 255 steps.
  package var compact: [UInt8] {
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
