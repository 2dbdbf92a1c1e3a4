import Foundation

/// Colours for a terminal, or none.
struct ANSIStyle: Sendable {
  enum Code: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
    case removed = "9;31"
    case added = "4;32"
  }

  var isOn: Bool

  /// Colours where `descriptor` is a terminal and colours are not switched off (<https://no-color.org>).
  static func forTerminal(_ descriptor: Int32) -> ANSIStyle {
    let environment = ProcessInfo.processInfo.environment
    let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return ANSIStyle(isOn: isatty(descriptor) == 1 && !isPlain)
  }

  func paint(_ text: TerminalText, _ code: Code) -> TerminalText { isOn ? text.styled(code.rawValue) : text }

  /// A diagnostic's `error:` and caret in red.
  func paint(diagnostic: TerminalText) -> TerminalText {
    guard isOn else { return diagnostic }
    return diagnostic.replacing(" error: ", with: " \(paint("error:", .red)) ")
  }
}
