/// How much a batch of records should hold before it is handed out; less where a pipe is slow or the input ends.
public struct BatchSize: Sendable, Hashable {
  /// Bytes of records. A batch holds one record more than fits.
  public var bytes: Int
  /// A batch of fewer records grows past `bytes`, up to `wantedBytes`.
  public var wantedDocuments = 0
  public var wantedBytes = 0

  public init(bytes: Int = 262_144) { self.bytes = bytes }

  func isReached(byteCount: Int, count: Int) -> Bool {
    byteCount >= bytes && (count >= wantedDocuments || byteCount >= wantedBytes)
  }
}
