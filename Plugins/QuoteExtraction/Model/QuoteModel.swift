import CQuoteWeights
package import HearsayText

/// The trained model of quotes: which words are cues, which words of a cue's window are content and which its speaker, and
/// how certain that is.
///
/// Cues are found by logistic regression, the parts of a window by a linear-chain conditional random field (Lafferty,
/// McCallum and Pereira, 2001), both over hashed features. Weights are whole numbers; a *scale* is what 1 of them is in
/// logits. The payload of a file of weights is
///
/// 1. `headFloats` little-endian `Float`s: the scales of cues, windows and attributions, the weights of the numeric features
///    of attributions, the scale of speakers, and the weights of the numeric features of speakers;
/// 2. a byte for each low 16 bits of a word's hash: how often it is a cue, from 0 for words that never were;
/// 3. a signed byte for each row of `CueFeatures`;
/// 4. a signed 16-bit weight for each kind of transition between tokens, label before and label;
/// 5. a byte for each row of `WindowFeatures` and label, raised by 128: six a row, so that more rows stay in the cache;
/// 6. a signed byte for each row of `AttributionFeatures`;
/// 7. a signed byte for each row of `SpeakerFeatures`.
@safe package struct QuoteModel: @unchecked Sendable {  // The weights never change.
  /// The format of the weights. Its version changes with the features or the layout.
  package static let format = WeightsFile.Format(.quotes, version: 1, payloadBytes: byteCount)

  package static let headFloats = 32
  package static let priorCount = 1 << 16
  package static let cueCount = 1 << CueFeatures.bits
  package static let transitionCount = WindowFeatures.transitionKinds * WindowLabel.count * WindowLabel.count
  package static let byteCount =
    4 * headFloats + priorCount + cueCount + 2 * transitionCount + WindowLabel.count << WindowFeatures.bits
    + attributionCount + speakerCount
  package static let attributionCount = 1 << AttributionFeatures.bits
  package static let speakerCount = 1 << SpeakerFeatures.bits

  /// Owns the bytes.
  private let weights: WeightsFile
  /// The payload, of `byteCount` bytes.
  private let bytes: UnsafeRawPointer
  private static let priorStart = 4 * headFloats
  private static let cueStart = priorStart + priorCount
  private static let transitionStart = cueStart + cueCount
  private static let rowStart = transitionStart + 2 * transitionCount
  private static let attributionStart = rowStart + WindowLabel.count << WindowFeatures.bits
  private static let speakerStart = attributionStart + attributionCount
  /// The index of the first float of speakers.
  private static let speakerHead = 3 + AttributionFeatures.Numbers.scalarCount

  /// What 1 of a cue's weight is in logits.
  let cueScale: Float
  /// What 1 of a window's weight is in logits.
  let windowScale: Float
  /// What 1 of an attribution's weight is in logits.
  let attributionScale: Float
  let attributionNumbers: AttributionFeatures.Numbers
  /// What 1 of a speaker's weight is in logits.
  let speakerScale: Float
  let speakerNumbers: SpeakerFeatures.Numbers
  /// `[kind of transition][label before]`, a lane for each label; far below zero for a label that may not follow.
  let transitions: [CRFDecoder.Scores]
  /// The same as `[kind of transition][label]`, a lane for each label before.
  let transitionsBack: [CRFDecoder.Scores]

  /// The model that ships, made by `Training/train-quotes`.
  static let shipped = Result { () throws(WeightsError) -> QuoteModel in
    let embedded = unsafe UnsafeBufferPointer(start: hearsay_quote_weights(), count: hearsay_quote_weights_count())
    return try unsafe QuoteModel(WeightsFile(embedded: embedded, name: "quote-weights.bin", format: format))
  }

  /// - Parameter weights: In `format`.
  package init(_ weights: WeightsFile) throws(WeightsError) {
    let payload = unsafe weights.payload
    guard payload.count == Self.byteCount, let base = payload.baseAddress else {
      throw WeightsError(
        weights.name, .size(expected: Self.byteCount, found: UInt64(payload.count), of: Self.format.kind))
    }
    self.weights = weights
    unsafe bytes = UnsafeRawPointer(base)
    func float(_ index: Int) -> Float {
      Float(bitPattern: (0..<4).reduce(0) { unsafe $0 | UInt32(payload[4 * index + $1]) << UInt32(8 * $1) })
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
      let weight = unsafe Int16(truncatingIfNeeded: Int(payload[at]) | Int(payload[at + 1]) << 8)
      let most = CRFDecoder.largestTransition
      let score = weight <= CRFDecoder.never ? CRFDecoder.never : min(max(weight, -most), most)
      let (transition, label, before) = (index / (labels * labels), index / labels % labels, index % labels)
      transitions[transition * labels + before][label] = score
      transitionsBack[transition * labels + label][before] = score
    }
    self.transitions = transitions
    self.transitionsBack = transitionsBack
  }

  /// How often the word of each token is a cue, from 0 to 6; at least 1 for a verb on the list of cues, 0 for other words
  /// that never were one, and for quotations.
  package func priors(of tokens: Swift.Span<ModelToken>) -> [UInt8] {
    Self.priors(of: tokens) { slot in
      // Invariant: a slot is below `priorCount`.
      unsafe bytes.load(fromByteOffset: Self.priorStart + slot, as: UInt8.self)
    }
  }

  /// - Parameter table: The value of a slot.
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

  /// How likely the token is a cue, as a logit.
  @inline(__always)
  func cueLogit(
    _ i: ModelTokenIndex, in sentence: Range<ModelTokenIndex>, of tokens: borrowing Swift.Span<ModelToken>,
    priors: borrowing Swift.Span<UInt8>
  ) -> Float {
    var sum: Int32 = 0
    CueFeatures.visit(i, in: sentence, of: tokens, priors: priors) { row in
      // Invariant: a row is below `1 << CueFeatures.bits`.
      unsafe sum &+= Int32(bytes.load(fromByteOffset: Self.cueStart + Int(row), as: Int8.self))
    }
    return Float(sum) * cueScale
  }

  /// How much likelier the attribution is than none in its window, as a logit.
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

  /// How likely a candidate is the speaker of an attribution, as a logit against the others.
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

  /// The weights of a row of `WindowFeatures`, a lane for each label, raised by 128. The lanes after the labels hold anything.
  @inline(__always)
  func windowWeights(_ row: UInt32) -> SIMD8<UInt8> {
    // Invariant: a row is below `1 << WindowFeatures.bits`, the table has six bytes for each, and other tables follow.
    unsafe bytes.loadUnaligned(
      fromByteOffset: Self.rowStart + WindowLabel.count * Int(row), as: SIMD8<UInt8>.self)
  }
}
