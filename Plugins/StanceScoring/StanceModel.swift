import CStanceWeights
import Foundation

/// A linear model of three classes over the features of `StanceReader`: multinomial logistic regression.
///
/// Its compact form is a head of 512 bytes, then two signed bytes a slot: what the feature adds to `favor` and to `against`,
/// `neutral` being 0; or a row's check. The head holds little-endian `Float`s: the step of a weight, that of a pattern's
/// weight, the two biases, and two weights for each feature of `Balance`.
@safe package struct StanceModel: @unchecked Sendable {  // The table is constant memory.
  /// The slots of the compact form; they outlive the model.
  ///
  /// Invariant: it holds every slot of `StanceTable`, and no key leads outside of those: a key is made of as many bits of a
  /// hash as its kind has lines.
  private let table: UnsafeRawPointer
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

  /// Has a table that knows no word; it is never given back.
  private static let nothing: StanceModel = {
    let table = UnsafeMutablePointer<UInt16>.allocate(capacity: StanceTable.slots)
    unsafe table.initialize(repeating: 0, count: StanceTable.slots)
    return unsafe StanceModel(table: UnsafeRawPointer(table))
  }()

  private init(table: UnsafeRawPointer) {
    unsafe self.table = table
    step = 0
    patternStep = 0
    bias = Logits(favor: 0, against: 0)
    balance = Array(repeating: bias, count: Balance.count)
  }

  /// A model in its compact form, which must outlive it. One of another size judges everything neutral.
  package init(compact: UnsafeBufferPointer<UInt8>) {
    guard let base = compact.baseAddress, compact.count == Self.head + 2 * StanceTable.slots else {
      self = Self.nothing
      return
    }
    func float(_ index: Int) -> Float {
      Float(bitPattern: (0..<4).reduce(0) { unsafe $0 | UInt32(compact[4 * index + $1]) << UInt32(8 * $1) })
    }
    unsafe table = UnsafeRawPointer(base + Self.head)
    step = float(0)
    patternStep = float(1)
    bias = Logits(favor: float(2), against: float(3))
    balance = (0..<Balance.count).map { Logits(favor: float(4 + 2 * $0), against: float(5 + 2 * $0)) }
  }

  /// What a slot adds to `favor` and `against`, in steps.
  @inline(__always)
  func weight(_ slot: Int) -> SIMD2<Int32> {
    let bits = bits(at: slot)
    return SIMD2(Int32(Int8(truncatingIfNeeded: bits)), Int32(Int8(truncatingIfNeeded: bits >> 8)))
  }

  /// Has the line of a key at hand when it is asked for: lines are far apart, and waiting for each is most of the work.
  @inline(__always)
  func prefetch(_ key: StanceTable.Key) {
    unsafe hearsay_prefetch(table + 2 * Int(key.line))
  }

  /// The first slot of the row that a key has in the table, or `nil`.
  func row(_ key: StanceTable.Key) -> Int? {
    let kind = key.kind
    return (0..<kind.rowsPerLine).lazy.map { Int(key.line) + $0 * kind.lanes }
      .first { bits(at: $0 + kind.lanes - 1) == key.check }
  }

  // MARK: Rows, without a branch

  // A word's line has two rows, a pair's and a pattern's four, and the checks of all of them are compared: which one it is
  // no processor could foresee.

  /// The first slot of a word's row; of a row of zeros where it has none.
  @inline(__always)
  func wordRow(_ key: StanceTable.Key) -> Int32 {
    let none = Int32(truncatingIfNeeded: StanceTable.polarity(0))
    let lanes = StanceTable.words.lanes
    let isFirst = bits(at: Int(key.line) + lanes - 1) == key.check
    let isSecond = bits(at: Int(key.line) + 2 * lanes - 1) == key.check
    let row = isSecond ? key.line + Int32(truncatingIfNeeded: lanes) : none
    return isFirst ? key.line : row
  }

  /// What a pair adds before a target and behind it, `favor` and `against` of each, a signed byte each, the first the lowest;
  /// 0 where it has no row.
  @inline(__always)
  func pair(_ key: StanceTable.Key) -> UInt32 {
    var found: UInt64 = 0
    for row in 0..<StanceTable.pairs.rowsPerLine {
      let bits: UInt64 = load(Int(key.line) + row * StanceTable.pairs.lanes)
      found |= bits & (0 &- (bits >> 48 == UInt64(key.check) ? 1 : 0))
    }
    return UInt32(truncatingIfNeeded: found)
  }

  /// What a pattern adds to `favor`, in the low byte, and `against`, in the high one; 0 where it has no row.
  @inline(__always)
  func pattern(_ key: StanceTable.Key) -> UInt16 {
    let rows: SIMD4<UInt32> = load(Int(key.line))
    let found = rows.replacing(with: 0, where: (rows &>> 16) .!= UInt32(key.check))
    let half = found.lowHalf | found.highHalf
    return UInt16(truncatingIfNeeded: half[0] | half[1])
  }

  /// Four lanes from a slot on, `favor` and `against` of each.
  @inline(__always)
  func fourLanes(_ slot: Int) -> SIMD8<Int16> {
    SIMD8(truncatingIfNeeded: load(slot) as SIMD8<Int8>)
  }

  /// The bits of the weights from `slot` on, the first the lowest.
  @inline(__always)
  private func load<Bits: BitwiseCopyable>(_ slot: Int) -> Bits {
    unsafe table.loadUnaligned(fromByteOffset: 2 * slot, as: Bits.self)
  }

  @inline(__always)
  private func bits(at slot: Int) -> UInt16 { load(slot) }

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
