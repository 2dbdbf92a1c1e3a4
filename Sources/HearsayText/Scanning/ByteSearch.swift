internal import Hearsay

extension Swift.Span<UInt8> {
  /// The offset of the first `byte` in `start..<end`, or `end` where there is none. The range must lie in the text.
  public func next(_ byte: UInt8, from start: Int, to end: Int) -> Int {
    offset(of: byte, from: start, to: end) ?? Swift.max(start, end)
  }

  /// The offset of the first `word`, of two bytes or more, at or after `start`.
  ///
  /// - Complexity: O(n), eight places a step are compared with its first two bytes.
  public func offset(of word: Swift.Span<UInt8>, from start: Int) -> Int? {
    guard word.count > 1 else { return nil }
    var i = start
    while i < count {
      var hits = eightBytes(at: i).equal(to: word[0]) & eightBytes(at: i + 1).equal(to: word[1])
      while hits != 0 {
        let place = i + hits.trailingZeroBitCount / 8
        if place + word.count <= count, (2..<word.count).allSatisfy({ self[place + $0] == word[$0] }) { return place }
        hits &= hits &- 1
      }
      i += 8
    }
    return nil
  }
}
