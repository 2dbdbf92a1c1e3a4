import CStanceWeights
import Foundation
package import HearsayText

/// A linear model of three classes over the features of `MentionClassifier`: multinomial logistic regression.
///
/// The payload of its `WeightsFile` is a `StanceModelHeader`, then two signed bytes for each slot of `StanceTable`: the
/// weights for `favor` and for `against`, that for `neutral` being 0; or the check of a row.
@safe package struct StanceModel: @unchecked Sendable {  // The table is constant memory.
  /// What the payload of a file of weights must be.
  package static let format = WeightsFile.Format(
    .stance, version: 1, payloadBytes: StanceModelHeader.byteCount + 2 * StanceTable.slots)

  /// The slots; valid as long as `weights`.
  ///
  /// Invariant: it has every slot of `StanceTable`, and no key is outside of those: a key has as many bits of a hash as
  /// its kind has lines.
  private let table: UnsafeRawPointer
  /// The owner of the memory of `table`; `nil` for memory that is never freed.
  private let weights: WeightsFile?
  /// One step of a weight in logits, for the features that a sentence has many of.
  let step: Float
  /// One step of the weight of an n-gram in logits.
  let ngramStep: Float
  private let bias: Logits
  /// The weights of each feature of `PolarityFeatures`.
  let polarityFeatures: [Logits]

  /// The logits of `favor` and `against`; that of `neutral` is 0.
  package struct Logits: Sendable {
    package var favor: Float
    package var against: Float

    package init(favor: Float, against: Float) {
      self.favor = favor
      self.against = against
    }
  }

  /// The model that is embedded in the binary; `Training/train-stance` makes it.
  private static let embedded = Result<StanceModel, WeightsError> { () throws(WeightsError) in
    StanceModel(
      try unsafe WeightsFile(
        embedded: UnsafeBufferPointer(start: hearsay_stance_weights(), count: hearsay_stance_weights_count()),
        name: "stance-weights.bin", format: format))
  }

  /// The model that is embedded in the binary.
  static func shipped() throws(WeightsError) -> StanceModel { try embedded.get() }

  /// A model without a word, for the keys of features alone: it judges everything neutral.
  package static let empty: StanceModel = {
    // Never freed.
    let table = UnsafeMutablePointer<UInt16>.allocate(capacity: StanceTable.slots)
    unsafe table.initialize(repeating: 0, count: StanceTable.slots)
    return unsafe StanceModel(table: UnsafeRawPointer(table), StanceModelHeader(), owner: nil)
  }()

  /// A model of weights that have `format`.
  package init(_ weights: WeightsFile) {
    // Invariant: the payload has the size that `format` demands, so it has an address.
    guard let base = unsafe weights.payload.baseAddress else {
      self = .empty
      return
    }
    self = unsafe StanceModel(
      table: UnsafeRawPointer(base + StanceModelHeader.byteCount), StanceModelHeader(weights.payload), owner: weights)
  }

  private init(table: UnsafeRawPointer, _ header: StanceModelHeader, owner: WeightsFile?) {
    unsafe self.table = table
    weights = owner
    step = header.step
    ngramStep = header.ngramStep
    bias = header.bias
    polarityFeatures = header.polarityFeatures
  }

  // MARK: Weights

  /// The weights of a slot for `favor` and `against`, in steps.
  @inline(__always)
  func weight(_ slot: Int) -> SIMD2<Int32> {
    let bits = bits(at: slot)
    return SIMD2(Int32(Int8(truncatingIfNeeded: bits)), Int32(Int8(truncatingIfNeeded: bits >> 8)))
  }

  /// Prefetches the cache line of a key: lines are far apart, and most of the time goes into waiting for them.
  @inline(__always)
  func prefetch(_ key: StanceTable.Key) {
    unsafe hearsay_prefetch(table + 2 * Int(key.line))
  }

  /// The first slot of the row of a key; `nil` where it has none.
  func row(_ key: StanceTable.Key) -> Int? {
    let kind = key.kind
    return (0..<kind.rowsPerLine).lazy.map { Int(key.line) + $0 * kind.lanes }
      .first { bits(at: $0 + kind.lanes - 1) == key.check }
  }

  // MARK: Rows, without a branch

  // A word's line has two rows, a pair's and an n-gram's four. All their checks are compared, as a branch on the right one
  // would be unpredictable.

  /// The first slot of a word's row; of the row of zeros where it has none.
  @inline(__always)
  func wordRow(_ key: StanceTable.Key) -> Int32 {
    let none = Int32(truncatingIfNeeded: StanceTable.polarity(0))
    let lanes = StanceTable.words.lanes
    let isFirst = bits(at: Int(key.line) + lanes - 1) == key.check
    let isSecond = bits(at: Int(key.line) + 2 * lanes - 1) == key.check
    let row = isSecond ? key.line + Int32(truncatingIfNeeded: lanes) : none
    return isFirst ? key.line : row
  }

  /// The weights of a pair before a target and after it, `favor` and `against` of each, as signed bytes, the first one the
  /// lowest; 0 where it has no row.
  @inline(__always)
  func pair(_ key: StanceTable.Key) -> UInt32 {
    var found: UInt64 = 0
    for row in 0..<StanceTable.pairs.rowsPerLine {
      let bits: UInt64 = load(Int(key.line) + row * StanceTable.pairs.lanes)
      found |= bits & (0 &- (bits >> 48 == UInt64(key.check) ? 1 : 0))
    }
    return UInt32(truncatingIfNeeded: found)
  }

  /// The weights of an n-gram for `favor`, in the low byte, and `against`, in the high one; 0 where it has no row.
  @inline(__always)
  func ngram(_ key: StanceTable.Key) -> UInt16 {
    let rows: SIMD4<UInt32> = load(Int(key.line))
    let found = rows.replacing(with: 0, where: (rows &>> 16) .!= UInt32(key.check))
    let half = found.lowHalf | found.highHalf
    return UInt16(truncatingIfNeeded: half[0] | half[1])
  }

  /// The weights of four lanes from a slot on, `favor` and `against` of each.
  @inline(__always)
  func fourLanes(_ slot: Int) -> SIMD8<Int16> {
    SIMD8(truncatingIfNeeded: load(slot) as SIMD8<Int8>)
  }

  /// The bits of the weights from `slot` on, the first one the lowest.
  @inline(__always)
  private func load<Bits: BitwiseCopyable>(_ slot: Int) -> Bits {
    unsafe table.loadUnaligned(fromByteOffset: 2 * slot, as: Bits.self)
  }

  @inline(__always)
  private func bits(at slot: Int) -> UInt16 { load(slot) }

  // MARK: Logits

  /// The factor of the features that a sentence has many of, for a sentence of `words` content words.
  func scale(words: Int) -> Float { step / Float(words + 1).squareRoot() }

  /// The logits of sums of weights in steps, and of `PolarityFeatures`.
  func logits(_ sum: SIMD2<Int32>, words: Int, ngrams: SIMD2<Int32>, _ polarity: PolarityFeatures) -> Logits {
    let scale = scale(words: words)
    var logits = Logits(
      favor: Float(sum[0]) * scale + Float(ngrams[0]) * ngramStep + bias.favor,
      against: Float(sum[1]) * scale + Float(ngrams[1]) * ngramStep + bias.against)
    polarity.visit { feature, value in
      logits.favor += polarityFeatures[feature].favor * value
      logits.against += polarityFeatures[feature].against * value
    }
    return logits
  }

  /// The probability of each class.
  package static func probabilities(_ logits: Logits) -> (favor: Double, neutral: Double, against: Double) {
    let top = max(logits.favor, logits.against, 0)
    let favor = exp(Double(logits.favor - top))
    let against = exp(Double(logits.against - top))
    let neutral = exp(Double(-top))
    let sum = favor + against + neutral
    return (favor / sum, neutral / sum, against / sum)
  }
}
