/// The documents that were seen last, and where to look for one like another.
///
/// Signatures are cut into bands; texts that are nearly the same agree in at least one whole band. For each band a table
/// keeps the last document by the band's hash, and each document the one before it there, as compressors keep their
/// dictionaries: what has left the window is overwritten, and nothing is ever removed. Memory is fixed by the window.
struct Memory: Sendable {
  /// A document like another.
  struct Match: Hashable {
    var id: String
    var isExact: Bool
  }

  private struct Entry: Sendable {
    var number = -1
    var id = ""
    var exact: UInt64 = 0
    var minima: [UInt16] = []
  }

  /// Texts that share 80 % agree in one of 32 bands of 4 places all but always; those that share 30 %, once in four.
  private static let bandWidth = 4
  private static let bands = Signature.places / bandWidth
  /// A band that many texts share, such as a notice at their end, is followed back so far and no farther.
  private static let mostSteps = 64

  private let window: Int
  private let neededPlaces: Int
  private let takesNear: Bool
  /// The number of the next document to remember, which stands at its remainder by the window.
  private var next = 0
  private var entries: [Entry] = []
  /// `heads[band << bits | hash]`: the last document with that hash; the band of all words comes after the others.
  private var heads: [Int32] = []
  /// `previous[slot * (bands + 1) + band]`: the one before it.
  private var previous: [Int32] = []
  private let bits: Int
  /// The bands to look in, that of all words first.
  private let bandsUsed: [Int]

  init(window: Int, similarity: Double) {
    self.window = window
    takesNear = similarity < 1
    bandsUsed = similarity < 1 ? [Self.bands] + Array(0..<Self.bands) : [Self.bands]
    neededPlaces = Int((similarity * Double(Signature.places)).rounded(.up))
    // About as many hashes as documents, up to a bound at which chains grow a little instead.
    bits = min(max(Int.bitWidth - window.leadingZeroBitCount, 4), 20)
  }

  /// Looks for a document like this one, the most alike and then the earliest, and remembers it if there is none.
  mutating func remember(_ signature: Signature, id: String) -> Match? {
    guard let exact = signature.exact else { return nil }
    if heads.isEmpty { heads = Array(repeating: -1, count: (Self.bands + 1) << bits) }
    if let match = find(signature, exact) { return match }
    insert(Entry(number: next, id: id, exact: exact, minima: takesNear ? signature.minima : []))
    return nil
  }

  private mutating func insert(_ entry: Entry) {
    if heads.isEmpty { heads = Array(repeating: -1, count: (Self.bands + 1) << bits) }
    let slot = entry.number % window
    while entries.count <= slot {
      entries.append(Entry())
      previous.append(contentsOf: repeatElement(-1, count: Self.bands + 1))
    }
    entries[slot] = entry
    for band in bandsUsed {
      let head = band << bits | hash(of: band, entry.exact, entry.minima)
      previous[slot * (Self.bands + 1) + band] = heads[head]
      heads[head] = Int32(truncatingIfNeeded: slot)
    }
    next = entry.number + 1
  }

  private func find(_ signature: Signature, _ exact: UInt64) -> Match? {
    var best: (slot: Int, places: Int, isExact: Bool)?
    for band in bandsUsed {
      let hash = hash(of: band, exact, signature.minima)
      var slot = Int(heads[band << bits | hash])
      // A slot that was overwritten belongs to a younger document, perhaps of another chain: numbers must fall, and each
      // document must belong here. So what is found depends on the documents of the window alone.
      var last = Int.max
      var steps = 0
      while slot >= 0, entries[slot].number < last, steps < Self.mostSteps {
        let entry = entries[slot]
        guard self.hash(of: band, entry.exact, entry.minima) == hash else { break }
        if entry.exact == exact { return Match(id: entry.id, isExact: true) }
        if takesNear {
          let places = signature.agreement(with: entry.minima)
          let isBetter = best.map { (places, -entry.number) > ($0.places, -entries[$0.slot].number) } ?? true
          if places >= neededPlaces, isBetter { best = (slot, places, false) }
        }
        last = entry.number
        slot = Int(previous[slot * (Self.bands + 1) + band])
        steps += 1
      }
    }
    return best.map { Match(id: entries[$0.slot].id, isExact: false) }
  }

  /// The hash of a document in a band.
  private func hash(of band: Int, _ exact: UInt64, _ minima: [UInt16]) -> Int {
    let mask = UInt64(1) << UInt64(bits) - 1
    guard band < Self.bands else { return Int(truncatingIfNeeded: mixed(exact) & mask) }
    var hash = UInt64(band)
    let start = band * Self.bandWidth
    for place in start..<min(start + Self.bandWidth, minima.count) { hash = hash &* 65_599 &+ UInt64(minima[place]) }
    return Int(truncatingIfNeeded: mixed(hash) & mask)
  }

  // MARK: As bytes

  /// How many documents were remembered so far.
  var count: Int { next }

  /// The documents of the window from number `first` on, as `restore(_:)` reads them.
  func encoded(from first: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in max(first, next - window, 0)..<max(next, 0) {
      let entry = entries[number % window]
      bytes.append(number: UInt64(entry.number))
      bytes.append(number: entry.exact)
      bytes.append(number: UInt64(entry.id.utf8.count))
      bytes.append(contentsOf: entry.id.utf8)
      bytes.append(number: UInt64(entry.minima.count))
      for minimum in entry.minima { bytes.append(contentsOf: [UInt8(minimum & 255), UInt8(minimum >> 8)]) }
    }
    return bytes
  }

  /// Remembers the documents of `encoded(from:)`, in their order.
  ///
  /// - Returns: Whether the bytes make sense, with numbers that follow each other.
  mutating func restore(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let number = rest.takeNumber().flatMap(Int.init(exactly:)), let exact = rest.takeNumber(),
        let id = rest.take(rest.takeNumber()), let places = rest.takeNumber(), places <= UInt64(Signature.places),
        let minima = rest.take(2 * places), takesNear == (minima.count == 2 * Signature.places),
        number >= next, number < .max, number == next || next == 0
      else { return false }
      let pairs = Array(minima)
      insert(
        Entry(
          number: number, id: String(decoding: id, as: UTF8.self), exact: exact,
          minima: (0..<pairs.count / 2).map { UInt16(pairs[2 * $0]) | UInt16(pairs[2 * $0 + 1]) << 8 }))
    }
    return true
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func take(_ count: UInt64?) -> ArraySlice? {
    guard let count, count <= UInt64(self.count) else { return nil }
    defer { self = dropFirst(Int(count)) }
    return prefix(Int(count))
  }

  fileprivate mutating func takeNumber() -> UInt64? {
    take(8)?.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
