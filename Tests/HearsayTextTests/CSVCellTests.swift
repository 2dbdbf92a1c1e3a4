import HearsayText
import Testing

@Suite("A cell that a spreadsheet would run as a formula is made text")
struct CSVCellTests {
  private func cell(_ text: String, escapesFormulas: Bool = true) -> String {
    var bytes: [UInt8] = []
    bytes.append(csv: text, escapesFormulas: escapesFormulas)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static let signs = [
    "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FE66}", "\u{FE62}", "\u{FE63}", "\u{FE6B}",
  ]

  private static let insignificant: [String] = {
    let scalars: [ClosedRange<UInt32>] = [
      0x00...0x08, 0x0A...0x0C, 0x0E...0x20, 0x7F...0xA0, 0xAD...0xAD, 0x61C...0x61C, 0x1680...0x1680, 0x180E...0x180E,
      0x2000...0x200F, 0x2028...0x202F, 0x205F...0x2064, 0x2066...0x2069, 0x3000...0x3000, 0xFEFF...0xFEFF,
    ]
    return scalars.flatMap { $0 }.compactMap(Unicode.Scalar.init).map { String($0) }
  }()

  @Test(arguments: signs)
  func aSignBeginsAFormula(_ sign: String) {
    #expect(cell("\(sign)A1") == "'\(sign)A1")
    #expect(cell("\(sign)HYPERLINK(\"x\")") == "\"'\(sign)HYPERLINK(\"\"x\"\")\"")
    #expect(cell(sign) == "'\(sign)")
    #expect(cell("a\(sign)1") == "a\(sign)1")
    #expect(cell("\(sign)A1", escapesFormulas: false) == "\(sign)A1")
  }

  @Test("also after what shows nothing", arguments: insignificant)
  func whatShowsNothingHidesNoSign(_ hidden: String) {
    for sign in Self.signs {
      for text in ["\(hidden)\(sign)A1", "\(hidden)\(hidden) \(sign)1", " \u{FEFF}\(hidden)\(sign)A1"] {
        #expect(cell(text).contains("'\(text)"), "\(text.debugDescription)")
      }
    }
    #expect(!cell("\(hidden)word =1").contains("'"), "\(hidden.debugDescription)")
    #expect(!cell(hidden).contains("'"), "\(hidden.debugDescription)")
  }

  @Test(arguments: ["-0.5", "-1", "-12.25", "-.5", "-1.", "-1e5", "-2.5E-3"])
  func aNegativeNumberStays(_ number: String) {
    #expect(cell(number) == number)
  }

  @Test(arguments: ["-", "-.", "-1+1", "-e5", "-1e", "-inf", "-nan", "-0x1p3", "--1", "-1 ", "-1.2.3", "+1"])
  func whatIsNoNegativeNumberIsCovered(_ text: String) {
    #expect(cell(text) == "'\(text)")
  }

  @Test(arguments: ["\tword", "\rword", "\t", "\r"])
  func aLeadingTabOrReturnIsCovered(_ text: String) {
    #expect(cell(text).contains("'\(text)"))
  }

  @Test(arguments: ["", "word", "\"=1\"", "\u{2212}5", "é=1", "漢=1", "\n\nword", "'=1", "\u{1F388}=1"])
  func otherCellsStay(_ text: String) {
    #expect(!cell(text).hasPrefix("'") || text.hasPrefix("'"))
    #expect(cell(text).replacing("\"\"", with: "\"").contains(text))
  }
}
