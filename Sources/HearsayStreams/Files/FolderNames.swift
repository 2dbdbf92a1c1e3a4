#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The names in a folder, hidden ones too, sorted by their bytes, in bounded memory: of a large folder only the next
/// names are held, and each time that they run out, the folder is read again for those after the last.
struct FolderNames: Sendable {
  private let path: String
  private let window: Int
  private var names = PackedNames()
  private var position = 0
  /// Whether there are names after those that are held.
  private var hasMore = false

  /// - Parameter window: How many names are held; while the folder is read, up to twice as many.
  init(of path: String, window: Int = 131_072) throws(SystemError) {
    self.path = path
    self.window = max(window, 1)
    try fill(after: nil)
  }

  /// The next name; `nil` after the last. A name that is not UTF-8 contains U+FFFD, and fails as a file that does not
  /// exist.
  mutating func next() throws(SystemError) -> String? {
    if position == names.count, hasMore { try fill(after: names.last) }
    guard position < names.count else { return nil }
    position += 1
    return String(decoding: names[position - 1], as: UTF8.self)
  }

  /// Reads the first names after `last`.
  private mutating func fill(after last: [UInt8]?) throws(SystemError) {
    names = PackedNames()
    position = 0
    hasMore = false
    guard let folder = unsafe opendir(path) else { throw SystemError(errno) }
    defer { unsafe closedir(folder) }
    // Invariant: where names were dropped, all names below `bound` are held.
    var bound: [UInt8]?
    while let entry = unsafe readdir(folder) {
      let name = unsafe entry.pointee.name
      guard name != [0x2E], name != [0x2E, 0x2E] else { continue }
      if let last, !last.lexicographicallyPrecedes(name) { continue }
      if let bound, !name.lexicographicallyPrecedes(bound) { continue }
      names.append(name)
      if names.count >= 2 * window { bound = trim() }
    }
    names.sort()
    if names.count > window { _ = trim() }
  }

  /// Keeps the first names, as many as the window holds, and returns the last of them.
  private mutating func trim() -> [UInt8]? {
    names.sort()
    names.keepFirst(window)
    hasMore = true
    return names.last
  }
}

/// Many names in little memory.
private struct PackedNames: Sendable {
  private typealias NameRange = (start: UInt32, count: UInt32)
  private var bytes: [UInt8] = []
  /// Where each name is in `bytes`.
  private var ranges: [NameRange] = []

  var count: Int { ranges.count }
  var last: [UInt8]? { ranges.last.map { Array(bytes[Self.range($0)]) } }

  subscript(index: Int) -> ArraySlice<UInt8> { bytes[Self.range(ranges[index])] }

  mutating func append(_ name: [UInt8]) {
    ranges.append((UInt32(bytes.count), UInt32(name.count)))
    bytes += name
  }

  mutating func sort() {
    let bytes = bytes
    ranges.sort { a, b in
      for (i, j) in zip(Self.range(a), Self.range(b)) where bytes[i] != bytes[j] { return bytes[i] < bytes[j] }
      return a.count < b.count
    }
  }

  mutating func keepFirst(_ count: Int) {
    var kept = PackedNames()
    for name in ranges.prefix(count) { kept.append(Array(bytes[Self.range(name)])) }
    self = kept
  }

  private static func range(_ name: NameRange) -> Range<Int> {
    Int(name.start)..<Int(name.start) + Int(name.count)
  }
}

extension dirent {
  fileprivate var name: [UInt8] {
    unsafe withUnsafeBytes(of: d_name) { bytes in unsafe Array(bytes.prefix { $0 != 0 }) }
  }
}
