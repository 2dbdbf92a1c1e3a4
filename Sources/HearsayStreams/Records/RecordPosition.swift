/// Where in a file the next record begins.
struct RecordPosition: Sendable {
  /// Counted after decompression.
  var byteOffset = 0
  /// From 1.
  var line = 1
  /// From 0.
  var number = 0
}
