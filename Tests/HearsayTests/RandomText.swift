import TestSupport

extension SplitMix {
  /// Text of scalars of one to four bytes.
  mutating func text(upTo count: Int) -> String {
    let scalars: [Unicode.Scalar] = ["a", "b", " ", "\n", "\"", "\\", "é", "„", "日", "🎈", "\u{301}"]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...count, using: &self) {
      text.append(scalars[Int.random(in: 0..<scalars.count, using: &self)])
    }
    return String(text)
  }
}
