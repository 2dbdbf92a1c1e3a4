import HearsayText

/// Text for people. Only what the program itself spells can control a terminal: what is interpolated is made safe,
/// wherever it came from.
struct TerminalText: ExpressibleByStringInterpolation {
  private(set) var text: String

  init(stringLiteral text: String) { self.text = text }
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Text that is safe, or that this program made with its own colours.
  private init(trusting text: String) { self.text = text }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ part: TerminalText) { text += part.text }
    mutating func appendInterpolation(_ value: some Any) { text += "\(value)".safeForTerminal }
    /// A name or another value that must not look like several lines.
    mutating func appendInterpolation(line value: some Any) {
      // Safe first: CR and LF are one character until the CR is replaced.
      text += "\(value)".safeForTerminal.replacing("\n", with: "⏎")
    }
  }

  static func + (left: TerminalText, right: TerminalText) -> TerminalText {
    TerminalText(trusting: left.text + right.text)
  }

  static func += (left: inout TerminalText, right: TerminalText) { left.text += right.text }

  /// Escape sequences around the text.
  func styled(_ code: String) -> TerminalText { TerminalText(trusting: "\u{1B}[\(code)m\(text)\u{1B}[0m") }

  /// Its lines, each after some spaces.
  func indentedLines(by spaces: Int) -> [TerminalText] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map {
      TerminalText(trusting: String(repeating: " ", count: spaces) + $0)
    }
  }

  /// The text with each occurrence of `word` replaced.
  func replacing(_ word: String, with other: TerminalText) -> TerminalText {
    TerminalText(trusting: text.replacing(word, with: other.text))
  }
}

extension [TerminalText] {
  func joined(separator: TerminalText) -> TerminalText {
    var joined: TerminalText = ""
    for (index, text) in enumerated() { joined += index == 0 ? text : separator + text }
    return joined
  }
}
