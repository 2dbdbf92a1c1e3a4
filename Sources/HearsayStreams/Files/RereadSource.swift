internal import Hearsay

/// A stream that an earlier run began to read: verifies that its first bytes are the same.
final class RereadSource: ByteSource, @unchecked Sendable {  // Used by one thread at a time, as every source.
  private let raw: any ByteSource
  private let expected: InputDigest
  private var hash = XXH64()
  /// Bytes that were compared, and from `position` on not returned yet.
  private var ahead: [UInt8] = []
  private var position = 0
  private(set) var state: State

  enum State: Sendable {
    /// Not all of the bytes were read.
    case open
    case same
    case changed
  }

  private static let readBytes = 262_144

  init(_ raw: any ByteSource, expected: InputDigest) {
    self.raw = raw
    self.expected = expected
    state = expected.byteCount == 0 ? .same : .open
  }

  var size: Int? { raw.size }

  func isReady(within milliseconds: Int32) -> Bool {
    position < ahead.count || state == .changed || raw.isReady(within: milliseconds)
  }

  func skip(_ count: Int) -> Bool { false }

  func read(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    if position < ahead.count {
      let end = position + min(count, ahead.count - position)
      bytes += ahead[position..<end]
      position = end
      if position == ahead.count { ahead = [] }
      if ahead.isEmpty { position = 0 }
      return true
    }
    return try readRaw(count, into: &bytes)
  }

  /// Compares the bytes that are still to be compared, and keeps them to be read.
  ///
  /// - Parameter maximum: How many bytes are kept. An earlier run cannot have read further ahead of its position.
  func finish(atMost maximum: Int, unless isCancelled: () -> Bool) throws(SourceError) {
    while state == .open {
      repeat {
        guard !isCancelled() else { throw .interrupted }
      } while !raw.isReady(within: 100)
      guard ahead.count <= maximum else {
        state = .changed
        break
      }
      _ = try readRaw(Self.readBytes, into: &ahead)
    }
    guard state == .same else { throw .changed }
  }

  private func readRaw(_ count: Int, into bytes: inout [UInt8]) throws(SourceError) -> Bool {
    switch state {
    case .same: return try raw.read(count, into: &bytes)
    case .changed: throw .changed
    case .open:
      // No byte after those that the earlier run read is returned before all of them are compared.
      let before = bytes.count
      let hasMore = try raw.read(min(count, expected.byteCount - hash.byteCount), into: &bytes)
      hash.update(bytes.span.extracting(before..<bytes.count))
      if hash.byteCount == expected.byteCount {
        state = hash.digest == expected.hash ? .same : .changed
      } else if !hasMore {
        state = .changed
      }
      if state == .changed { throw .changed }
      return hasMore
    }
  }
}

extension SourceError {
  fileprivate static let changed = Self(
    code: .changed, problem: "is not what it was when the run began",
    hint: "put the inputs back as they were, or begin the run anew")
}
