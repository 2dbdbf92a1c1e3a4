internal import CZlib

/// Decompresses gzip of any number of members (RFC 1952), and the two forms of `deflate` that web servers send.
@safe public struct Inflater: ~Copyable, Decompressor {
  /// What stands around the compressed blocks.
  public enum Wrapper: Sendable {
    /// RFC 1952.
    case gzip
    /// RFC 1950, which HTTP calls `deflate`.
    case zlib
    /// Nothing (RFC 1951), which some servers take `deflate` for.
    case none
  }

  // On the heap, as the library keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>
  private let wrapper: Wrapper
  private var isOpen = true
  /// Whether a member was read as a whole.
  private var hasMember = false

  public var isAtEnd: Bool { !isOpen }

  public init(_ wrapper: Wrapper = .gzip) throws(CompressionError) {
    self.wrapper = wrapper
    unsafe stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let bits: Int32 =
      switch wrapper {
      case .gzip: 15 + 16
      case .zlib: 15
      case .none: -15
      }
    guard unsafe inflateInit2_(stream, bits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .noMemory
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  public mutating func decompress(
    _ input: Swift.Span<UInt8>, into output: inout [UInt8], atMost most: Int
  ) throws(CompressionError) -> Int {
    var taken = 0
    var appended = 0
    while appended < most {
      if !isOpen {
        // Zeros behind the last member are padding of tapes and disks.
        while taken < input.count, hasMember, input[taken] == 0 { taken += 1 }
        guard taken < input.count else { break }
        guard wrapper == .gzip else { throw .corrupt(name, "something stands behind its end") }
        unsafe inflateReset(stream)
        isOpen = true
      }
      let room = min(most - appended, stepBytes)
      let rest = input.extracting(taken..<input.count)
      let before = output.count
      var status = Z_OK
      var used = 0
      output.append(addingCapacity: room) { space in
        unsafe space.withUnsafeMutableBufferPointer { buffer, initialized in
          unsafe rest.withUnsafeBufferPointer { source in
            let count = min(source.count, Int(UInt32.max))
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(count)
            unsafe stream.pointee.next_out = buffer.baseAddress.map { unsafe $0 + initialized }
            unsafe stream.pointee.avail_out = UInt32(room)
            status = unsafe inflate(stream, Z_NO_FLUSH)
            used = unsafe count - Int(stream.pointee.avail_in)
            initialized += unsafe room - Int(stream.pointee.avail_out)
          }
        }
      }
      taken += used
      appended += output.count - before
      switch status {
      case Z_STREAM_END:
        isOpen = false
        hasMember = true
      case Z_OK where used > 0 || output.count > before: continue
      case Z_OK, Z_BUF_ERROR: return taken
      default: throw .corrupt(name, reason)
      }
    }
    return taken
  }

  private var name: String { wrapper == .gzip ? "gzip" : "deflate" }

  private var reason: String {
    guard let message = unsafe stream.pointee.msg else { return "its blocks make no sense" }
    return unsafe String(cString: message)
  }
}
