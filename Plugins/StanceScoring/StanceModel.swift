import CStanceWeights
import Foundation

/// A linear model of three classes over the features of `StanceReader`: multinomial logistic regression.
///
/// Its compact form is a head of 64 bytes, so that lines keep to the cache's, then two signed bytes a slot: what the
/// feature adds to `favor` and to `against`, `neutral` being 0; or a row's check. The head begins with three little-endian `Float`s: the
/// step of a weight, and the two biases.
@safe package struct StanceModel: @unchecked Sendable {  // The table is constant memory.
  /// The compact form; outlives the model.
  private let weights: UnsafeBufferPointer<UInt8>
  /// What one step of a weight is in logits.
  let step: Float
  private let bias: Logits

  /// The length of the head.
  package static let head = 64

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
    func float(_ at: Int) -> Float {
      Float(bitPattern: (0..<4).reduce(0) { unsafe $0 | UInt32(compact[at + $1]) << UInt32(8 * $1) })
    }
    let isWhole = compact.count == Self.head + 2 * StanceTable.slots
    unsafe weights = isWhole ? compact : UnsafeBufferPointer(start: nil, count: 0)
    step = isWhole ? float(0) : 0
    bias = isWhole ? Logits(favor: float(4), against: float(8)) : Logits(favor: 0, against: 0)
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

  /// The first slot of the row that a word has in the table, or -1.
  @inline(__always)
  func row(ofWord key: StanceTable.Key) -> Int32 {
    for row in 0..<StanceTable.wordsPerLine {
      let first = Int(key.line) + row * StanceTable.wordLanes
      if check(first + StanceTable.WordLane.check) == key.check { return Int32(first) }
    }
    return -1
  }

  /// The first slot of the row that a pair has in the table, or -1.
  @inline(__always)
  func row(ofPair key: StanceTable.Key) -> Int32 {
    for row in 0..<StanceTable.pairsPerLine {
      let first = Int(key.line) + row * StanceTable.pairLanes
      if check(first + StanceTable.PairLane.check) == key.check { return Int32(first) }
    }
    return -1
  }

  @inline(__always)
  private func check(_ slot: Int) -> UInt16 {
    let at = Self.head + 2 * slot
    guard unsafe at + 1 < weights.count else { return 0 }
    return unsafe UInt16(weights[at]) | UInt16(weights[at + 1]) << 8
  }

  /// The logits of a sum of weights over `words` words.
  func logits(_ sum: SIMD2<Int32>, words: Int) -> Logits {
    let scale = step / Float(words + 1).squareRoot()
    return Logits(favor: Float(sum[0]) * scale + bias.favor, against: Float(sum[1]) * scale + bias.against)
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
