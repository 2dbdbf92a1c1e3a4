import Hearsay
import Testing

@testable import Export

@Suite("Formats are chosen by name and by ending")
struct OutputFormatTests {
  @Test func namesAndEndingsAreUnique() {
    let formats = OutputFormatName.formats
    #expect(Set(formats.map { $0.name }).union(["auto"]).count == formats.count + 1)
    let endings = formats.flatMap { $0.endings }
    #expect(Set(endings).count == endings.count)
    #expect(endings.allSatisfy { $0.hasPrefix(".") && $0 == $0.lowercased() })
  }

  @Test func theOptionTakesTheNameOfEachFormat() {
    #expect(OutputFormatName.allCases.map(\.rawValue) == ["auto", "jsonl", "csv", "text", "sqlite"])
    #expect(OutputFormatName(rawValue: "csv") == .csv)
    #expect(OutputFormatName(rawValue: "xml") == nil)
    for format in OutputFormatName.formats { #expect(OutputFormatName.summary.contains("`\(format.name)`, ")) }
  }

  @Test(arguments: [
    ("a.jsonl", "jsonl"), ("a.CSV", "csv"), ("a.csv.gz", "csv"), ("a.txt.zst", "text"), ("a.sqlite", "sqlite"),
    ("a.sqlite3", "sqlite"), ("a.db", "sqlite"), ("a.xyz", nil), ("csv", nil), ("-", nil), ("a.csv.bz2", nil),
  ])
  func theEndingOfAPathNamesAFormat(_ path: String, _ name: String?) {
    #expect(OutputFormatName(endingOf: path)?.rawValue == name)
    #expect(OutputFormatName.auto.format(of: path).name == name ?? "jsonl")
    #expect(OutputFormatName.csv.format(of: path).name == "csv")
  }

  @Test func theWriterOfAPathHasTheFormatOfItsEnding() throws {
    #expect(try Export.writer(to: "-").outputs == ["-"])
    #expect(throws: StageError.self) { try Export.writer(to: "") }
    #expect(throws: StageError.self) { try Export.writer(to: "{source}.db") }
  }
}
