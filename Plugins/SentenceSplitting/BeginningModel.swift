import CSentenceWeights
package import HearsayText

/// A linear model of whether a sentence begins at a capitalised word: logistic regression over hashed features.
///
/// It is used where rules cannot decide: after an abbreviation, and where there is no mark before the word. The payload of
/// its `WeightsFile` is a little-endian `Float`, the step of a weight, and a signed byte for each slot.
@safe package struct BeginningModel: @unchecked Sendable {  // The table is constant memory.
  /// What the payload of a file of weights must be.
  package static let format = WeightsFile.Format(
    .sentences, version: 1, payloadBytes: stepBytes + 1 << BeginningFeatures.bits)
  private static let stepBytes = 4

  /// The payload; valid as long as `owner`.
  private let payload: UnsafeBufferPointer<UInt8>
  private let owner: WeightsFile
  private let step: Float

  /// The model that is embedded in the binary; `Training/train-sentences` makes it.
  private static let embedded = Result<BeginningModel, WeightsError> { () throws(WeightsError) in
    BeginningModel(
      try unsafe WeightsFile(
        embedded: UnsafeBufferPointer(start: hearsay_sentence_weights(), count: hearsay_sentence_weights_count()),
        name: "sentence-weights.bin", format: format))
  }

  /// The model that is embedded in the binary.
  static func shipped() throws(WeightsError) -> BeginningModel { try embedded.get() }

  /// A model of weights that have `format`.
  package init(_ weights: WeightsFile) {
    unsafe payload = weights.payload
    owner = weights
    step = Float(
      bitPattern: (0..<Self.stepBytes).reduce(0) { unsafe $0 | UInt32(weights.payload[$1]) << UInt32(8 * $1) })
  }

  /// The logit of a sentence beginning at the place; below 0 where it is less likely than not.
  func logit(_ place: BeginningPlace) -> Float {
    var sum: Int32 = 0
    BeginningFeatures.visit(place) { slot in
      // Invariant: a slot is below `1 << bits`, and the payload has that many bytes after the step.
      unsafe sum &+= Int32(Int8(bitPattern: payload[slot + Self.stepBytes]))
    }
    return Float(sum) * step
  }
}
