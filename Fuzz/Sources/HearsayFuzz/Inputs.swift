import Foundation
import Hearsay
import HearsayStreams

extension FuzzTarget {
  /// A file of each format that holds many records.
  static let inputs = InputFormats.all.filter(\.hasManyRecords).map { format in
    let file = InputFile(of: format)
    return FuzzTarget(name: format.name) { checkReads($0, file) }
  }
}

/// The file in which a reader finds the bytes; one for each process.
private struct InputFile {
  let path: String

  init(of format: InputFormat) {
    path = NSTemporaryDirectory() + "hearsay-fuzz-\(getpid()).\(format.fileExtensions.first ?? format.name)"
  }
}

/// Reads the bytes as a file, whole and in small pieces: the documents must be the same, and so must those after any
/// position where a run can resume.
private func checkReads(_ bytes: [UInt8], _ file: InputFile) {
  guard (try? Data(bytes).write(to: URL(fileURLWithPath: file.path))) != nil else { return }
  // The choices depend on the input alone, so that a finding is reproducible.
  let piece = 1 + bytes.count % 64
  let limit = bytes.count.isMultiple(of: 3) ? 100 : 100_000
  let settings = InputSettings(maxDocumentBytes: limit)
  let whole = read(file.path, settings, atATime: 262_144)
  let pieces = read(file.path, settings, atATime: piece)
  check(whole.lines == pieces.lines, "the size of the reads changes the documents:\n\(whole.lines)\n\(pieces.lines)")
  guard !pieces.ends.isEmpty else { return }
  let (position, count) = pieces.ends[Int(bytes.last ?? 0) % pieces.ends.count]
  let rest = read(file.path, settings, atATime: 262_144, from: position)
  check(
    rest.lines == Array(whole.lines[count...]),
    "a run that resumes after \(count) records reads others:\n\(whole.lines)\n\(rest.lines)")
}

private func read(
  _ path: String, _ settings: InputSettings, atATime byteCount: Int, from position: InputPosition? = nil
) -> (lines: [String], ends: [(InputPosition, Int)]) {
  var reader = InputReader([path], settings: settings, readBytes: byteCount)
  reader.batchSize = BatchSize(bytes: byteCount)
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
