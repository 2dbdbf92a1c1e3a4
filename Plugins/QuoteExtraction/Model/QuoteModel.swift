import CQuoteWeights

/// The trained model of quotes: which words are cues, which part of a cue's frame is content and which its speaker, and
/// how sure that is.
///
/// Cues are found by logistic regression, the parts of a frame by a linear-chain conditional random field (Lafferty,
/// McCallum and Pereira, 2001), both over hashed features. The compact form is
///
/// 1. little-endian `Float`s, `headFloats` of them: the step of a cue's weight, that of a frame's, and the weights of the
///    confidence;
/// 2. a byte for each low 16 bits of a word's hash: how often it is a cue, in steps; 0 for words that never are;
/// 3. a signed byte for each row of `CueFeatures`;
/// 4. a signed 16-bit step for each kind of step between elements, label before and label;
/// 5. eight bytes for each row of `FrameFeatures`, a lane a label, weights raised by 128.
@safe package struct QuoteModel: @unchecked Sendable {  // The table is constant memory.
  package static let headFloats = 32
  package static let priorCount = 1 << 16
  package static let cueCount = 1 << CueFeatures.bits
  package static let lanes = 8
  package static let stepCount = FrameFeatures.steps * FrameLabel.count * FrameLabel.count
  package static let byteCount =
    4 * headFloats + priorCount + cueCount + 2 * stepCount + lanes << FrameFeatures.bits

  /// The compact form; outlives the model.
  private let bytes: UnsafeBufferPointer<UInt8>
  private static let priors = 4 * headFloats
  private static let cues = priors + priorCount
  private static let stepStart = cues + cueCount
  private static let rows = stepStart + 2 * stepCount

  /// What one step of a cue's weight is in logits.
  let cueStep: Float
  /// What one step of a frame's weight is in logits.
  let frameStep: Float
  let confidence: [Float]
  /// `[step][label][label before]`, in steps of a frame's weight; what may not follow is far below zero.
  let steps: [Int32]

  /// The model that ships, made by `Training/train-quotes`; `nil` where its weights are of another size.
  static let shipped = unsafe QuoteModel(
    compact: UnsafeBufferPointer(start: hearsay_quote_weights(), count: hearsay_quote_weights_count()))

  /// A model in its compact form, which must outlive it; `nil` for one of another size.
  package init?(compact: UnsafeBufferPointer<UInt8>) {
    guard compact.count == Self.byteCount else { return nil }
    unsafe bytes = compact
    func float(_ index: Int) -> Float {
      Float(bitPattern: (0..<4).reduce(0) { unsafe $0 | UInt32(compact[4 * index + $1]) << UInt32(8 * $1) })
    }
    cueStep = float(0)
    frameStep = float(1)
    confidence = (2..<Self.headFloats).map(float)
    steps = (0..<Self.stepCount).map { index in
      let at = Self.stepStart + 2 * index
      return unsafe Int32(Int16(truncatingIfNeeded: Int(compact[at]) | Int(compact[at + 1]) << 8))
    }
  }

  /// How often a word is a cue, in steps; 0 for one that never is.
  @inline(__always)
  package func prior(_ word: UInt32) -> UInt8 {
    // Invariant: 16 bits index the table.
    unsafe bytes[Self.priors + Self.priorSlot(word)]
  }

  package static func priorSlot(_ word: UInt32) -> Int { Int((word ^ word >> 16) & 0xFFFF) }

  /// How likely the element is the cue of a report, as a logit.
  @inline(__always)
  func cueLogit(_ i: Int, in sentence: Range<Int>, of elements: borrowing Swift.Span<Elements.Element>) -> Float {
    var sum: Int32 = 0
    CueFeatures.visit(i, in: sentence, of: elements, prior: prior) { row in
      // Invariant: a row is below `1 << CueFeatures.bits`.
      unsafe sum &+= Int32(Int8(bitPattern: bytes[Self.cues + Int(row)]))
    }
    return Float(sum) * cueStep
  }

  /// The weights of each label of the element `i`, in steps.
  @inline(__always)
  func weights(_ i: Int, of features: borrowing FrameFeatures) -> (even: UInt64, odd: UInt64) {
    // Four labels a word, each in a field of 16 bits: `FrameFeatures.count` times 255 do not overflow it.
    var even: UInt64 = 0
    var odd: UInt64 = 0
    let base = unsafe UnsafeRawPointer(bytes.baseAddress)
    features.visit(i) { row in
      guard let base = unsafe base else { return }
      // Invariant: a row is below `1 << FrameFeatures.bits`, and the table has eight bytes for each.
      let lanes = unsafe UInt64(
        littleEndian: base.loadUnaligned(fromByteOffset: Self.rows + Self.lanes * Int(row), as: UInt64.self))
      even &+= lanes & 0x00FF_00FF_00FF_00FF
      odd &+= (lanes >> 8) & 0x00FF_00FF_00FF_00FF
    }
    return (even, odd)
  }
}
