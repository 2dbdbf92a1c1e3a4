/// Two letters of each of some words: excludes most other words without a lookup. Never freed, as `WordTable` is not.
@safe public struct LetterPairs: @unchecked Sendable {
  /// For each first letter the second ones, as bits.
  @usableFromInline let rows: UnsafeMutableBufferPointer<UInt32>

  /// The first letters of `words` and those at `second`, a comma where a word ends before.
  public init(_ words: [[UInt8]], second: Int) {
    unsafe rows = .allocate(capacity: 32)
    unsafe rows.initialize(repeating: 0)
    for word in words where !word.isEmpty {
      let letter = second < word.count ? word[second] : UInt8(ascii: ",")
      unsafe rows[Int(word[0] & 31)] |= 1 << UInt32(letter & 31)
    }
  }

  /// Whether a word of the list may have these two letters, in either case.
  @inlinable @inline(__always)
  public func contains(_ first: UInt8, _ second: UInt8) -> Bool {
    unsafe rows[Int(first & 31)] >> UInt32(second & 31) & 1 != 0
  }
}
