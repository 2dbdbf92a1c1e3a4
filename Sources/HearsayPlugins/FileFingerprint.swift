import CHearsayPlugin
import Foundation
import Hearsay

/// The fingerprints in a library's file, found by their marker without loading the library.
///
/// To load a library runs its initialisers: by then it is too late to find that it is not for this process.
enum FileFingerprint {
  /// Fails where the file has no fingerprint, or none that is `ours`.
  ///
  /// - Complexity: Linear in the file's size, with memory for one chunk.
  static func check(_ path: String, ours: String) throws(PluginError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw PluginError(.notFound, path, "cannot be read") }
    defer { close(descriptor) }
    var other: String?
    var chunk: [UInt8] = []
    var bytesRead = 0
    while bytesRead < maximumBytes {
      // A marker and its text that the last chunk cut off are found again with what follows.
      chunk.removeFirst(max(0, chunk.count - overlap))
      let count = read(descriptor, appendingTo: &chunk)
      guard count >= 0 else { throw PluginError(.notFound, path, "cannot be read") }
      for text in texts(in: chunk) {
        if text == ours { return }
        other = other ?? text
      }
      if count == 0 { break }
      bytesRead += count
    }
    if let other { throw .wrongFingerprint(path, theirs: other, ours: ours) }
    throw .notAPlugin(path)
  }

  private static let marker = Array(HEARSAY_FINGERPRINT_MARKER.utf8)
  private static let chunkBytes = 1 << 20
  /// A library of more bytes than this is not read to its end.
  private static let maximumBytes = 4 << 30
  private static let maximumTextBytes = 1024
  private static let overlap = marker.count + maximumTextBytes + 1

  /// - Returns: How many bytes were read: 0 at the end of the file, less where it cannot be read.
  private static func read(_ descriptor: Int32, appendingTo chunk: inout [UInt8]) -> Int {
    let before = chunk.count
    chunk.append(contentsOf: repeatElement(0, count: chunkBytes))
    var count = -1
    repeat {
      count = unsafe chunk.withUnsafeMutableBytes { bytes in
        unsafe Foundation.read(descriptor, bytes.baseAddress.map { unsafe $0 + before }, chunkBytes)
      }
    } while count < 0 && errno == EINTR
    chunk.removeLast(chunkBytes - max(count, 0))
    return count
  }

  /// The texts after each marker that end in a zero byte. The bare marker, as in this program, is none.
  private static func texts(in chunk: [UInt8]) -> [String] {
    var texts: [String] = []
    var start = 0
    // The marker's last byte is sought: it is the rarest.
    while let last = chunk.span.offset(of: UInt8(ascii: ":"), from: start) {
      start = last + 1
      guard chunk[..<start].suffix(marker.count).elementsEqual(marker) else { continue }
      let text = chunk[start...].prefix(maximumTextBytes + 1)
      guard let end = text.firstIndex(of: 0), end > start else { continue }
      texts.append(String(decoding: text[..<end], as: UTF8.self))
    }
    return texts
  }
}
