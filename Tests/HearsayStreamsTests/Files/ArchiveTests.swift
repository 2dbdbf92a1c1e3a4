import Foundation
import Hearsay
@testable import HearsayStreams
import TestSupport
import Testing

@Suite("The files in archives are read")
struct ArchiveTests {
  /// A folder of articles, packed by the system's programs.
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

  @Test("A reader resumes within an archive", arguments: ["pax.tar", "pax.tgz", "a.zip"])
  func resumed(_ name: String) throws {
    let folder = try packed()
    let whole = Reading([folder(name), folder("in/a.txt")]).lines
    var reader = InputReader([folder(name), folder("in/a.txt")])
    reader.batchSize = BatchSize(bytes: 1)
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

  @Test("Names beyond ASCII are kept", arguments: ["zip", "tar"])
  func names(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let rows = Array("text\none\n".utf8)
    var zip = ZipFile()
    zip.add(Array("größe/я.csv".utf8), rows, flags: ZipFile.utf8)
    zip.add(Array("日本.csv".utf8), rows)
    // As old archivers wrote it, in CP437; the names in a tar archive have no declared encoding.
    let old: [UInt8] = [0x81, 0x62, 0x65, 0x72, 0x2E, 0x63, 0x73, 0x76]
    zip.add(old, rows)
    let tar = ["größe/я.csv", "日本.csv"].flatMap { TarFile.entry(Array($0.utf8), rows) } + TarFile.entry(old, rows)
    try folder.write("a.\(kind)", kind == "zip" ? zip.bytes : tar + [UInt8](repeating: 0, count: 1024))
    let third = kind == "zip" ? "über.csv" : "\u{FFFD}ber.csv"
    let expected = ["größe/я.csv#0=one", "日本.csv#0=one", "\(third)#0=one"].map { "a.\(kind)/\($0)" }
    #expect(folder.read(["a.\(kind)"]).lines == expected)
  }

  @Test func namesInPaxHeadersAreKept() throws {
    let folder = try TemporaryFolder()
    try folder.write("größe/я.csv", "text\none\n")
    let pack = """
      import sys, tarfile
      with tarfile.open(sys.argv[1] + "/a.tar", "w", format=tarfile.PAX_FORMAT) as t:
          t.add(sys.argv[1] + "/größe/я.csv", "größe/я.csv")
      """
    try #require(Process("python3", "-X", "utf8", "-c", pack, folder.path).finish().status == 0)
    #expect(folder.read(["a.tar"]).lines == ["a.tar/größe/я.csv#0=one"])
  }

  @Test("Entries that were deleted or replaced are not read", arguments: [64, 524_288])
  func deletedEntries(readBytes: Int) throws {
    let folder = try TemporaryFolder()
    var zip = ZipFile()
    zip.add("a.txt", "old", isListed: false)
    zip.add("b.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n")
    zip.add("c.txt", "deleted", isListed: false)
    zip.add("a.txt", "new")
    zip.add("d.txt", "last")
    try folder.write("a.zip", zip.bytes)
    let lines = ["b.jsonl#0=one", "b.jsonl#1=two", "a.txt=new", "d.txt=last"].map { "a.zip/\($0)" }
    #expect(folder.read(["a.zip"], readBytes: readBytes).lines == lines)
    // A reader that resumes counts the files in the same way.
    var reader = InputReader([folder("a.zip")], readBytes: readBytes)
    reader.batchSize = BatchSize(bytes: 1)
    var taken = 0
    while let batch = reader.next() {
      taken += batch.count
      let rest = try Reading([folder("a.zip")], readBytes: readBytes, from: batch.end)
      #expect(rest.documents.map(\.text) == Array(["one", "two", "new", "last"][taken...]))
    }
    #expect(taken == 4)
  }

  /// A pipe cannot be read from its end, where the directory is.
  @Test func aPipeIsReadFromFirstToLast() throws {
    let folder = try TemporaryFolder()
    var zip = ZipFile()
    zip.add("a.txt", "old", isListed: false)
    zip.add("a.txt", "new")
    var reader = InputReader(of: PieceSource(zip.bytes) { 50 }, named: folder("a.zip"))
    var texts: [String] = []
    while let batch = reader.next() {
      for index in 0..<batch.count { texts.append(try batch.document(at: index).text) }
    }
    #expect(texts == ["old", "new"] && reader.isAtEnd)
  }

  @Test func encryptedFilesFailAlone() throws {
    let folder = try TemporaryFolder()
    var zip = ZipFile()
    zip.add("a.txt", "one")
    zip.add(Array("b.txt".utf8), [UInt8](repeating: 7, count: 40), flags: 1)
    zip.add("c.txt", "three")
    try folder.write("a.zip", zip.bytes)
    let reading = folder.read(["a.zip"])
    #expect(reading.documents.map(\.text) == ["one", "three"])
    #expect(reading.failures.map(\.problem) == ["is encrypted"])
  }

  @Test func whatIsListedTwiceIsReadOrFails() throws {
    let folder = try TemporaryFolder()
    var zip = ZipFile()
    zip.add("a.txt", "one", times: 3)
    zip.add("a.txt", "two")
    zip.add("", "no name")
    zip.add("a.txt/b.txt", "three")
    try folder.write("a.zip", zip.bytes)
    let lines = folder.read(["a.zip"]).lines
    #expect(lines.first == "a.zip/a.txt=one" && lines.last == "a.zip/a.txt/b.txt=three")
    #expect(lines.contains("a.zip/a.txt=two"))
  }

  @Test("A damaged directory costs no file", arguments: [0, 1, 42, 46])
  func damagedDirectory(offset: Int) throws {
    let folder = try TemporaryFolder()
    var zip = ZipFile()
    zip.add("a.txt", "one")
    zip.add("b.txt", "two")
    var bytes = zip.bytes
    bytes[zip.entries.count + offset] ^= 0xFF
    try folder.write("a.zip", bytes)
    let reading = folder.read(["a.zip", "a.zip"])
    #expect(reading.documents.count >= 2)
    #expect(reading.failures.allSatisfy { $0.code == .damaged })
    if offset < 42 {
      #expect(reading.documents.map(\.text) == ["one", "two", "one", "two"])
      #expect(reading.failures.count == 2)
    }
  }

  /// Any byte may be wrong: nothing traps, and the next input is read.
  @Test func anyByteMayBeWrong() throws {
    let folder = try TemporaryFolder()
    try folder.write("b.txt", "fine")
    var zip = ZipFile()
    zip.add("a.txt", "one")
    zip.add("ä.jsonl", "{\"text\":\"two\"}")
    let bytes = zip.bytes
    for index in bytes.indices.dropFirst(4) {
      for wrong in [bytes[index] ^ 0xFF, 0x7F, 0] {
        var damaged = bytes
        damaged[index] = wrong
        try folder.write("a.zip", damaged)
        let reading = folder.read(["a.zip", "b.txt"])
        #expect(reading.lines.last == "b.txt=fine" && reading.isAtEnd)
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
