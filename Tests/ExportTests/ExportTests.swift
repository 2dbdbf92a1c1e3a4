import Export
import Foundation
import Hearsay
import Testing

@Suite("Export writes what people and programs read")
struct ExportTests {
  /// Runs documents through an export into a file, and gives the file's text.
  func exported(_ documents: [Document], format: OutputFormatName, outcome: RunOutcome = .finished) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hearsay-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var options = Export.Options()
    options.format = format
    options.path = folder.appendingPathComponent("a/b/out.\(format.rawValue)").path
    let export = try Export(options)
    try export.open()
    for var document in documents { try export.process(&document) }
    #expect(!FileManager.default.fileExists(atPath: options.path), "a file takes its name only when it is whole")
    try export.close(outcome)
    let path = outcome == .finished ? options.path : options.path + ".part"
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  var document: Document {
    var document = Document(
      id: "d,1", text: "„Ж“ “We, \"won\",” Ann Lee said.", metadata: ["title": "=SUM(A1)", "date": "2026-01-02"])
    let text = document.text
    func span(_ piece: String) -> Span {
      guard let range = text.range(of: piece) else { return Span(0, 0) }
      return Span(
        text.utf8.distance(from: text.startIndex, to: range.lowerBound),
        text.utf8.distance(from: text.startIndex, to: range.upperBound))
    }
    document[Quotes.self] = [
      Quote(
        id: 0, spans: [span("We, \"won\",")], kind: .direct, cue: [span("said")],
        speaker: Quote.Speaker(spans: [span("Ann Lee")], name: "Ann Lee"), confidence: 0.95)
    ]
    document[Stances.self] = [
      Stance(
        target: "Bo", spans: [span("won")], holder: "Ann Lee", quote: 0, sentence: 0, label: .against, score: -0.5,
        evidence: [span("won")])
    ]
    return document
  }

  @Test func jsonLinesCountCodePoints() throws {
    let line = try exported([document], format: .jsonl)
    let value = try JSONReader.value(of: Array(line.utf8.dropLast()))
    #expect(line.hasSuffix("}\n"))
    #expect(value["quotes"]?.arrayValue?.first?["spans"]?.json == "[[5,15]]")
    #expect(value["quotes"]?.arrayValue?.first?["speaker"]?["name"]?.stringValue == "Ann Lee")
    #expect(value["stances"]?.arrayValue?.first?["score"]?.doubleValue == -0.5)
  }

  @Test func aLargeDocumentStandsInItsPlace() throws {
    let documents = [1, 400_000, 2, 3, 300_000].map { Document(id: "d\($0)", text: String(repeating: "x", count: $0)) }
    let lines = try documents.map { try DocumentEncoder().value(of: $0).json + "\n" }
    #expect(try exported(documents, format: .jsonl) == lines.joined())
  }

  @Test func csvHasARowAQuoteThatASpreadsheetReadsAsText() throws {
    let csv = try exported([document, Document(id: "e", text: "No quote.")], format: .csv)
    let lines = csv.split(separator: "\r\n")
    #expect(csv.utf8.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(lines.count == 2)
    #expect(
      lines.last
        == "\"d,1\",2026-01-02,'=SUM(A1),,,0,direct,Ann Lee,Ann Lee,said,\"We, \"\"won\"\",\",0.95,5,15,Bo: against -0.5"
    )
  }

  @Test func textNamesSpeakerCueAndStance() throws {
    let text = try exported([document], format: .text)
    for piece in ["Ann Lee", "said", "“We, \"won\",”", "against Bo −0.5", "(won)", "date: 2026-01-02"] {
      #expect(text.contains(piece), "\(piece)")
    }
  }

  @Test func controlCharactersDoNotReachTheTerminal() throws {
    var document = document
    document.id = "a\u{1B}[2J"
    document[Quotes.self][0].speaker?.name = "Ann\u{1B}[2J Lee"
    document[Stances.self][0].target = "B\no\u{7}"
    let text = try exported([document], format: .text)
    #expect(!text.contains { $0 == "\u{1B}" || $0 == "\u{7}" })
    #expect(text.contains("against B o −0.5"))
  }

  @Test(arguments: [
    (0, "0 %", "Bo 0.0"), (0.125, "13 %", "Bo +0.13"), (1, "100 %", "Bo +1.0"), (-0.996, "0 %", "Bo −1.0"),
    (1e300, "100 %", "Bo +1000.0"), (-.infinity, "0 %", "Bo −1000.0"), (.nan, "0 %", "Bo "),
  ])
  func anyNumberCanStandForAConfidenceAndAScore(_ number: Double, _ percent: String, _ score: String) throws {
    var document = document
    document[Quotes.self][0].confidence = number
    document[Stances.self][0].score = number
    let text = try exported([document], format: .text)
    #expect(text.contains(" \(percent)"))
    #expect(text.contains(score))
  }

  @Test func anInterruptedFileKeepsItsPart() throws {
    #expect(try exported([document], format: .jsonl, outcome: .interrupted).hasPrefix("{\"id\":\"d,1\""))
  }

  @Test(arguments: [("/proc/nope/out.jsonl", "make the folder"), ("/dev/null/x", "open")])
  func aPlaceThatCannotBeWrittenIsNamed(_ path: String, _ action: String) throws {
    var options = Export.Options()
    options.path = path
    let error = #expect(throws: OutputError.self) { try Export(options).open() }
    #expect(error?.description.contains("cannot \(action)") == true)
  }

  @Test func aFullDiskIsAnErrorWithTheWayOut() throws {
    var options = Export.Options()
    options.path = "/dev/full"
    let export = try Export(options)
    try export.open()
    var document = document
    try export.process(&document)
    let error = #expect(throws: OutputError.self) { try export.close(.finished) }
    #expect(error?.code == ENOSPC)
    #expect(error?.description.contains("make room") == true)
  }
}
