import Foundation
import Hearsay
@testable import HearsayStreams
import TestSupport
import Testing

@Suite("Archives are seen through")
struct ArchiveTests {
  /// A folder of articles, packed by the system's own programs.
  private func packed() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write("in/a.txt", "one")
    try folder.write("in/b/c.jsonl", "{\"text\":\"two\"}\n{\"text\":\"three\"}\n")
    try folder.write("in/b/d.csv.gz", gzip("text\nfour\n"))
    try folder.write("in/.hidden", "no")
    try folder.write("in/\(String(repeating: "long-name-", count: 15)).html", "<p>five")
    try folder.link("in/e.txt", to: "a.txt")
    let pack = """
      import os, sys, tarfile, zipfile
      root = sys.argv[1]
      names = sorted(os.path.join(d, f) for d, _, fs in os.walk("in") for f in fs)
      os.chdir(root)
      names = sorted(os.path.relpath(os.path.join(d, f)) for d, _, fs in os.walk("in") for f in fs)
      for name, form in (("ustar.tar", tarfile.USTAR_FORMAT), ("pax.tar", tarfile.PAX_FORMAT), ("gnu.tar", tarfile.GNU_FORMAT)):
          with tarfile.open(name, "w", format=form) as t:
              for n in names:
                  if form != tarfile.USTAR_FORMAT or len(n) < 100: t.add(n)
      with tarfile.open("pax.tgz", "w:gz", format=tarfile.PAX_FORMAT) as t:
          for n in names: t.add(n)
      with zipfile.ZipFile("a.zip", "w", zipfile.ZIP_DEFLATED) as z:
          for n in names:
              if not os.path.islink(n): z.write(n)
      """
    try #require(Process("python3", "-c", pack, folder.path).finish().status == 0)
    return folder
  }

  @Test(arguments: ["ustar.tar", "pax.tar", "gnu.tar", "pax.tgz", "a.zip"], [64, 524_288])
  func everyFile(_ name: String, readBytes: Int) throws {
    let folder = try packed()
    let long = String(repeating: "long-name-", count: 15)
    let reading = folder.read([name], readBytes: readBytes)
    let expected =
      ["in/a.txt=one", "in/b/c.jsonl#0=two", "in/b/c.jsonl#1=three", "in/b/d.csv.gz#0=four"]
      + (name == "ustar.tar" ? [] : ["in/\(long).html=<p>five"])
    #expect(reading.lines == expected.map { "\(name)/\($0)" })
    #expect(reading.notices == (name == "a.zip" ? [] : ["\(name): a link in the archive was left out"]))
  }

  @Test("A reader goes on within an archive", arguments: ["pax.tar", "pax.tgz", "a.zip"])
  func resumed(_ name: String) throws {
    let folder = try packed()
    let whole = Reading([folder(name), folder("in/a.txt")]).lines
    var reader = InputReader([folder(name), folder("in/a.txt")])
    reader.batchBytes = 1
    var taken = 0
    while let batch = reader.next() {
      taken += batch.count
      var again = InputReader([folder(name), folder("in/a.txt")])
      try again.resume(at: batch.end)
      var rest: [String] = []
      while let batch = again.next() {
        for index in 0..<batch.count {
          let document = try batch.document(at: index)
          rest.append("\(document.id)=\(document.text)")
        }
      }
      #expect(rest == Array(whole[taken...]))
    }
    #expect(taken == whole.count)
  }

  @Test func whatIsCutOffFailsBehindWhatIsWhole() throws {
    let folder = try packed()
    for name in ["pax.tar", "pax.tgz", "a.zip"] {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder(name)))
      for part in [3, 5, 7] {
        try folder.write("cut-\(name)", bytes.prefix(bytes.count * part / 8))
        let reading = folder.read(["cut-\(name)", "in/a.txt"])
        #expect(reading.lines.last == "in/a.txt=one")
        #expect(reading.failures.count <= 1 && reading.failures.allSatisfy { $0.code == .damaged })
      }
    }
  }

  @Test func officeDocumentsAreNoArchives() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a.docx", [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 26) + Array("[Content_Types].xml".utf8))
    #expect(folder.read(["a.docx"]).failures.map(\.code) == [.binary])
  }

  @Test func aBombIsNotUnpackedAsAWhole() throws {
    let folder = try TemporaryFolder()
    let pack = """
      import sys, zipfile
      with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:
          z.writestr("a.txt", " " * 20_000_000)
          z.writestr("b.txt", "fine")
      """
    try #require(Process("python3", "-c", pack, folder("a.zip")).finish().status == 0)
    let reading = folder.read(["a.zip"], InputSettings(maxDocumentBytes: 1000))
    #expect(reading.failures.map(\.code) == [.tooLarge])
    #expect(reading.lines.last == "a.zip/b.txt=fine")
  }
}
