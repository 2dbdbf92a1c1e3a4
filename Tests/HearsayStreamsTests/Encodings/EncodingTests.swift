import Foundation
import Hearsay
import HearsayStreams
import TestSupport
import Testing

@Suite("Bytes in other encodings are read, with a warning")
struct EncodingTests {
  private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test(arguments: [
    ("utf-8-sig", [0xEF, 0xBB, 0xBF] + bytes("né"), "né", "the byte order mark at byte 0 was dropped"),
    (
      "windows-1252", [0x93] + bytes("né") + [0x94, 0xE9] + bytes("!"), "“né”é!",
      "3 bytes that are not UTF-8 were read as Windows-1252, the first at byte 0"
    ),
    (
      "windows-1252", bytes("ab") + [0x81], "ab\u{FFFD}",
      "1 byte that is not UTF-8 was read as Windows-1252, the first at byte 2"
    ),
    (
      "windows-1252", bytes("x") + [0xE2, 0x82], "xâ‚",
      "2 bytes that are not UTF-8 were read as Windows-1252, the first at byte 1"
    ),
    (
      "utf-16le", [0xFF, 0xFE, 0x61, 0, 0xE9, 0, 0x3D, 0xD8, 0x00, 0xDE, 0x3D, 0xD8, 0x62],
      "aé\u{1F600}\u{FFFD}\u{FFFD}", "the bytes from byte 0 on were read as UTF-16LE, as their byte order mark says"
    ),
    (
      "utf-16be", [0xFE, 0xFF, 0, 0x61, 0x20, 0xAC], "a€",
      "the bytes from byte 0 on were read as UTF-16BE, as their byte order mark says"
    ),
  ])
  func texts(_ encoding: String, _ bytes: [UInt8], _ text: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    for name in ["a.txt", "a.html"] {
      try folder.write(name, bytes)
      let document = try #require(folder.read([name]).documents.first)
      #expect(document.text == text)
      #expect(document.metadata["encoding"] == .string(encoding))
      #expect(document[Warnings.self].map(\.kind) == ["encoding"])
      #expect(document[Warnings.self].map(\.message) == [message])
    }
  }

  @Test func warningsMarkWhatWasGuessed() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt", [0x61, 0xE4, 0xF6, 0x62, 0xFC])
    let document = try #require(folder.read(["a.txt"]).documents.first)
    #expect(document[Warnings.self].first?.spans.map { document.text(in: $0) } == ["äö", "ü"])
  }

  @Test func plainTextHasNoWarning() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt", "né €")
    let document = try #require(folder.read(["a.txt"]).documents.first)
    #expect(!document.has(Warnings.self) && document.metadata.isEmpty)
  }

  @Test func valuesOfCSVAreDecoded() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", Array("title,text\n".utf8) + [0xE9, 0x2C, 0x93, 0x61, 0x94])
    let document = try #require(folder.read(["a.csv"]).documents.first)
    #expect(document.text == "“a”")
    #expect(document.metadata["title"] == "é")
    #expect(document[Warnings.self].count == 1)
  }

  /// Valid UTF-8 is kept, and each other byte becomes one character.
  @Test func anyBytesBecomeText() throws {
    let folder = try TemporaryFolder()
    var random = SplitMix(seed: 7)
    for round in 0..<200 {
      let pieces: [[UInt8]] = (0..<40).map { _ in
        switch Int.random(in: 0..<4, using: &random) {
        case 0: Array("né€😀".utf8)
        case 1: [UInt8.random(in: 0x80...0xFF, using: &random)]
        case 2: [0xE2, 0x82]
        default: Array("words ".utf8)
        }
      }
      let bytes = Array("begin ".utf8) + pieces.joined()
      try folder.write("a.txt", bytes)
      let document = try #require(folder.read(["a.txt"]).documents.first)
      let replaced = String(decoding: bytes, as: UTF8.self).unicodeScalars.count { $0 == "\u{FFFD}" }
      let guessed = document[Warnings.self].first?.spans.map { document.text(in: $0).unicodeScalars.count } ?? []
      #expect(guessed.reduce(0, +) >= replaced, "round \(round)")
      #expect(document.utf8.isValidUTF8)
    }
  }

  @Test func textsWithANULAreBinary() throws {
    let folder = try TemporaryFolder()
    for name in ["b.txt", "b.html", "b.bin"] { try folder.write(name, "text\u{0}") }
    let failures = folder.read([""]).failures
    #expect(failures.map(\.code) == [.binary, .binary, .binary])
    #expect(failures.allSatisfy { $0.problem == "looks like binary (byte 4 is NUL)" && $0.hint != nil })
  }

  @Test(arguments: [
    ([UInt8]("%PDF-1.7\n".utf8), "PDF"),
    ([0x89, 0x50, 0x4E, 0x47, 13, 10], "a PNG image"),
    ([1, 2, 3, 4, 0x61], "4 of its first 5 bytes are control characters"),
  ])
  func binaryFilesFailAlone(_ bytes: [UInt8], _ kind: String) throws {
    let folder = try TemporaryFolder()
    for name in ["b.txt", "b.html", "b.jsonl", "b.csv", "b.bin"] { try folder.write(name, bytes) }
    try folder.write("a.txt", "before")
    try folder.write("c.txt", "after")
    let reading = folder.read([""])
    #expect(reading.documents.map(\.text) == ["before", "after"])
    #expect(reading.failures.count == 5)
    for error in reading.failures {
      #expect(error.code == .binary)
      #expect(error.problem == "looks like binary (\(kind))")
      #expect(error.hint != nil)
    }
  }

  /// Each text in its encoding, as Foundation or iconv writes it.
  static let samples: [(encoding: String, text: String)] = [
    ("windows-1251", "Президент заявил, что переговоры начнутся в понедельник, сообщает агентство."),
    ("koi8-r", "Президент заявил, что переговоры начнутся в понедельник, сообщает агентство."),
    ("ibm866", "Президент заявил, что переговоры начнутся в понедельник, сообщает агентство."),
    ("windows-1253", "Ο πρωθυπουργός δήλωσε ότι οι συνομιλίες θα αρχίσουν τη Δευτέρα στην Αθήνα."),
    ("shift_jis", "首相は月曜日に会談を始めると述べた。新しい計画について説明があった。"),
    ("euc-jp", "首相は月曜日に会談を始めると述べた。新しい計画について説明があった。"),
    ("euc-kr", "대통령은 월요일에 회담을 시작한다고 말했다. 새로운 계획에 대해 설명하는 자리이다."),
    ("gb18030", "总统说会谈将在星期一开始，这是一个新的计划，我们要在这里说明的是他们的人不到了。"),
    ("big5", "總統說會談將在星期一開始，這是一個新的計劃，我們要在這裡說明的是他們的人不到了。"),
    ("utf-16le", "The president said «so» on Monday."), ("utf-16be", "The president said «so» on Monday."),
    ("utf-32le", "The president said «so» on Monday."), ("utf-32be", "The president said «so» on Monday."),
  ]

  private static func encoded(_ text: String, _ name: String) throws -> [UInt8] {
    let names = ["ibm866": "CP866", "shift_jis": "CP932", "euc-kr": "CP949", "big5": "BIG5-HKSCS"]
    let converter = Process("iconv", "-f", "utf-8", "-t", names[name] ?? name)
    return Array(try converter.finish(input: Data(text.utf8)).output)
  }

  @Test("An encoding is detected by its letters", arguments: EncodingTests.samples)
  func guessed(_ encoding: String, _ text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.txt", Self.encoded(text, encoding))
    let document = try #require(folder.read(["a.txt"]).documents.first)
    #expect(document.text == text)
    #expect(document.metadata["encoding"] == .string(encoding))
    #expect(document[Warnings.self].map(\.kind) == ["encoding"])
  }

  @Test(
    "A page declares its encoding",
    arguments: [
      ("windows-1250", "<meta charset=\"windows-1250\"><p>Żółć, łódź</p>"),
      ("iso-8859-2", "<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-2'><p>Żółć</p>"),
      ("koi8-r", "<?xml version=\"1.0\" encoding=\"KOI8-R\"?><html><p>Да</p>"),
      ("windows-1252", "<meta charset=latin1><p>né</p>"),
    ])
  func declared(_ encoding: String, _ page: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.html", Self.encoded(page, encoding))
    let document = try #require(folder.read(["a.html"]).documents.first)
    #expect(document.text == page)
    #expect(document.metadata["encoding"] == .string(encoding))
  }

  @Test func aDeclarationThatIsFalseIsNotBelieved() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.html", "<meta charset=windows-1251><p>né</p>")
    try folder.write("b.html", Array("<meta charset=utf-8><p>n".utf8) + [0xE9])
    let reading = folder.read([""])
    #expect(reading.documents.map(\.text) == ["<meta charset=windows-1251><p>né</p>", "<meta charset=utf-8><p>né"])
  }

  @Test func theEncodingCanBeGiven() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", Array("text\n".utf8) + Self.encoded("Да\n", "windows-1251"))
    let reading = folder.read(["a.csv"], InputSettings(encoding: "CP1251"))
    #expect(reading.lines == ["a.csv#0=Да"])
  }

  @Test(
    "JSON Lines and CSV in UTF-16 or UTF-32 say how to convert them", arguments: ["a.jsonl", "a.csv"],
    [
      ("utf-16le", String.Encoding.utf16LittleEndian), ("utf-16be", .utf16BigEndian), ("utf-32le", .utf32LittleEndian),
      ("utf-32be", .utf32BigEndian),
    ])
  func wideContainers(_ name: String, _ wide: (name: String, encoding: String.Encoding)) throws {
    let folder = try TemporaryFolder()
    let text = name.hasSuffix("csv") ? "text\nRé\n" : "{\"text\":\"Ré\"}\n"
    for mark in ["\u{FEFF}", ""] {
      try folder.write(name, Array(try #require((mark + text).data(using: wide.encoding))))
      let problem = "is \(wide.name.uppercased()), and only UTF-8 is read here"
      #expect(folder.read([name]).lines == ["! \(name): \(problem); convert it: iconv -f \(wide.name) -t utf-8"])
    }
  }
}
