import Testing

@testable import HearsayCLI

@Suite("Text for a terminal trusts only what the program spells")
struct TerminalTextTests {
  @Test func whatIsInterpolatedIsMadeSafe() {
    let name = "evil\u{1B}[2J\u{202E}\nerror: \r\nword"
    let painter = ANSIStyle(isOn: true)
    #expect(("\(name)" as TerminalText).text == "evil·[2J·\nerror: ·\nword")
    #expect(("\(line: name)" as TerminalText).text == "evil·[2J·⏎error: ·⏎word")
    #expect(("a \(painter.paint("\(line: name)", .red))" as TerminalText).text.hasPrefix("a \u{1B}[31mevil·[2J"))
    #expect(ANSIStyle(isOn: false).paint("\(name)", .red).text == ("\(name)" as TerminalText).text)
    #expect(("\(name)" as TerminalText).indentedLines(by: 2).map(\.text) == ["  evil·[2J·", "  error: ·", "  word"])
  }
}
