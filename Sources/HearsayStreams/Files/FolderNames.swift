#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The names in a folder, hidden ones too, sorted by their bytes, in bounded memory: of a large folder only the next
/// ones are held, and each time that they run out, the folder is gone through for those behind the last.
struct FolderNames: Sendable {
  private let path: String
  private let window: Int
  private var names = PackedNames()
  private var position = 0
  /// Whether there are names behind those that are held.
  private var hasMore = false

  /// - Parameter window: How many names are held. It takes up to twice the memory for a moment.
  init(of path: String, window: Int = 131_072) throws(SystemError) {
    self.path = path
    self.window = max(window, 1)
    try fill(behind: nil)
  }

  /// The next name; `nil` behind the last. One that is not UTF-8 is shown with U+FFFD, and fails as a file that is not
  /// there.
  mutating func next() throws(SystemError) -> String? {
    if position == names.count, hasMore { try fill(behind: names.last) }
    guard position < names.count else { return nil }
    position += 1
    return String(decoding: names[position - 1], as: UTF8.self)
  }

  /// Reads the first names behind `last`.
  private mutating func fill(behind last: [UInt8]?) throws(SystemError) {
    names = PackedNames()
    position = 0
    hasMore = false
    guard let folder = unsafe opendir(path) else { throw SystemError(errno) }
    defer { unsafe closedir(folder) }
    // Invariant: where names were left out, all below `bound` are held.
    var bound: [UInt8]?
    while let entry = unsafe readdir(folder) {
      let name = unsafe entry.pointee.name
      guard name != [0x2E], name != [0x2E, 0x2E] else { continue }
      if let last, !last.lexicographicallyPrecedes(name) { continue }
      if let bound, !name.lexicographicallyPrecedes(bound) { continue }
      names.append(name)
      if names.count >= 2 * window { bound = cut() }
    }
    names.sort()
    if names.count > window { _ = cut() }
  }

  /// Leaves the first names of the window, and returns the last of them.
  private mutating func cut() -> [UInt8]? {
    names.sort()
    names.keepFirst(window)
    hasMore = true
    return names.last
  }
}

/// Many names in little memory.
private struct PackedNames: Sendable {
  private typealias Place = (start: UInt32, count: UInt32)
  private var bytes: [UInt8] = []
  /// Where each name stands in `bytes`.
  private var places: [Place] = []

  var count: Int { places.count }
  var last: [UInt8]? { places.last.map { Array(bytes[Self.range($0)]) } }

  subscript(index: Int) -> ArraySlice<UInt8> { bytes[Self.range(places[index])] }

  mutating func append(_ name: [UInt8]) {
    places.append((UInt32(bytes.count), UInt32(name.count)))
    bytes += name
  }

  mutating func sort() {
    let bytes = bytes
    places.sort { a, b in
      for (i, j) in zip(Self.range(a), Self.range(b)) where bytes[i] != bytes[j] { return bytes[i] < bytes[j] }
      return a.count < b.count
    }
  }

  mutating func keepFirst(_ count: Int) {
    var kept = PackedNames()
    for place in places.prefix(count) { kept.append(Array(bytes[Self.range(place)])) }
    self = kept
  }

  private static func range(_ place: Place) -> Range<Int> {
    Int(place.start)..<Int(place.start) + Int(place.count)
  }
}

extension dirent {
  fileprivate var name: [UInt8] {
    unsafe withUnsafeBytes(of: d_name) { bytes in unsafe Array(bytes.prefix { $0 != 0 }) }
  }
}
