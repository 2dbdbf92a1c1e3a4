import CStanceWeights
import Foundation
package import HearsayText

/// A linear model of three classes over hashed features: multinomial logistic regression.
///
/// Its compact form is three little-endian `Float`s, the step of a weight and the two biases, then two signed bytes a slot:
/// what the feature adds to `favor` and to `against`, `neutral` being 0.
@safe package struct StanceModel: @unchecked Sendable {  // The table is constant memory.
  /// The compact form; outlives the model.
  private let weights: UnsafeBufferPointer<UInt8>
  private let step: Float
  private let bias: Logits

  /// How far a sentence leans either way, as logits against `neutral`.
  package struct Logits: Sendable {
    package var favor: Float
    package var against: Float
  }

  /// The model that ships, made by `Training/train-stance`.
  static let shipped = unsafe StanceModel(
    compact: UnsafeBufferPointer(start: hearsay_stance_weights(), count: hearsay_stance_weights_count()))

  /// A model in its compact form, which must outlive it. One of another size judges everything neutral.
  package init(compact: UnsafeBufferPointer<UInt8>) {
    func float(_ at: Int) -> Float {
      Float(bitPattern: (0..<4).reduce(0) { unsafe $0 | UInt32(compact[at + $1]) << UInt32(8 * $1) })
    }
    let isWhole = compact.count == 12 + 2 << StanceFeatures.bits
    unsafe weights = isWhole ? compact : UnsafeBufferPointer(start: nil, count: 0)
    step = isWhole ? float(0) : 0
    bias = isWhole ? Logits(favor: float(4), against: float(8)) : Logits(favor: 0, against: 0)
  }

  /// What a slot adds to `favor` and `against`, in steps.
  @inline(__always)
  private func weight(_ slot: Int) -> (favor: Int32, against: Int32) {
    let at = 12 + 2 * slot
    // Invariant: a slot is below `1 << bits`, so both bytes lie in the table wherever there is one.
    guard unsafe at + 1 < weights.count else { return (0, 0) }
    return unsafe (Int32(Int8(bitPattern: weights[at])), Int32(Int8(bitPattern: weights[at + 1])))
  }

  package func logits(_ tokens: [Token], _ words: WordValues, _ sentence: Range<Int>, mention: Range<Int>) -> Logits {
    var favor: Int32 = 0
    var against: Int32 = 0
    var count = 0
    StanceFeatures.visit(tokens, words, sentence, mention: mention) { slot, _ in
      let weight = weight(slot)
      favor &+= weight.favor
      against &+= weight.against
      count &+= 1
    }
    let scale = step / Float(count + 1).squareRoot()
    return Logits(favor: Float(favor) * scale + bias.favor, against: Float(against) * scale + bias.against)
  }

  /// Adds to `leans`, for each token from `first` on, what it adds to `favor` less what it adds to `against`.
  func addLeans(
    _ tokens: [Token], _ words: WordValues, _ sentence: Range<Int>, mention: Range<Int>, from first: Int,
    to leans: inout [Float]
  ) {
    StanceFeatures.visit(tokens, words, sentence, mention: mention) { slot, token in
      let weight = weight(slot)
      leans[token - first] += Float(weight.favor - weight.against) * step
    }
  }

  /// The probability of each class.
  static func probabilities(_ logits: Logits) -> (favor: Double, neutral: Double, against: Double) {
    let top = max(logits.favor, logits.against, 0)
    let favor = exp(Double(logits.favor - top))
    let against = exp(Double(logits.against - top))
    let neutral = exp(Double(-top))
    let sum = favor + against + neutral
    return (favor / sum, neutral / sum, against / sum)
  }
}
