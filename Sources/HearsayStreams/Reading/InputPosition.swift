internal import Hearsay

/// A position between two records of the inputs, from which a reader can resume: see `InputReader.resume(at:)`.
public struct InputPosition: Codable, Hashable, Sendable {
  /// The number of the input in the order of the walk, from 0: files, and failures in their place.
  public var item = 0
  /// That input as it was when it was opened; `nil` where it was not opened.
  public var input: InputFingerprint?
  /// What identifies an input without a length, such as a pipe: the bytes that were read of it.
  public var prefix: InputDigest?
  /// The file in an archive, from 0; `nil` in any other input.
  public var member: Int?
  /// How many bytes of the file were read, counted after decompression.
  public var byteOffset = 0
  /// The number of the next record in the file, from 0.
  public var record = 0
  /// The line on which the next record begins, from 1.
  public var line = 1
  /// Whether the record before was left out and not read to its end: the rest of its line is left out too. In a web
  /// archive the position is where that record should end, and the file may be truncated before.
  public var isWithinRecord = false
  /// How many records were returned in all.
  public var taken = 0
  /// A hash over path, size and date of all inputs before this one: a change to any of them changes it.
  public var trail: UInt64 = 0

  /// The beginning of the first input.
  public init() {}
}

/// Identifies the content of an input, to detect changes.
public struct InputFingerprint: Codable, Hashable, Sendable {
  /// The file; `stdin` for the standard input.
  public var path: String
  /// The length in bytes; `nil` where it is unknown, as of a pipe.
  public var byteCount: Int?
  /// When it was last changed, in nanoseconds since 1970; `nil` as above.
  public var modified: Int?
  /// XXH64 of the first and the last 64 KiB, in hexadecimal; `nil` as above.
  public var edges: String?

  init(path: String) { self.path = path }
}

/// The bytes of one input as they are stored, from the first to the last that was read.
public struct InputDigest: Codable, Hashable, Sendable {
  /// The length in bytes.
  public var byteCount: Int
  /// XXH64 of all bytes, in hexadecimal.
  public var hash: String
}

extension InputFingerprint {
  private static let edgeBytes = 65_536

  /// The fingerprint of an open file.
  init(_ path: String, _ file: OpenFile) {
    self.path = path
    guard let size = file.size else { return }
    byteCount = size
    modified = file.modified
    var hash = XXH64()
    for start in [0, max(size - Self.edgeBytes, 0)] {
      guard let edge = file.bytes(at: start, count: min(size, Self.edgeBytes)) else { return }
      hash.update(edge.span)
      if size <= Self.edgeBytes { break }
    }
    edges = hash.digest
  }
}

extension InputPosition {
  /// Moves past an item of the walk.
  mutating func pass(_ path: String, _ status: FileStatus?) {
    // The date of a pipe is that of the last write to it.
    let status = status.flatMap { $0.kind == .file ? $0 : nil }
    let description = "\(path)\u{0}\(status?.size ?? -1)\u{0}\(status?.modified ?? -1)"
    trail = XXH64.hash(Array(description.utf8).span, seed: trail)
    item += 1
    input = nil
    prefix = nil
    member = nil
    beginFile()
  }

  /// The position before the first byte of a file.
  mutating func beginFile() {
    byteOffset = 0
    record = 0
    line = 1
    isWithinRecord = false
  }
}

extension InputError {
  static func changed(_ path: String) -> Self {
    Self(
      .changed, path, "is not what it was when the run began",
      hint: "put the inputs back as they were, or begin the run anew")
  }
}
