import TestSupport
import Testing

@testable import SentenceSplitting

@Suite("Eight bytes at once find what one byte at a time finds")
struct NotableBytesTests {
  @Test func bothWaysAgree() {
    var random = SplitMix(seed: 5)
    let pieces: [String] = [
      "a", "z", "9", "A", "Z", " ", "\n", "'", "-", ".", "é", "”", "日", "the ", "x A", "{", "@", "`", "/",
    ]
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0..<24, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
      let bytes = Array(text.joined().utf8)
      for start in 0...bytes.count {
        let plain = (start..<bytes.count).first { bytes.span.isNotable(at: $0) } ?? bytes.count
        #expect(bytes.span.nextNotable(from: start) == plain, "\(text.joined()) from \(start)")
      }
    }
  }
}
