/// Writes a zip archive without compression.
struct ZipFile {
  /// The entries, each with its header.
  private(set) var entries: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  static let utf8: UInt16 = 0x800

  /// - Parameters:
  ///   - flags: `utf8` where the name is declared as UTF-8.
  ///   - isListed: Whether the entry is in the directory; a deleted one is not.
  mutating func add(_ name: [UInt8], _ content: [UInt8], flags: UInt16 = 0, isListed: Bool = true, times: Int = 1) {
    let offset = entries.count
    let common =
      Self.two(20) + Self.two(flags) + Self.two(0) + Self.two(0) + Self.two(0x21) + Self.four(Self.checksum(content))
      + Self.four(UInt32(content.count)) + Self.four(UInt32(content.count)) + Self.two(UInt16(name.count)) + Self.two(0)
    entries += [0x50, 0x4B, 3, 4] + common + name + content
    guard isListed else { return }
    for _ in 0..<times {
      directory += [0x50, 0x4B, 1, 2] + Self.two(20) + common + Self.two(0) + Self.two(0) + Self.two(0) + Self.four(0)
      directory += Self.four(UInt32(offset)) + name
      count += 1
    }
  }

  mutating func add(_ name: String, _ content: String, isListed: Bool = true, times: Int = 1) {
    add(Array(name.utf8), Array(content.utf8), isListed: isListed, times: times)
  }

  /// The whole file.
  var bytes: [UInt8] {
    entries + directory + [0x50, 0x4B, 5, 6] + Self.two(0) + Self.two(0) + Self.two(UInt16(count))
      + Self.two(UInt16(count)) + Self.four(UInt32(directory.count)) + Self.four(UInt32(entries.count)) + Self.two(0)
  }

  private static func two(_ number: UInt16) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8)] }
  private static func four(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> (8 * $0) & 0xFF) } }

  /// CRC-32, one bit at a time.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~sum
  }
}

/// Writes a tar archive (ustar).
enum TarFile {
  static func entry(_ name: [UInt8], _ content: [UInt8]) -> [UInt8] {
    header(name, size: content.count) + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  static func header(_ name: String, size: Int) -> [UInt8] { header(Array(name.utf8), size: size) }

  static func header(_ name: [UInt8], size: Int) -> [UInt8] {
    func octal(_ number: Int, _ count: Int) -> [UInt8] {
      let digits = String(number, radix: 8)
      return Array((String(repeating: "0", count: count - 1 - digits.count) + digits).utf8) + [0]
    }
    var head = name + [UInt8](repeating: 0, count: 100 - name.count)
    head += octal(0o644, 8) + octal(0, 8) + octal(0, 8) + octal(size, 12) + octal(0, 12)
    head += Array("        0".utf8) + [UInt8](repeating: 0, count: 100) + Array("ustar\u{0}00".utf8)
    head += [UInt8](repeating: 0, count: 512 - head.count)
    let sum = head.reduce(0) { $0 + Int($1) }
    head.replaceSubrange(148..<156, with: octal(sum, 7) + [0x20])
    return head
  }
}
