import Foundation
import Hearsay
import HearsayStreams

/// A folder for one test, removed with it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "hearsay-streams-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, and creates its folders.
  @discardableResult
  func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = URL(fileURLWithPath: self(name))
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, text.utf8) }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: self(name), withDestinationPath: target)
  }

  /// What was read, with paths relative to this folder.
  func read(_ names: [String], _ settings: InputSettings = InputSettings(), readBytes: Int = 524_288) -> Reading {
    var reading = Reading(names.map { self($0) }, settings, readBytes: readBytes)
    reading.strip(path + "/")
    return reading
  }
}

/// Everything that was read from some inputs.
struct Reading {
  var documents: [Document] = []
  var failures: [InputError] = []
  var notices: [String] = []
  /// `id=text` of a document, `! message` of a failure, in order.
  var lines: [String] = []
  var batches: [RawBatch] = []
  var isAtEnd = false

  init(_ inputs: [String], _ settings: InputSettings = InputSettings(), readBytes: Int = 524_288) {
    read(InputReader(inputs, settings: settings, layers: Catalogue().layers, readBytes: readBytes))
  }

  /// What another reader of the inputs reads from that position on.
  init(
    _ inputs: [String], _ settings: InputSettings = InputSettings(), readBytes: Int = 524_288, batchBytes: Int? = nil,
    from position: InputPosition?
  ) throws {
    var reader = InputReader(inputs, settings: settings, readBytes: readBytes)
    if let batchBytes { reader.batchSize = BatchSize(bytes: batchBytes) }
    if let position { try reader.resume(at: position) }
    read(reader)
  }

  private mutating func read(_ reader: InputReader) {
    var reader = reader
    defer { isAtEnd = reader.isAtEnd }
    while let batch = reader.next() {
      batches.append(batch)
      notices += batch.notices.map(\.description)
      for index in 0..<batch.count {
        do throws(InputError) {
          let document = try batch.document(at: index)
          documents.append(document)
          lines.append("\(document.id)=\(document.text)")
        } catch {
          failures.append(error)
          lines.append("! \(error)")
        }
      }
    }
  }

  mutating func strip(_ prefix: String) {
    lines = lines.map { $0.replacingOccurrences(of: prefix, with: "") }
    notices = notices.map { $0.replacingOccurrences(of: prefix, with: "") }
  }
}
