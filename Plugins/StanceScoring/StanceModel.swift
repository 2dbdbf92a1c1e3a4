import CStanceWeights
import Foundation

/// A linear model of three classes over the features of `StanceReader`: multinomial logistic regression.
///
/// Its compact form is a head of 512 bytes, then two signed bytes a slot: what the feature adds to `favor` and to `against`,
/// `neutral` being 0; or a row's check. The head holds little-endian `Float`s: the step of a weight, that of a pattern's
/// weight, the two biases, and two weights for each feature of `Balance`.
@safe package struct StanceModel: @unchecked Sendable {  // The table is constant memory.
  /// The compact form; outlives the model.
  private let weights: UnsafeBufferPointer<UInt8>
  /// What one step of a weight is in logits, for the features that a sentence has many of.
  let step: Float
  /// What one step of a pattern's weight is.
  let patternStep: Float
  private let bias: Logits
  /// What each feature of `Balance` adds.
  let balance: [Logits]

  /// The length of the head.
  package static let head = 512

  /// How far a sentence leans either way, as logits against `neutral`.
  package struct Logits: Sendable {
    package var favor: Float
    package var against: Float
  }

  /// The model that ships, made by `Training/train-stance`.
  static let shipped = unsafe StanceModel(
    compact: UnsafeBufferPointer(start: hearsay_stance_weights(), count: hearsay_stance_weights_count()))

  /// Judges everything neutral.
  package static let empty = unsafe StanceModel(compact: UnsafeBufferPointer(start: nil, count: 0))

  /// A model in its compact form, which must outlive it. One of another size judges everything neutral.
  package init(compact: UnsafeBufferPointer<UInt8>) {
    let isWhole = compact.count == Self.head + 2 * StanceTable.slots
    func float(_ index: Int) -> Float {
      guard isWhole else { return 0 }
      return Float(bitPattern: (0..<4).reduce(0) { unsafe $0 | UInt32(compact[4 * index + $1]) << UInt32(8 * $1) })
    }
    unsafe weights = isWhole ? compact : UnsafeBufferPointer(start: nil, count: 0)
    step = float(0)
    patternStep = float(1)
    bias = Logits(favor: float(2), against: float(3))
    balance = (0..<Balance.count).map { Logits(favor: float(4 + 2 * $0), against: float(5 + 2 * $0)) }
  }

  /// What a slot adds to `favor` and `against`, in steps.
  @inline(__always)
  func weight(_ slot: Int) -> SIMD2<Int32> {
    let at = Self.head + 2 * slot
    // Invariant: a slot is one of `StanceTable`, so both bytes lie in the table wherever there is one.
    guard unsafe at + 1 < weights.count else { return SIMD2() }
    return unsafe SIMD2(Int32(Int8(bitPattern: weights[at])), Int32(Int8(bitPattern: weights[at + 1])))
  }

  /// Has the line of a key at hand when it is asked for: lines are far apart, and waiting for each is most of the work.
  @inline(__always)
  func prefetch(_ key: StanceTable.Key) {
    guard let base = unsafe weights.baseAddress else { return }
    unsafe hearsay_prefetch(base + Self.head + 2 * Int(key.line))
  }

  /// The first slot of the row that a key has in the table, or -1.
  @inline(__always)
  func row(_ key: StanceTable.Key, _ kind: StanceTable.Kind) -> Int32 {
    for row in 0..<kind.rowsPerLine {
      let first = Int(key.line) + row * kind.lanes
      if check(first + kind.lanes - 1) == key.check { return Int32(first) }
    }
    return -1
  }

  @inline(__always)
  private func check(_ slot: Int) -> UInt16 {
    let at = Self.head + 2 * slot
    guard unsafe at + 1 < weights.count else { return 0 }
    return unsafe UInt16(weights[at]) | UInt16(weights[at + 1]) << 8
  }

  /// The factor of what a sentence of so many words has many of.
  func scale(words: Int) -> Float { step / Float(words + 1).squareRoot() }

  /// The logits of sums in steps, and of what the judging words weigh.
  func logits(_ sum: SIMD2<Int32>, words: Int, patterns: SIMD2<Int32>, _ balance: Balance) -> Logits {
    let scale = scale(words: words)
    var logits = Logits(
      favor: Float(sum[0]) * scale + Float(patterns[0]) * patternStep + bias.favor,
      against: Float(sum[1]) * scale + Float(patterns[1]) * patternStep + bias.against)
    balance.visit { feature, value in
      logits.favor += self.balance[feature].favor * value
      logits.against += self.balance[feature].against * value
    }
    return logits
  }

  /// What a slot adds to `favor` less what it adds to `against`, in steps.
  @inline(__always)
  func lean(_ slot: Int) -> Int32 {
    let weight = weight(slot)
    return weight[0] &- weight[1]
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
