import HearsayText
import TestSupport
import Testing

@Suite("Lines of text for a person")
struct TextLinesTests {
  /// What `onOneLine` is tested against: a scalar at a time, by Unicode's own properties.
  private func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar.properties.isWhitespace {
        if result.last != " " { result.append(" ") }
      } else if scalar.properties.generalCategory != .control {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// The lines of words, each at most `width` long where a word is not longer.
  private func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.unicodeScalars.split(separator: " ").map(String.init) {
      if let line = lines.last, line.unicodeScalars.count + 1 + word.unicodeScalars.count <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(word)
      }
    }
    return lines
  }

  private func wrapped(_ text: String, width: Int, indent: Int, prefix: String = "", suffix: String = "") -> String {
    var bytes: [UInt8] = []
    bytes.append(wrapping: text.utf8.span, width: width, indent: indent, prefix: prefix, suffix: suffix)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func everyScalarIsFoldedAsUnicodeHasIt() {
    for value in 0...0x10FFFF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value), value < 0x3100 || value % 251 == 0 else { continue }
      let text = "a\(scalar)\(scalar) b"
      #expect(text.onOneLine == folded(text), "U+\(String(value, radix: 16))")
    }
  }

  @Test func textsAreFoldedAndWrapped() {
    var random = SplitMix(seed: 3)
    let pieces = [
      " ", "\n", "\r\n", "\t", "\u{1B}", "\u{A0}", "\u{2028}", "\u{3000}", "\u{85}", "a", "é", "rain", "日本", "🎈",
    ]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0..<60, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      let line = text.onOneLine
      #expect(Array(line.utf8) == Array(folded(text).utf8), "\(text.debugDescription)")
      let expected = lines(line, width: 17).map { "   \($0)\n" }.joined()
      #expect(wrapped(line, width: 20, indent: 3) == expected, "\(text.debugDescription)")
    }
  }

  @Test(arguments: [
    ("", ""), (" ", ""), ("a", "<  a>\n"), ("aa bb cc", "<  aa bb>\n<  cc>\n"),
    ("tremendous b", "<  tremendous>\n<  b>\n"), ("éé日日", "<  éé日日>\n"),
  ])
  func eachLineIsBetweenItsColours(_ text: String, _ expected: String) {
    #expect(wrapped(text, width: 7, indent: 2, prefix: "<", suffix: ">") == expected)
  }
}
