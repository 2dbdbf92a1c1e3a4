import HearsayText
import CQuoteWeights

/// The trained model of quotes: which words are cues, which part of a cue's frame is content and which its speaker, and
/// how sure that is.
///
/// Cues are found by logistic regression, the parts of a frame by a linear-chain conditional random field (Lafferty,
/// McCallum and Pereira, 2001), both over hashed features. The compact form is
///
/// 1. little-endian `Float`s, `headFloats` of them: the step of a cue's weight, that of a frame's, that of a report's, and
///    the weights of a report's features that are numbers, the step of a speaker's weight, and the weights of a speaker's
///    features that are numbers;
/// 2. a byte for each low 16 bits of a word's hash: how often it is a cue, in steps; 0 for words that never were;
/// 3. a signed byte for each row of `CueFeatures`;
/// 4. a signed 16-bit step for each kind of step between elements, label before and label;
/// 5. a byte for each row of `WindowFeatures` and label, raised by 128: six a row, as more rows stay in a cache so;
/// 6. a signed byte for each row of `AttributionFeatures`;
/// 7. a signed byte for each row of `SpeakerFeatures`.
@safe package struct QuoteModel: @unchecked Sendable {  // The table is constant memory.
  package static let headFloats = 32
  package static let priorCount = 1 << 16
  package static let cueCount = 1 << CueFeatures.bits
  package static let transitionCount = WindowFeatures.transitionKinds * WindowLabel.count * WindowLabel.count
  package static let byteCount =
    4 * headFloats + priorCount + cueCount + 2 * transitionCount + WindowLabel.count << WindowFeatures.bits
    + attributionCount + speakerCount
  package static let attributionCount = 1 << AttributionFeatures.bits
  package static let speakerCount = 1 << SpeakerFeatures.bits

  /// The compact form, of `byteCount` bytes; outlives the model.
  private let bytes: UnsafeRawPointer
  private static let priorStart = 4 * headFloats
  private static let cueStart = priorStart + priorCount
  private static let transitionStart = cueStart + cueCount
  private static let rowStart = transitionStart + 2 * transitionCount
  private static let attributionStart = rowStart + WindowLabel.count << WindowFeatures.bits
  private static let speakerStart = attributionStart + attributionCount
  /// The first of the floats that are of speakers.
  private static let speakerHead = 3 + AttributionFeatures.Numbers.scalarCount

  /// What one step of a cue's weight is in logits.
  let cueScale: Float
  /// What one step of a frame's weight is in logits.
  let windowScale: Float
  /// What one step of a report's weight is in logits.
  let attributionScale: Float
  let attributionNumbers: AttributionFeatures.Numbers
  /// What one step of a speaker's weight is in logits.
  let speakerScale: Float
  let speakerNumbers: SpeakerFeatures.Numbers
  /// `[transition][label before]`, a lane a label; what may not follow is far below zero.
  let transitions: [CRFDecoder.Scores]
  /// The same as `[transition][label]`, a lane a label before.
  let transitionsBack: [CRFDecoder.Scores]

  /// The model that ships, made by `Training/train-quotes`; `nil` where its weights are of another size.
  static let shipped = unsafe QuoteModel(
    compact: UnsafeBufferPointer(start: hearsay_quote_weights(), count: hearsay_quote_weights_count()))

  /// A model in its compact form, which must outlive it; `nil` for one of another size.
  package init?(compact: UnsafeBufferPointer<UInt8>) {
    guard compact.count == Self.byteCount, let base = compact.baseAddress else { return nil }
    unsafe bytes = UnsafeRawPointer(base)
    func float(_ index: Int) -> Float {
      Float(bitPattern: (0..<4).reduce(0) { unsafe $0 | UInt32(compact[4 * index + $1]) << UInt32(8 * $1) })
    }
    cueScale = float(0)
    windowScale = float(1)
    attributionScale = float(2)
    attributionNumbers = AttributionFeatures.Numbers((3..<3 + AttributionFeatures.Numbers.scalarCount).map(float))
    speakerScale = float(Self.speakerHead)
    speakerNumbers = SpeakerFeatures.Numbers(
      (0..<SpeakerFeatures.Numbers.scalarCount).map { float(Self.speakerHead + 1 + $0) })
    let labels = WindowLabel.count
    var transitions = [CRFDecoder.Scores](
      repeating: CRFDecoder.Scores(repeating: CRFDecoder.never), count: WindowFeatures.transitionKinds * labels)
    var transitionsBack = transitions
    for index in 0..<Self.transitionCount {
      let at = Self.transitionStart + 2 * index
      let weight = unsafe Int16(truncatingIfNeeded: Int(compact[at]) | Int(compact[at + 1]) << 8)
      let most = CRFDecoder.largestTransition
      let score = weight <= CRFDecoder.never ? CRFDecoder.never : min(max(weight, -most), most)
      let (transition, label, before) = (index / (labels * labels), index / labels % labels, index % labels)
      transitions[transition * labels + before][label] = score
      transitionsBack[transition * labels + label][before] = score
    }
    self.transitions = transitions
    self.transitionsBack = transitionsBack
  }

  /// How often the word of each element is a cue, in steps; at least 1 for a verb of the list of cues, 0 for other words
  /// that never were one, and for quotations.
  package func priors(of tokens: Swift.Span<ModelToken>) -> [UInt8] {
    Self.priors(of: tokens) { slot in
      // Invariant: a slot is below `priorCount`.
      unsafe bytes.load(fromByteOffset: Self.priorStart + slot, as: UInt8.self)
    }
  }

  /// - Parameter table: The step of a slot.
  @inline(__always)
  package static func priors(of tokens: Swift.Span<ModelToken>, in table: (Int) -> UInt8) -> [UInt8] {
    var priors = [UInt8](repeating: 0, count: tokens.count)
    var i = 0
    while i < tokens.count {
      let token = tokens[i]
      if !token.isQuotation { priors[i] = max(table(priorSlot(token.word)), token.kind.isReporting ? 1 : 0) }
      i += 1
    }
    return priors
  }

  /// Below `priorCount`.
  package static func priorSlot(_ word: UInt32) -> Int { Int((word ^ word >> 16) & 0xFFFF) }

  /// How likely the element is the cue of a report, as a logit.
  @inline(__always)
  func cueLogit(
    _ i: Int, in sentence: Range<Int>, of tokens: borrowing Swift.Span<ModelToken>,
    priors: borrowing Swift.Span<UInt8>
  ) -> Float {
    var sum: Int32 = 0
    CueFeatures.visit(i, in: sentence, of: tokens, priors: priors) { row in
      // Invariant: a row is below `1 << CueFeatures.bits`.
      unsafe sum &+= Int32(bytes.load(fromByteOffset: Self.cueStart + Int(row), as: Int8.self))
    }
    return Float(sum) * cueScale
  }

  /// How much likelier the report is than none in its frame, as a logit.
  @inline(__always)
  func score(_ attribution: AttributionCandidate, _ features: borrowing AttributionFeatures) -> Float {
    var sum: Int32 = 0
    let bytes = unsafe bytes
    let numbers = features.visit(attribution) { row in
      // Invariant: a row is below `attributionCount`.
      unsafe sum &+= Int32(bytes.load(fromByteOffset: Self.attributionStart + Int(row), as: Int8.self))
    }
    return Float(sum) * attributionScale + (numbers * attributionNumbers).sum()
  }

  /// How likely a candidate is the speaker of a report, as a logit against the others.
  func speakerScore(
    _ rank: Int?, of attribution: borrowing AttributionCandidate, previous: SpeakerFeatures.Neighbour?,
    next: SpeakerFeatures.Neighbour?,
    isContent: borrowing Swift.Span<Bool>, in tokens: borrowing Swift.Span<ModelToken>
  ) -> Float {
    var sum: Int32 = 0
    let bytes = unsafe bytes
    let numbers = SpeakerFeatures.visit(
      rank, of: attribution, previous: previous, next: next, isContent: isContent, in: tokens
    ) { row in
      // Invariant: a row is below `speakerCount`.
      unsafe sum &+= Int32(bytes.load(fromByteOffset: Self.speakerStart + Int(row), as: Int8.self))
    }
    return Float(sum) * speakerScale + (numbers * speakerNumbers).sum()
  }

  /// The weights of a row of `WindowFeatures`, a lane a label, in steps and raised by 128. The lanes behind the labels hold
  /// anything.
  @inline(__always)
  func windowWeights(_ row: UInt32) -> SIMD8<UInt8> {
    // Invariant: a row is below `1 << WindowFeatures.bits`, the table has six bytes for each, and more stands behind it.
    unsafe bytes.loadUnaligned(
      fromByteOffset: Self.rowStart + WindowLabel.count * Int(row), as: SIMD8<UInt8>.self)
  }
}
