import TestSupport
import Testing

@testable import SentenceSplitting

@Suite("A block at once finds what one byte at a time finds")
struct NotableBytesTests {
  @Test func bothWaysAgree() {
    var random = SplitMix(seed: 5)
    let pieces: [String] = [
      "a", "z", "9", "A", "Z", " ", "\n", "'", "-", ".", ",", "é", "”", "日", "the ", "x A", "{", "@", "`", "/",
      "\u{10}a", "ab cd ",
    ]
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0..<120, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
      let bytes = Array(text.joined().utf8)
      let plain = bytes.indices.filter { bytes.span.isNotable(at: $0) }
      var notable = NotableBytes()
      var found: [Int] = []
      var i = notable.next(in: bytes.span, from: 0)
      while i < bytes.count {
        found.append(i)
        i = notable.next(in: bytes.span, from: i + 1)
      }
      #expect(found == plain, "\(text.joined())")
    }
  }
}
