import CSentenceWeights

/// A linear model that tells whether a sentence begins at a capitalised word: logistic regression over hashed features.
///
/// It is asked only where rules cannot tell: behind an abbreviation, and where no mark stands before the word. Its compact
/// form is a little-endian `Float`, the step of a weight, and a signed byte a slot.
@safe package struct BeginningModel: @unchecked Sendable {  // The table is constant memory.
  /// The compact form; outlives the model.
  private let weights: UnsafeBufferPointer<UInt8>
  private let step: Float

  /// The model that ships, made by `Training/train-sentences`.
  static let shipped = unsafe BeginningModel(
    compact: UnsafeBufferPointer(start: hearsay_sentence_weights(), count: hearsay_sentence_weights_count()))

  /// A model in its compact form, which must outlive it. One of another size finds no beginning anywhere.
  package init(compact: UnsafeBufferPointer<UInt8>) {
    let isWhole = compact.count == 4 + 1 << BeginningFeatures.bits
    unsafe weights = isWhole ? compact : UnsafeBufferPointer(start: nil, count: 0)
    let bits = isWhole ? (0..<4).reduce(0) { unsafe $0 | UInt32(compact[$1]) << UInt32(8 * $1) } : 0
    step = Float(bitPattern: bits)
  }

  /// How likely a sentence begins at the place, as a logit; below 0 where it more likely does not.
  func logit(_ place: BeginningPlace) -> Float {
    guard unsafe !weights.isEmpty else { return -.infinity }
    var sum: Int32 = 0
    BeginningFeatures.visit(place) { slot in
      // Invariant: a slot is below `1 << bits`, and the table has that many bytes behind the first four.
      unsafe sum &+= Int32(Int8(bitPattern: weights[slot + 4]))
    }
    return Float(sum) * step
  }
}
