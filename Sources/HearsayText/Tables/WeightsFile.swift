import Foundation
import Hearsay

/// Trained weights with a header that says what they are, from a file or embedded in the binary.
///
/// The header has 32 bytes, little-endian; the weights (the payload) come directly after it:
///
/// | bytes | content |
/// | --- | --- |
/// | 0..<8 | the magic `HEARSAYW` |
/// | 8..<12 | the kind of model: `Kind` |
/// | 12..<16 | the version of that kind's format |
/// | 16..<24 | the number of bytes of the payload |
/// | 24..<32 | XXH64 of the payload, seed 0 |
@safe public final class WeightsFile: @unchecked Sendable {  // The bytes never change.
  /// The model that weights belong to.
  public enum Kind: UInt32, Sendable, CaseIterable, CustomStringConvertible {
    case sentences = 1
    case quotes = 2
    case stance = 3

    public var description: String {
      switch self {
      case .sentences: "the sentence model"
      case .quotes: "the quote model"
      case .stance: "the stance model"
      }
    }
  }

  /// What a reader accepts.
  public struct Format: Sendable, Hashable {
    public var kind: Kind
    public var version: UInt32
    /// The exact number of bytes of the payload.
    public var payloadBytes: Int

    public init(_ kind: Kind, version: UInt32, payloadBytes: Int) {
      self.kind = kind
      self.version = version
      self.payloadBytes = payloadBytes
    }
  }

  public static let headerBytes = 32
  private static let magic = Array("HEARSAYW".utf8)

  /// The path, or the name of the embedded file.
  public let name: String
  /// The weights; valid as long as this object lives.
  public let payload: UnsafeBufferPointer<UInt8>
  /// The memory of a file's bytes; `nil` for embedded ones.
  private let allocation: UnsafeMutableBufferPointer<UInt8>?

  /// Checks weights in memory that outlives this object, such as an embedded file.
  ///
  /// - Parameter name: For messages.
  public init(embedded bytes: UnsafeBufferPointer<UInt8>, name: String, format: Format) throws(WeightsError) {
    self.name = name
    unsafe allocation = nil
    unsafe payload = try Self.checkedPayload(of: bytes, name, format)
  }

  /// Reads a file and checks it.
  public convenience init(path: String, format: Format) throws(WeightsError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw WeightsError(path, .unreadable(code: errno)) }
    defer { _ = close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw WeightsError(path, .unreadable(code: errno)) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw WeightsError(path, .notAFile) }
    let size = Int(status.st_size)
    guard size >= Self.headerBytes else { throw WeightsError(path, .noHeader) }
    // A file of another size is described by its header, and read no further.
    let wanted = min(size, Self.headerBytes + format.payloadBytes)
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: wanted)
    do throws(WeightsError) {
      try unsafe Self.fill(bytes, from: descriptor, path)
      try unsafe self.init(allocation: bytes, fileBytes: size, name: path, format: format)
    } catch {
      unsafe bytes.deallocate()
      throw error
    }
  }

  private init(
    allocation bytes: UnsafeMutableBufferPointer<UInt8>, fileBytes: Int, name: String, format: Format
  ) throws(WeightsError) {
    let checked = try unsafe Self.checkedPayload(of: UnsafeBufferPointer(bytes), fileBytes: fileBytes, name, format)
    self.name = name
    unsafe payload = checked
    unsafe allocation = bytes
  }

  deinit { unsafe allocation?.deallocate() }

  /// The header and the payload, as a training program writes them.
  public static func encoded(_ payload: [UInt8], _ kind: Kind, version: UInt32) -> [UInt8] {
    func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
      (0..<Value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> Value($0 * 8)) }
    }
    return magic + littleEndian(kind.rawValue) + littleEndian(version) + littleEndian(UInt64(payload.count))
      + littleEndian(XXH64.hash(payload.span)) + payload
  }

  private static func fill(
    _ bytes: UnsafeMutableBufferPointer<UInt8>, from descriptor: Int32, _ path: String
  ) throws(WeightsError) {
    var count = 0
    while count < bytes.count {
      guard let start = bytes.baseAddress else { return }
      let read = unsafe read(descriptor, start + count, bytes.count - count)
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw WeightsError(path, .unreadable(code: errno)) }
      guard read > 0 else { throw WeightsError(path, .changedWhileRead) }
      count += read
    }
  }

  /// - Parameter fileBytes: The size of the whole file, of which `bytes` may be the beginning.
  private static func checkedPayload(
    of bytes: UnsafeBufferPointer<UInt8>, fileBytes: Int? = nil, _ name: String, _ format: Format
  ) throws(WeightsError) -> UnsafeBufferPointer<UInt8> {
    func number(_ range: Range<Int>) -> UInt64 {
      range.reversed().reduce(0) { unsafe $0 << 8 | UInt64(bytes[$1]) }
    }
    guard bytes.count >= headerBytes, unsafe bytes[..<magic.count].elementsEqual(magic) else {
      throw WeightsError(name, .noHeader)
    }
    let kind = UInt32(truncatingIfNeeded: number(8..<12))
    guard kind == format.kind.rawValue else {
      throw WeightsError(name, .kind(expected: format.kind, found: Kind(rawValue: kind), number: kind))
    }
    let version = UInt32(truncatingIfNeeded: number(12..<16))
    guard version == format.version else {
      throw WeightsError(name, .version(expected: format.version, found: version, of: format.kind))
    }
    let announced = number(16..<24)
    guard announced == UInt64(format.payloadBytes) else {
      throw WeightsError(name, .size(expected: format.payloadBytes, found: announced, of: format.kind))
    }
    let present = (fileBytes ?? bytes.count) - headerBytes
    guard present == format.payloadBytes else {
      throw WeightsError(name, .length(expected: format.payloadBytes, found: present))
    }
    let payload = unsafe UnsafeBufferPointer(rebasing: bytes[headerBytes...])
    let (expected, found) = (number(24..<32), unsafe XXH64.hash(payload.span))
    guard found == expected else { throw WeightsError(name, .hash(expected: expected, found: found)) }
    return unsafe payload
  }
}

/// Why weights cannot be used.
public struct WeightsError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Reason: Hashable, Sendable {
    /// The file cannot be opened or read, with the system's error code.
    case unreadable(code: Int32)
    case notAFile
    case changedWhileRead
    case noHeader
    /// The weights are another model's; `found` is `nil` for a model that is not known.
    case kind(expected: WeightsFile.Kind, found: WeightsFile.Kind?, number: UInt32)
    case version(expected: UInt32, found: UInt32, of: WeightsFile.Kind)
    /// The header announces a payload that the model does not have.
    case size(expected: Int, found: UInt64, of: WeightsFile.Kind)
    /// The file is shorter or longer than its header announces.
    case length(expected: Int, found: Int)
    case hash(expected: UInt64, found: UInt64)
  }

  /// The path, or the name of the embedded file.
  public var name: String
  public var reason: Reason

  public init(_ name: String, _ reason: Reason) {
    self.name = name
    self.reason = reason
  }

  public var description: String {
    switch reason {
    case .unreadable(let code):
      "cannot read the weights '\(name)': \(unsafe String(cString: strerror(code)).lowercased())"
    case .notAFile: "cannot read the weights '\(name)': it is not a regular file"
    case .changedWhileRead: "cannot read the weights '\(name)': the file became shorter while it was read"
    case .noHeader: "'\(name)' is not a file of weights: it does not begin with 'HEARSAYW'"
    case .kind(let expected, let found, let number):
      "'\(name)' has the weights of \(found?.description ?? "an unknown model (kind \(number))"), not of \(expected)"
    case .version(let expected, let found, let kind):
      "'\(name)' has version \(found) of the weights of \(kind); this program reads version \(expected)"
    case .size(let expected, let found, let kind):
      "'\(name)' announces \(found) bytes of weights; \(kind) has \(expected)"
    case .length(let expected, let found):
      found < expected
        ? "'\(name)' is too short: its header announces \(expected) bytes of weights, it has \(max(found, 0))"
        : "'\(name)' is too long: its header announces \(expected) bytes of weights, it has \(found)"
    case .hash(let expected, let found):
      "'\(name)' is damaged: the hash of its weights is \(hexadecimal(found)), its header has \(hexadecimal(expected))"
    }
  }

  private func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
