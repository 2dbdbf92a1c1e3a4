@testable import HearsayStreams

/// A pipe that returns its bytes in pieces.
final class PieceSource: ByteSource, @unchecked Sendable {  // Used by the thread of its test.
  private let bytes: [UInt8]
  private var position = 0
  private let nextLength: () -> Int
  /// Whether neither bytes nor an end follow the last byte.
  private let isSilent: Bool
  private(set) var reads = 0

  /// - Parameter length: The length of the next piece.
  init(_ bytes: [UInt8], isSilent: Bool = false, length: @escaping () -> Int) {
    self.bytes = bytes
    self.isSilent = isSilent
    nextLength = length
  }

  var size: Int? { nil }
  func skip(_ count: Int) -> Bool { false }
  func isReady(within milliseconds: Int32) -> Bool { !isSilent || position < bytes.count }

  func read(_ count: Int, into bytes: inout [UInt8]) -> Bool {
    reads += 1
    let end = position + min(count, nextLength(), self.bytes.count - position)
    bytes += self.bytes[position..<end]
    position = end
    return position < self.bytes.count || isSilent
  }
}

extension InputReader {
  /// A reader of a pipe.
  init(
    of source: PieceSource, named name: String = "stdin", _ settings: InputSettings = InputSettings(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.init(["-"], settings: settings, layers: [], isCancelled: isCancelled)
    guard let item = walker.next() else { return }
    begin(.standardInput, name, item, reading: source)
  }
}
