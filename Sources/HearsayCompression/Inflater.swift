internal import CZlib

/// Decompresses gzip of any number of members (RFC 1952), and the two forms of `deflate` that web servers send.
@safe public struct Inflater: ~Copyable, Decompressor {
  /// The format that wraps the compressed blocks.
  public enum Wrapper: Sendable {
    /// RFC 1952.
    case gzip
    /// RFC 1950, which HTTP calls `deflate`.
    case zlib
    /// No wrapper (RFC 1951), which some servers send as `deflate`.
    case none
  }

  private let stream = ZlibStream()
  private let wrapper: Wrapper
  private var isOpen = true
  /// Whether a member was read completely.
  private var hasMember = false

  public var isAtEnd: Bool { !isOpen }

  public init(_ wrapper: Wrapper = .gzip) throws(CompressionError) {
    self.wrapper = wrapper
    let bits: Int32 =
      switch wrapper {
      case .gzip: 15 + 16
      case .zlib: 15
      case .none: -15
      }
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit2_(stream.state, bits, ZLIB_VERSION, size) == Z_OK else { throw .noMemory }
  }

  deinit { unsafe inflateEnd(stream.state) }

  public mutating func decompress(
    _ input: Swift.Span<UInt8>, into output: inout [UInt8], atMost maximum: Int
  ) throws(CompressionError) -> Int {
    var consumed = 0
    var appended = 0
    while appended < maximum {
      if !isOpen {
        // Zeros after the last member are padding of tapes and disks.
        while consumed < input.count, hasMember, input[consumed] == 0 { consumed += 1 }
        guard consumed < input.count else { break }
        guard wrapper == .gzip else { throw .corrupt(name, "something stands behind its end") }
        unsafe inflateReset(stream.state)
        isOpen = true
      }
      let rest = input.extracting(consumed..<input.count)
      let before = output.count
      let step = unsafe stream.run(rest, into: &output, capacity: min(maximum - appended, stepBytes)) {
        unsafe inflate($0, Z_NO_FLUSH)
      }
      consumed += step.consumed
      appended += output.count - before
      switch step.status {
      case Z_STREAM_END:
        isOpen = false
        hasMember = true
      case Z_OK where step.consumed > 0 || output.count > before: continue
      case Z_OK, Z_BUF_ERROR: return consumed
      default: throw .corrupt(name, reason)
      }
    }
    return consumed
  }

  private var name: String { wrapper == .gzip ? "gzip" : "deflate" }

  private var reason: String {
    guard let message = unsafe stream.state.pointee.msg else { return "its blocks make no sense" }
    return unsafe String(cString: message)
  }
}
