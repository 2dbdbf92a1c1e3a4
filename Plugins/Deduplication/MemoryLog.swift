import Foundation
import Hearsay

/// The remembered documents in a file of the run's folder: at each checkpoint those are added that are new.
///
/// The file is written anew, with the window alone, when it holds more than two windows. The one before it stays until
/// the next checkpoint, as the journal may still name it.
struct MemoryLog: Sendable {
  private let folder: String
  private let window: Int
  private var generation = 0
  private var length = 0
  /// Of the file's bytes.
  private var hash = XXH64()
  /// The first document that is not in the file, and the first that is.
  private var logged = 0
  private var first = 0

  init(folder: String, window: Int) {
    self.folder = folder
    self.window = window
  }

  /// Adds what is new, waits until it is on the disk, and gives what `restore` needs.
  mutating func checkpoint(_ memory: Memory) throws -> [UInt8] {
    let isFull = generation == 0 || memory.count - first > 2 * window
    if isFull {
      if generation > 1 { _ = unsafe unlink(path(generation - 1)) }
      generation += 1
      first = max(0, memory.count - window)
      (logged, length, hash) = (first, 0, XXH64())
    }
    let bytes = memory.encoded(from: logged)
    let descriptor = unsafe open(path(generation), O_WRONLY | O_CREAT | O_CLOEXEC | (isFull ? O_TRUNC : 0), 0o644)
    guard descriptor >= 0 else { throw failure("open") }
    defer { close(descriptor) }
    // What a run that broke off wrote after its checkpoint is written over.
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe pwrite(
          descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done, off_t(length + done))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("write") }
      done += count
    }
    guard fsync(descriptor) == 0 else { throw failure("write") }
    if isFull { try OutputFolder.sync([folder]) }
    length += bytes.count
    hash.update(bytes.span)
    logged = memory.count
    return Array("\(generation) \(length) \(first) \(logged) \(hash.digest)".utf8)
  }

  /// Brings back what was remembered at the checkpoint.
  mutating func restore(_ memory: inout Memory, from checkpoint: ArraySlice<UInt8>) throws {
    let words = String(decoding: checkpoint, as: UTF8.self).split(separator: " ")
    let numbers = words.prefix(4).compactMap { Int($0) }
    guard numbers.count == 4, words.count == 5 else { throw Self.lost(folder) }
    (generation, length, first, logged) = (numbers[0], numbers[1], numbers[2], numbers[3])
    let bytes = (try? [UInt8](Data(contentsOf: URL(fileURLWithPath: path(generation))))) ?? []
    guard length >= 0, bytes.count >= length else { throw Self.lost(path(generation)) }
    hash = XXH64()
    hash.update(bytes.span.extracting(0..<length))
    guard hash.digest == words[4], memory.restore(Array(bytes.prefix(length))), memory.count == logged || length == 0
    else { throw Self.lost(path(generation)) }
  }

  private func path(_ generation: Int) -> String { "\(folder)/remembered-\(generation)" }

  private func failure(_ action: String) -> OutputError {
    OutputError(path: path(generation), action: action, code: errno)
  }

  static func lost(_ path: String) -> StageError {
    StageError("'\(path)', which the run needs to go on, is gone or was changed; start the run anew")
  }
}
