import Foundation
import Hearsay
import TestSupport
import Testing

@testable import HearsayStreams

@Suite("A reader resumes in a pipe only where the same bytes come again")
struct StreamPositionTests {
  /// The contents of a pipe, longer than what a reader reads ahead.
  static let kinds = ["a.jsonl", "a.csv", "a.jsonl.gz", "a.csv.zst", "a.zip", "a.tar", "a.tar.gz", "a.warc", "a.txt"]

  private static func content(_ kind: String) throws -> [UInt8] {
    var random = SplitMix(seed: 5)
    func words() -> String { (0..<40).map { _ in String(random.next(), radix: 36) }.joined(separator: " ") }
    let lines = (0..<600).map { "{\"text\":\"\($0) \(words())\"}\n" }.joined()
    let rows = "text,by\r\n" + (0..<600).map { "\"\($0)\n\(words())\",x\r\n" }.joined()
    var zip = ZipFile()
    for number in 0..<30 { zip.add("\(number).txt", words() + lines.prefix(10_000)) }
    zip.add("c.jsonl", lines)
    let tar =
      (0..<30).flatMap { TarFile.entry(Array("\($0).txt".utf8), Array((words() + lines.prefix(10_000)).utf8)) }
      + TarFile.entry(Array("c.jsonl".utf8), Array(lines.utf8)) + [UInt8](repeating: 0, count: 1024)
    let web = (0..<200).map { number in
      let (type, length) = number % 3 == 1 ? ("request", 3000) : ("resource", 2000)
      return "WARC/1.0\r\nWARC-Type: \(type)\r\nContent-Type: text/plain\r\nContent-Length: \(length)\r\n\r\n"
        + String(repeating: "\(number % 10)", count: length) + "\r\n\r\n"
    }.joined()
    return switch kind {
    case "a.jsonl": Array(lines.utf8)
    case "a.csv": Array(rows.utf8)
    case "a.jsonl.gz": try gzip(lines)
    case "a.csv.zst": try zstd(rows)
    case "a.zip": zip.bytes
    case "a.tar": tar
    case "a.tar.gz": try gzip(tar)
    case "a.warc": Array(web.utf8)
    default: Array(lines.utf8)
    }
  }

  /// A named pipe into which a thread writes once, for as long as it is read.
  private func pipe(_ folder: TemporaryFolder, _ kind: String, _ bytes: some Sequence<UInt8>) throws -> String {
    signal(SIGPIPE, SIG_IGN)
    let path = folder(kind)
    unsafe unlink(path)
    try #require(unsafe mkfifo(path, 0o600) == 0)
    let data = Data(bytes)
    Thread { try? FileHandle(forWritingAtPath: path)?.write(contentsOf: data) }.start()
    return path
  }

  private func position(_ batch: RawBatch) throws -> InputPosition {
    // Through JSON and back, as in a journal.
    try JSONDecoder().decode(InputPosition.self, from: JSONEncoder().encode(batch.end))
  }

  @Test("The same bytes resume", arguments: kinds)
  func sameBytes(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.content(kind)
    let settings = InputSettings(maxDocumentBytes: 1_000_000)
    let whole = try Reading([pipe(folder, kind, bytes)], settings, readBytes: 4096, batchBytes: 20_000, from: nil)
    #expect(whole.failures.isEmpty && whole.documents.count == whole.lines.count)
    var taken = 0
    for (index, batch) in whole.batches.enumerated() {
      taken += batch.count
      let position = try position(batch)
      #expect((position.prefix == nil) == (position.input == nil))
      guard index % 5 == 0 || index == whole.batches.count - 1 else { continue }
      let rest = try Reading([pipe(folder, kind, bytes)], settings, readBytes: 1000, from: position)
      #expect(rest.lines == Array(whole.lines[taken...]) && rest.isAtEnd)
      #expect(rest.batches.last?.end.taken ?? position.taken == whole.lines.count)
    }
  }

  @Test("Other bytes do not, nor do fewer", arguments: kinds.filter { $0 != "a.txt" })
  func otherBytes(_ kind: String) throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.content(kind)
    var reader = try InputReader([pipe(folder, kind, bytes)], readBytes: 4096)
    reader.batchSize = BatchSize(bytes: 20_000)
    var last: InputPosition?
    while last?.taken ?? 0 < 20, let batch = reader.next() { last = try position(batch) }
    let position = try #require(last)
    let prefix = try #require(position.prefix)
    #expect(prefix.byteCount > 10_000 && prefix.byteCount < bytes.count)
    while reader.next() != nil {}
    var other = bytes
    for place in [0, prefix.byteCount / 2, prefix.byteCount - 1] {
      other = bytes
      other[place] ^= 1
      #expect(throws: InputError.self, "\(place)") { try resume(folder, kind, other, position) }
    }
    #expect(throws: InputError.self) {
      try resume(folder, kind, [UInt8](repeating: 0x20, count: bytes.count), position)
    }
    for count in [0, 10, prefix.byteCount / 2, prefix.byteCount - 1] {
      #expect(throws: InputError.self, "\(count)") { try resume(folder, kind, bytes[..<count], position) }
    }
    // What was not read may differ.
    other = bytes
    other[prefix.byteCount] ^= 1
    try resume(folder, kind, other, position)
  }

  private func resume(
    _ folder: TemporaryFolder, _ kind: String, _ bytes: some Sequence<UInt8>, _ position: InputPosition
  ) throws {
    var reader = try InputReader([pipe(folder, kind, bytes)], readBytes: 1000)
    do throws(InputError) {
      try reader.resume(at: position)
    } catch {
      #expect(error.code == .changed && error.path == folder(kind))
      throw error
    }
  }

  @Test func theWaitForTheSameBytesCanBeEnded() throws {
    let folder = try TemporaryFolder()
    let bytes = try Self.content("a.jsonl")
    var reader = try InputReader([pipe(folder, "a.jsonl", bytes)])
    reader.batchSize = BatchSize(bytes: 20_000)
    let batch = reader.next()
    let position = try #require(batch).end
    while reader.next() != nil {}
    // Open at both ends, and silent after some bytes.
    unsafe unlink(folder("a.jsonl"))
    #expect(unsafe mkfifo(folder("a.jsonl"), 0o600) == 0)
    let descriptor = unsafe open(folder("a.jsonl"), O_RDWR)
    defer { close(descriptor) }
    _ = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, 1000) }
    let end = ContinuousClock.now + .milliseconds(300)
    var again = InputReader([folder("a.jsonl")]) { ContinuousClock.now > end }
    let error = #expect(throws: InputError.self) { try again.resume(at: position) }
    #expect(error?.code == .interrupted)
  }

  @Test func aPipeThatIsDoneIsNotReadAgain() throws {
    let folder = try TemporaryFolder()
    try folder.write("b.jsonl", (0..<5).map { "{\"text\":\"\($0)\"}\n" }.joined())
    let path = try pipe(folder, "a.jsonl", Self.content("a.jsonl"))
    var reader = InputReader([path, folder("b.jsonl")])
    reader.batchSize = BatchSize(bytes: 20)
    var last: InputPosition?
    while last?.item != 1 || last?.record != 2, let batch = reader.next() { last = batch.end }
    let position = try #require(last)
    #expect(position.prefix == nil)
    #expect(try Reading([path, folder("b.jsonl")], from: position).documents.map(\.text) == ["2", "3", "4"])
  }
}
