/// The end record of a zip file (APPNOTE.TXT 4.3.16), which holds the offset of the directory.
enum ZipEnd {
  private static let recordBytes = 22
  private static let longestComment = 65_535

  /// Whether the file ends with its own end record, right after its own directory. A truncated file may hold
  /// the end record of an archive in it, which must not be taken for its own.
  static func isWhole(_ file: OpenFile) -> Bool {
    guard let size = file.size, size >= recordBytes else { return false }
    let start = max(0, size - recordBytes - longestComment)
    guard let tail = file.bytes(at: start, count: size - start), tail.count >= recordBytes else { return false }
    func number(_ offset: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(tail[offset + $1]) << (8 * $1) }
    }
    for i in stride(from: tail.count - recordBytes, through: 0, by: -1)
    where tail[i...].starts(with: [0x50, 0x4B, 0x05, 0x06]) && i + recordBytes + number(i + 20, 2) == tail.count {
      let (length, offset) = (number(i + 12, 4), number(i + 16, 4))
      // In a large archive (zip64) another record holds the numbers, and a pointer to it precedes this one.
      let isLarge = i >= 20 && tail[(i - 20)...].starts(with: [0x50, 0x4B, 0x06, 0x07])
      return isLarge || offset + length == start + i
    }
    return false
  }
}
