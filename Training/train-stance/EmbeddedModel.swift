import HearsayText
import StanceScoring

extension StanceModel {
  /// Calls `body` with the model in a file of weights that is in memory.
  static func withModel<Result>(in file: [UInt8], _ body: (StanceModel) throws -> Result) throws -> Result {
    try unsafe file.withUnsafeBufferPointer { bytes in
      try body(StanceModel(unsafe WeightsFile(embedded: bytes, name: "trained weights", format: format)))
    }
  }
}
