import HearsayText
import Testing

@Suite("What could control a terminal is replaced")
struct TerminalFilterTests {
  private static let controls = (0...0x1F).filter { $0 != 0x0A } + Array(0x7F...0x9F)
  private static let marks = [0x61C, 0x200E, 0x200F, 0x2028, 0x2029] + Array(0x202A...0x202E) + Array(0x2066...0x2069)
  private static let neighbours = [0x20, 0x7E, 0xA0, 0x61B, 0x61D, 0x200D, 0x2010, 0x2027, 0x202F, 0x2065, 0x206A]

  private func text(_ codes: [Int]) -> [String] {
    codes.compactMap { Unicode.Scalar(UInt32($0)) }.map { "a\($0)é漢🎈\($0)" }
  }

  private func bytes(_ text: String, _ filter: TerminalFilter) -> String {
    filter.filtered(Array(text.utf8).span).map { String(decoding: $0, as: UTF8.self) } ?? "unchanged"
  }

  @Test func eachCharacterByEachFilter() {
    for (codes, isControl) in [(Self.controls, true), (Self.marks, false)] {
      for (text, code) in zip(text(codes), codes) {
        let escape = "\\u" + String(String(0x10000 + code, radix: 16).dropFirst())
        #expect(text.safeForTerminal == "a·é漢🎈·")
        #expect(bytes(text, .csv) == "a·é漢🎈·")
        #expect(bytes(text, .json) == "a\(escape)é漢🎈\(escape)")
        #expect(bytes(text, .colored) == (isControl ? "unchanged" : "a·é漢🎈·"))
      }
    }
  }

  @Test(arguments: [TerminalFilter.text, .csv, .json, .colored])
  func whatIsLikeThemStays(_ filter: TerminalFilter) {
    for text in text(Self.neighbours) + ["", "\n", "a\nb\n", "“It rained,” she said – twice."] {
      #expect(filter.filtered(Array(text.utf8).span) == nil, "\(text.debugDescription)")
    }
  }

  @Test func lineBreaksOfCSVStay() {
    #expect(bytes("a\r\nb\rc\r", .csv) == "a\r\nb·c·")
    #expect("a\r\nb".safeForTerminal == "a·\nb")
  }

  @Test func cutCharactersAreNoTrap() {
    for bytes: [UInt8] in [[0xE2], [0xE2, 0x80], [0xC2], [0xD8], [0x41, 0xE2, 0x81]] {
      #expect(TerminalFilter.text.filtered(bytes.span) == nil)
    }
  }
}
