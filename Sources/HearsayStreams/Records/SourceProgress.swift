/// How much of a file was read.
struct SourceProgress: Sendable {
  /// How many bytes were read or skipped.
  private(set) var byteCount = 0
  private(set) var isAtEnd = false
  /// Why no more bytes can be read.
  private(set) var failure: SourceError?

  /// Whether no more bytes follow, because of the end or of a failure.
  var isFinal: Bool { isAtEnd || failure != nil }
  /// Whether the whole file was read.
  var isComplete: Bool { isAtEnd && failure == nil }

  mutating func advance(_ count: Int) { byteCount += count }

  mutating func reachEnd() { isAtEnd = true }

  mutating func fail(_ error: SourceError?) { failure = error }
}
