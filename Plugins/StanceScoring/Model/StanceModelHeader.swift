/// The numbers before the table of a stance model: little-endian `Float`s, filled up with zeros to `byteCount`.
///
/// In order: the step of a weight, the step of an n-gram's weight, the biases of `favor` and `against`, and the weights for
/// `favor` and `against` of each feature of `PolarityFeatures`.
package struct StanceModelHeader: Sendable {
  package static let byteCount = 512

  package var step: Float = 0
  package var ngramStep: Float = 0
  package var bias = StanceModel.Logits(favor: 0, against: 0)
  package var polarityFeatures = Array(
    repeating: StanceModel.Logits(favor: 0, against: 0), count: PolarityFeatures.count)

  package init() {}

  /// Reads the header at the start of a payload.
  init(_ payload: UnsafeBufferPointer<UInt8>) {
    func float(_ index: Int) -> Float {
      Float(bitPattern: (0..<4).reduce(0) { unsafe $0 | UInt32(payload[4 * index + $1]) << UInt32(8 * $1) })
    }
    func logits(_ index: Int) -> StanceModel.Logits {
      StanceModel.Logits(favor: float(index), against: float(index + 1))
    }
    step = float(0)
    ngramStep = float(1)
    bias = logits(2)
    for feature in polarityFeatures.indices { polarityFeatures[feature] = logits(4 + 2 * feature) }
  }

  /// The header as a training program writes it.
  package var encoded: [UInt8] {
    let floats = [step, ngramStep] + ([bias] + polarityFeatures).flatMap { [$0.favor, $0.against] }
    let bytes = floats.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> UInt32(8 * $0)) }
    }
    return bytes + repeatElement(0, count: Self.byteCount - bytes.count)
  }
}
