import Foundation
import Hearsay
import HearsayStreams

extension FuzzTarget {
  /// A CSV file.
  static let csv = FuzzTarget(name: "csv") { checkReads($0, InputFile(extension: "csv")) }
  /// A web archive.
  static let warc = FuzzTarget(name: "warc") { checkReads($0, InputFile(extension: "warc")) }
}

/// Where the bytes stand for a reader; one for each process.
private struct InputFile {
  let path: String

  init(extension name: String) { path = NSTemporaryDirectory() + "hearsay-fuzz-\(getpid()).\(name)" }
}

/// Reads the bytes as a file, whole and in small pieces: the documents must be the same, and so must those behind any
/// place that a run could be taken up at.
private func checkReads(_ bytes: [UInt8], _ file: InputFile) {
  guard (try? Data(bytes).write(to: URL(fileURLWithPath: file.path))) != nil else { return }
  // The input itself is what the choices are made by, so that a finding can be had again.
  let piece = 1 + bytes.count % 64
  let limit = bytes.count.isMultiple(of: 3) ? 100 : 100_000
  let settings = InputSettings(maxDocumentBytes: limit)
  let whole = read(file.path, settings, atATime: 262_144)
  let pieces = read(file.path, settings, atATime: piece)
  check(whole.lines == pieces.lines, "the cuts show:\n\(whole.lines)\n\(pieces.lines)")
  guard !pieces.ends.isEmpty else { return }
  let (position, count) = pieces.ends[Int(bytes.last ?? 0) % pieces.ends.count]
  let rest = read(file.path, settings, atATime: 262_144, from: position)
  check(
    rest.lines == Array(whole.lines[count...]),
    "a run that is taken up behind \(count) reads otherwise:\n\(whole.lines)\n\(rest.lines)")
}

private func read(
  _ path: String, _ settings: InputSettings, atATime byteCount: Int, from position: InputPosition? = nil
) -> (lines: [String], ends: [(InputPosition, Int)]) {
  var reader = InputReader([path], settings: settings, readBytes: byteCount)
  reader.batchBytes = byteCount
  if let position { try? reader.resume(at: position) }
  var lines: [String] = []
  var ends: [(InputPosition, Int)] = []
  while let batch = reader.next() {
    for index in 0..<batch.count {
      do throws(InputError) {
        let document = try batch.document(at: index)
        lines.append("\(document.id) \(document.metadata.json.json) \(document.text)")
      } catch {
        lines.append("\(error)")
      }
    }
    ends.append((batch.end, lines.count))
  }
  return (lines, ends)
}
